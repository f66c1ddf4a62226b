// Elementary functions on four lanes. Error bounds are stated in ../simd/kernel-exports.ts and tested over all floats.

/** a * b + c: fused in the relaxed build where the machine has it, two roundings in the portable one. */
// @inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** c - a * b, with the roundings of `madd`. */
// @inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/** 1.5 * 2^23: a number added to it is rounded to an integer, which then stands in the low bits. */
const ROUNDER: f32 = 12582912;

/** e^r - 1 for |r| <= ln 2 / 2, by a polynomial of degree 7. Source: coefficients of Cephes expf (Moshier). */
// @inline
function expm1Near(r: v128): v128 {
  let p = madd(f32x4.splat(1.98756915e-4), r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  return madd(p, f32x4.mul(r, r), r);
}

/** x - n ln 2, with ln 2 in two parts after Cody and Waite. */
// @inline
function reduced(x: v128, n: v128): v128 {
  return nmadd(n, f32x4.splat(-2.1219444e-4), nmadd(n, f32x4.splat(0.693359375), x));
}

/** e^x = 2^n e^r. Scaled in two steps, so that results below the normal range are right as well. */
// @inline
export function exp4(x: v128): v128 {
  // Beyond these bounds the result is infinite or zero anyway. pmin and pmax hand on a NaN in the first place.
  const c = f32x4.pmax(f32x4.pmin(x, f32x4.splat(89)), f32x4.splat(-104));
  const rounder = f32x4.splat(ROUNDER);
  const shifted = madd(c, f32x4.splat(f32(Math.LOG2E)), rounder);
  const p = f32x4.add(expm1Near(reduced(c, f32x4.sub(shifted, rounder))), f32x4.splat(1));
  const n = i32x4.sub(shifted, rounder);
  const half = i32x4.shr_s(n, 1);
  const one = f32x4.splat(1);
  const first = i32x4.add(i32x4.shl(half, 23), one);
  const second = i32x4.add(i32x4.shl(i32x4.sub(n, half), 23), one);
  return f32x4.mul(f32x4.mul(p, first), second);
}

/** e^x for x <= 0, scaled in one step: below -87 it stays at e^-87. */
// @inline
function expOfNegative(x: v128): v128 {
  const c = f32x4.pmax(x, f32x4.splat(-87));
  const rounder = f32x4.splat(ROUNDER);
  const shifted = madd(c, f32x4.splat(f32(Math.LOG2E)), rounder);
  const p = f32x4.add(expm1Near(reduced(c, f32x4.sub(shifted, rounder))), f32x4.splat(1));
  return f32x4.mul(p, i32x4.add(i32x4.shl(shifted, 23), f32x4.splat(1)));
}

/**
 * The natural logarithm: mantissa in sqrt(1/2)..sqrt(2), polynomial of degree 9.
 * Source: coefficients of Cephes logf (Moshier).
 */
// @inline
export function log4(x: v128): v128 {
  // Numbers below the normal range are lifted by 2^23 first.
  const tiny = f32x4.lt(x, f32x4.splat(1.1754943508222875e-38));
  const lifted = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608.0)), x, tiny);
  const bits = i32x4.sub(lifted, i32x4.splat(0x3f3504f3));
  let exponent = i32x4.shr_s(bits, 23);
  const mantissa = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  exponent = i32x4.sub(exponent, v128.and(tiny, i32x4.splat(23)));
  const e = f32x4.convert_i32x4_s(exponent);
  const m = f32x4.sub(mantissa, f32x4.splat(1.0));
  const square = f32x4.mul(m, m);
  let p = madd(f32x4.splat(7.0376836292e-2), m, f32x4.splat(-1.151461031e-1));
  p = madd(p, m, f32x4.splat(1.167699874e-1));
  p = madd(p, m, f32x4.splat(-1.2420140846e-1));
  p = madd(p, m, f32x4.splat(1.4249322787e-1));
  p = madd(p, m, f32x4.splat(-1.6668057665e-1));
  p = madd(p, m, f32x4.splat(2.0000714765e-1));
  p = madd(p, m, f32x4.splat(-2.4999993993e-1));
  p = madd(p, m, f32x4.splat(3.3333331174e-1));
  p = f32x4.mul(f32x4.mul(p, m), square);
  p = madd(e, f32x4.splat(-2.1219444e-4), p);
  p = nmadd(f32x4.splat(0.5), square, p);
  let result = madd(e, f32x4.splat(0.693359375), f32x4.add(m, p));
  const infinity = f32x4.splat(Infinity);
  result = v128.bitselect(infinity, result, f32x4.eq(x, infinity));
  result = v128.bitselect(f32x4.splat(-Infinity), result, f32x4.eq(x, f32x4.splat(0.0)));
  // Negative numbers and NaN have no logarithm.
  return v128.bitselect(result, f32x4.splat(NaN), f32x4.ge(x, f32x4.splat(0.0)));
}

