// Activations in place and their derivatives, which are worked out from the result of the activation alone.
// The numbers of the kinds are those of `activations` in ../simd/activation.ts.
import { exp4, log4, madd, nmadd, sigmoid4, tanh4 } from './elementary';

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

const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_SCALE_ALPHA: f32 = 1.7580993408473766;

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
  return x;
}

/** The derivative of tanh, from its value. */
// @inline
function minusSquare(y: v128): v128 {
  return nmadd(y, y, f32x4.splat(1));
}

// @inline
function derivative(y: v128, kind: i32, slope: v128): v128 {
  const zero = f32x4.splat(0),
    one = f32x4.splat(1);
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
  return one;
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
 * out = g * f'(x), given y = f(x); out may be g. Adds the sums over the rows to `sums` (n numbers) unless that is 0.
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

/** The lanes of a vector that begins at column `at` which lie before column `n`. */
// @inline
function lanesBefore(at: i32, n: i32): v128 {
  const column = i32x4.add(i32x4.splat(at), i32x4(0, 1, 2, 3));
  return i32x4.lt_s(column, i32x4.splat(n));
}

// @inline
function sumOfLanes(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/** y = softmax of the first `n` numbers of each row; the lanes behind them, up to a multiple of 4, become 0. */
export function softmax(x: usize, xRow: usize, y: usize, yRow: usize, rows: i32, n: i32): void {
  for (; rows > 0; rows--) {
    let most = f32x4.splat(-Infinity);
    for (let j = 0; j < n; j += 4) {
      const value = v128.load(x + <usize>(4 * j));
      most = f32x4.pmax(most, v128.bitselect(value, most, lanesBefore(j, n)));
    }
    const highest = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    );
    const shift = f32x4.splat(highest);
    let sums = f32x4.splat(0);
    for (let j = 0; j < n; j += 4) {
      const value = exp4(f32x4.sub(v128.load(x + <usize>(4 * j)), shift));
      const kept = v128.and(value, lanesBefore(j, n));
      v128.store(y + <usize>(4 * j), kept);
      sums = f32x4.add(sums, kept);
    }
    const total = f32x4.splat(sumOfLanes(sums));
    for (let j = 0; j < n; j += 4) {
      const at = y + <usize>(4 * j);
      v128.store(at, f32x4.div(v128.load(at), total));
    }
    x += xRow;
    y += yRow;
  }
}

/** out = y * (g - sum(g * y)) row by row; out may be g. Lanes behind column `n` become 0. */
export function softmaxBack(
  g: usize,
  gRow: usize,
  y: usize,
  yRow: usize,
  out: usize,
  outRow: usize,
  rows: i32,
  n: i32,
): void {
  for (; rows > 0; rows--) {
    let products = f32x4.splat(0);
    for (let j = 0; j < n; j += 4) {
      const product = f32x4.mul(v128.load(g + <usize>(4 * j)), v128.load(y + <usize>(4 * j)));
      products = f32x4.add(products, v128.and(product, lanesBefore(j, n)));
    }
    const mean = f32x4.splat(sumOfLanes(products));
    for (let j = 0; j < n; j += 4) {
      const centred = f32x4.sub(v128.load(g + <usize>(4 * j)), mean);
      const product = f32x4.mul(v128.load(y + <usize>(4 * j)), centred);
      v128.store(out + <usize>(4 * j), v128.and(product, lanesBefore(j, n)));
    }
    g += gRow;
    y += yRow;
    out += outRow;
  }
}
