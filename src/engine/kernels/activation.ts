// Activations and their derivatives. Those of most are worked out from the result of the activation alone; those from SWISH on
// from what went in.
// The numbers of the kinds are those of `activations` in ../simd/activation.ts.
import { erf4, exp4, log4, madd, nmadd, sigmoid4, tanh4 } from './elementary';

const LINEAR = 0;
const RELU = 1,
  TANH = 2,
  SIGMOID = 3,
  ELU = 4,
  HARD_SIGMOID = 5,
  SOFTPLUS = 6,
  SOFTSIGN = 7,
  SELU = 8,
  RELU6 = 9;
const LEAKY_RELU = 10;
const SWISH = 11,
  GELU = 12,
  GELU_NEW = 13,
  MISH = 14;

const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_SCALE_ALPHA: f32 = 1.7580993408473766;
const SQRT_2_OVER_PI: f32 = 0.7978845608028654;

/** Beyond it both kinds of GELU are x or 0 to single precision; what the fitted functions are short of 1 there would be multiplied by x. */
const GELU_END: f32 = 5.5;

/** (1 + t) / 2, and 0 or 1 where x is beyond the end. */
// @inline
function share(t: v128, x: v128): v128 {
  const half = f32x4.splat(0.5),
    one = f32x4.splat(1);
  const kept = v128.bitselect(madd(half, t, half), one, f32x4.lt(x, f32x4.splat(GELU_END)));
  return v128.andnot(kept, f32x4.lt(x, f32x4.splat(-GELU_END)));
}

/** The share of the standard normal distribution below x. */
// @inline
function normalShare(x: v128): v128 {
  return share(erf4(f32x4.mul(x, f32x4.splat(f32(Math.SQRT1_2)))), x);
}

/** tanh of sqrt(2 / pi) (x + 0.044715 x³), which is close to erf(x / sqrt 2). */
// @inline
function cubicTanh(x: v128): v128 {
  const cubic = madd(f32x4.mul(x, x), f32x4.splat(0.044715), f32x4.splat(1));
  return tanh4(f32x4.mul(f32x4.mul(x, f32x4.splat(SQRT_2_OVER_PI)), cubic));
}

/** tanh(log(1 + e^x)) = (e² + 2 e) / (e² + 2 e + 2) with e = e^x. */
// @inline
function tanhOfSoftplus(x: v128): v128 {
  const e = exp4(f32x4.pmin(x, f32x4.splat(20)));
  const two = f32x4.splat(2);
  const above = f32x4.mul(e, f32x4.add(e, two));
  return f32x4.div(above, f32x4.add(above, two));
}

// @inline
function activated(x: v128, kind: i32, slope: v128): v128 {
  const zero = f32x4.splat(0),
    one = f32x4.splat(1);
  if (kind === ELU) return v128.bitselect(f32x4.sub(exp4(x), one), x, f32x4.lt(x, zero));
  if (kind === HARD_SIGMOID) {
    const line = madd(x, f32x4.splat(0.2), f32x4.splat(0.5));
    return f32x4.pmax(f32x4.pmin(line, one), zero);
  }
  if (kind === SOFTPLUS) {
    // max(x, 0) + log(1 + e^-|x|) does not overflow.
    const tail = log4(f32x4.add(one, exp4(f32x4.neg(f32x4.abs(x)))));
    return f32x4.add(f32x4.pmax(x, zero), tail);
  }
  if (kind === SOFTSIGN) return f32x4.div(x, f32x4.add(one, f32x4.abs(x)));
  if (kind === SELU) {
    const low = f32x4.mul(f32x4.splat(SELU_SCALE_ALPHA), f32x4.sub(exp4(x), one));
    return v128.bitselect(low, f32x4.mul(x, f32x4.splat(SELU_SCALE)), f32x4.lt(x, zero));
  }
  if (kind === RELU6) return f32x4.pmin(f32x4.pmax(x, zero), f32x4.splat(6));
  if (kind === LEAKY_RELU) return v128.bitselect(x, f32x4.mul(x, slope), f32x4.gt(x, zero));
  if (kind === SWISH) return f32x4.mul(x, sigmoid4(x));
  if (kind === GELU) return f32x4.mul(x, normalShare(x));
  if (kind === GELU_NEW) return f32x4.mul(x, share(cubicTanh(x), x));
  if (kind === MISH) return f32x4.mul(x, tanhOfSoftplus(x));
  return x;
}

/** The derivative of tanh, from its value. */
// @inline
function minusSquare(y: v128): v128 {
  return nmadd(y, y, f32x4.splat(1));
}

/** f' of what is written as y: the result of the activation, or what went in where the derivative is worked out from that. */
function derivative(y: v128, kind: i32, slope: v128): v128 {
  const zero = f32x4.splat(0),
    one = f32x4.splat(1);
  if (kind === TANH) return minusSquare(y);
  if (kind === RELU) return v128.and(one, f32x4.gt(y, zero));
  if (kind === SIGMOID) return f32x4.sub(y, f32x4.mul(y, y));
  if (kind === ELU) return f32x4.add(one, f32x4.pmin(y, zero));
  if (kind === HARD_SIGMOID) return v128.and(f32x4.splat(0.2), v128.and(f32x4.gt(y, zero), f32x4.lt(y, one)));
  if (kind === SOFTPLUS) return f32x4.sub(one, exp4(f32x4.neg(y)));
  if (kind === SOFTSIGN) {
    const rest = f32x4.sub(one, f32x4.abs(y));
    return f32x4.mul(rest, rest);
  }
  if (kind === SELU) {
    const low = f32x4.add(y, f32x4.splat(SELU_SCALE_ALPHA));
    return v128.bitselect(low, f32x4.splat(SELU_SCALE), f32x4.lt(y, zero));
  }
  if (kind === RELU6) return v128.and(one, v128.and(f32x4.gt(y, zero), f32x4.lt(y, f32x4.splat(6))));
  if (kind === LEAKY_RELU) return v128.bitselect(one, slope, f32x4.gt(y, zero));
  if (kind >= SWISH) return derivativeFromInput(y, kind);
  return one;
}