/**
 * The hyperbolic tangent as x P(x²) / Q(x²), both of degree 4, on -8.18..8.18: never above 1, at most 2.4e-7 below it beyond.
 * Source: fitted for the least relative error (2.1e-8 before rounding), by least squares weighted anew until the error is level.
 */
// @inline
export function tanh4(x: v128): v128 {
  const c = f32x4.pmax(f32x4.pmin(x, f32x4.splat(8.18)), f32x4.splat(-8.18));
  const s = f32x4.mul(c, c);
  let p = madd(f32x4.splat(1.3319100623e-8), s, f32x4.splat(2.05835074025e-5));
  p = madd(p, s, f32x4.splat(3.4940363875e-3));
  p = madd(p, s, f32x4.splat(0.133797195732));
  p = madd(p, s, f32x4.splat(1));
  let q = madd(f32x4.splat(7.7620327971e-7), s, f32x4.splat(3.28309565685e-4));
  q = madd(q, s, f32x4.splat(0.0258710804269));
  q = madd(q, s, f32x4.splat(0.46713034825));
  q = madd(q, s, f32x4.splat(1));
  return f32x4.mul(c, f32x4.div(p, q));
}

/** 1 / (1 + e^-x), by e^-|x| so that both tails keep their relative precision; below -87 it stays at e^-87. */
// @inline
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = expOfNegative(v128.or(x, f32x4.splat(-0.0)));
  const upper = f32x4.div(one, f32x4.add(one, e));
  return v128.bitselect(f32x4.mul(e, upper), upper, f32x4.lt(x, f32x4.splat(0)));
}

/**
 * The error function as x P(x²) / Q(x²), both of degree 5, on -3.92..3.92, beyond which it is 1.
 * Source: fitted for the least relative error (1.9e-8 before rounding), as for tanh.
 */
// @inline
export function erf4(x: v128): v128 {
  const c = f32x4.pmax(f32x4.pmin(x, f32x4.splat(3.92)), f32x4.splat(-3.92));
  const s = f32x4.mul(c, c);
  let p = madd(f32x4.splat(2.05018645725e-6), s, f32x4.splat(2.84869601899e-4));
  p = madd(p, s, f32x4.splat(3.76503335525e-3));
  p = madd(p, s, f32x4.splat(0.0527468980431));
  p = madd(p, s, f32x4.splat(0.190392858346));
  p = madd(p, s, f32x4.splat(1.12837914632));
  let q = madd(f32x4.splat(3.80920697995e-5), s, f32x4.splat(1.16239458113e-3));
  q = madd(q, s, f32x4.splat(0.014968038957));
  q = madd(q, s, f32x4.splat(0.114103465447));
  q = madd(q, s, f32x4.splat(0.502064020897));
  q = madd(q, s, f32x4.splat(1));
  return f32x4.mul(c, f32x4.div(p, q));
}