/** f' for gates, from the result; the usual two without a call. */
// @inline
export function gateDerivative(y: v128, kind: i32): v128 {
  if (kind === TANH) return minusSquare(y);
  if (kind === SIGMOID) return f32x4.sub(y, f32x4.mul(y, y));
  return derivative(y, kind, f32x4.splat(0));
}

function derivativeFromInput(x: v128, kind: i32): v128 {
  const one = f32x4.splat(1);
  if (kind === SWISH) {
    const s = sigmoid4(x);
    return madd(f32x4.mul(x, s), f32x4.sub(one, s), s);
  }
  if (kind === GELU) {
    const density = f32x4.mul(exp4(f32x4.mul(f32x4.splat(-0.5), f32x4.mul(x, x))), f32x4.splat(0.3989422804014327));
    return madd(x, density, normalShare(x));
  }
  if (kind === GELU_NEW) {
    const t = cubicTanh(x);
    const slope = madd(f32x4.mul(x, x), f32x4.splat(3 * 0.044715), one);
    const inner = f32x4.mul(f32x4.mul(minusSquare(t), slope), f32x4.splat(0.5 * SQRT_2_OVER_PI));
    const inside = f32x4.lt(f32x4.abs(x), f32x4.splat(GELU_END));
    return f32x4.add(share(t, x), v128.and(f32x4.mul(x, inner), inside));
  }
  const t = tanhOfSoftplus(x);
  return madd(f32x4.mul(x, sigmoid4(x)), minusSquare(t), t);
}

/** y = f(x) over `rows` rows of `n` numbers, n a multiple of 4; x and y may be the same. */
export function activate(x: usize, xRow: usize, y: usize, yRow: usize, rows: i32, n: i32, kind: i32, slope: f32): void {
  const bytes = <usize>(4 * n);
  const slopes = f32x4.splat(slope);
  for (; rows > 0; rows--) {
    if (kind === TANH) {
      for (let p: usize = 0; p < bytes; p += 16) v128.store(y + p, tanh4(v128.load(x + p)));
    } else if (kind === SIGMOID) {
      for (let p: usize = 0; p < bytes; p += 16) v128.store(y + p, sigmoid4(v128.load(x + p)));
    } else if (kind === RELU) {
      for (let p: usize = 0; p < bytes; p += 16) v128.store(y + p, f32x4.pmax(v128.load(x + p), f32x4.splat(0)));
    } else {
      for (let p: usize = 0; p < bytes; p += 16) v128.store(y + p, activated(v128.load(x + p), kind, slopes));
    }
    x += xRow;
    y += yRow;
  }
}

/**
 * out = g * f'(x), given y = f(x), or y = x from SWISH on; out may be g. Adds the sums over the rows to `sums` (n numbers) unless that is 0.
 * n is a multiple of 8.
 */
export function activateBack(
  g: usize,
  gRow: usize,
  y: usize,
  yRow: usize,
  out: usize,
  outRow: usize,
  rows: i32,
  n: i32,
  kind: i32,
  slope: f32,
  sums: usize,
): void {
  const slopes = f32x4.splat(slope);
  const zero = f32x4.splat(0);
  for (; n > 0; n -= 8) {
    let s = f32x4.splat(0);
    let t = f32x4.splat(0);
    let gi = g;
    let yi = y;
    let oi = out;
    if (kind === TANH) {
      for (let i = rows; i > 0; i--) {
        const u = f32x4.mul(v128.load(gi), minusSquare(v128.load(yi)));
        const v = f32x4.mul(v128.load(gi, 16), minusSquare(v128.load(yi, 16)));
        v128.store(oi, u);
        v128.store(oi, v, 16);
        s = f32x4.add(s, u);
        t = f32x4.add(t, v);
        gi += gRow;
        oi += outRow;
        yi += yRow;
      }
    } else if (kind === RELU) {
      for (let i = rows; i > 0; i--) {
        const u = v128.and(v128.load(gi), f32x4.gt(v128.load(yi), zero));
        const v = v128.and(v128.load(gi, 16), f32x4.gt(v128.load(yi, 16), zero));
        v128.store(oi, u);
        v128.store(oi, v, 16);
        s = f32x4.add(s, u);
        t = f32x4.add(t, v);
        gi += gRow;
        oi += outRow;
        yi += yRow;
      }
    } else if (kind === LINEAR) {
      for (let i = rows; i > 0; i--) {
        const u = v128.load(gi);
        const v = v128.load(gi, 16);
        v128.store(oi, u);
        v128.store(oi, v, 16);
        s = f32x4.add(s, u);
        t = f32x4.add(t, v);
        gi += gRow;
        oi += outRow;
      }
    } else {
      for (let i = rows; i > 0; i--) {
        const u = f32x4.mul(v128.load(gi), derivative(v128.load(yi), kind, slopes));
        const v = f32x4.mul(v128.load(gi, 16), derivative(v128.load(yi, 16), kind, slopes));
        v128.store(oi, u);
        v128.store(oi, v, 16);
        s = f32x4.add(s, u);
        t = f32x4.add(t, v);
        gi += gRow;
        oi += outRow;
        yi += yRow;
      }
    }
    if (sums !== 0) {
      v128.store(sums, f32x4.add(v128.load(sums), s));
      v128.store(sums, f32x4.add(v128.load(sums, 16), t), 16);
      sums += 32;
    }
    g += 32;
    y += 32;
    out += 32;
  }
}
