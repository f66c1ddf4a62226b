// Softmax and its logarithm over the first numbers of each row, and their derivatives.
import { exp4, log4 } from './elementary';
import { lanesBefore, sumOfLanes } from './lanes';

/** The largest of the first `n` numbers at x. */
// @inline
function highestOf(x: usize, n: i32): f32 {
  let most = f32x4.splat(-Infinity);
  for (let j = 0; j < n; j += 4) {
    const value = v128.load(x + <usize>(4 * j));
    most = f32x4.pmax(most, v128.bitselect(value, most, lanesBefore(j, n)));
  }
  return max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
}

/** y = softmax of the first `n` numbers of each row; the lanes behind them, up to a multiple of 4, become 0. */
export function softmax(x: usize, xRow: usize, y: usize, yRow: usize, rows: i32, n: i32): void {
  for (; rows > 0; rows--) {
    const shift = f32x4.splat(highestOf(x, n));
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

/** y = x - log(sum of e^x) over the first `n` numbers of each row; the lanes behind them, up to a multiple of 4, become 0. */
export function logSoftmax(x: usize, xRow: usize, y: usize, yRow: usize, rows: i32, n: i32): void {
  for (; rows > 0; rows--) {
    const shift = f32x4.splat(highestOf(x, n));
    let sums = f32x4.splat(0);
    for (let j = 0; j < n; j += 4) {
      const value = exp4(f32x4.sub(v128.load(x + <usize>(4 * j)), shift));
      sums = f32x4.add(sums, v128.and(value, lanesBefore(j, n)));
    }
    const total = log4(f32x4.splat(sumOfLanes(sums)));
    for (let j = 0; j < n; j += 4) {
      const value = f32x4.sub(f32x4.sub(v128.load(x + <usize>(4 * j)), shift), total);
      v128.store(y + <usize>(4 * j), v128.and(value, lanesBefore(j, n)));
    }
    x += xRow;
    y += yRow;
  }
}

/** out = g - e^y sum(g) row by row; out may be g. Lanes behind column `n` become 0. */
export function logSoftmaxBack(
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
    let sums = f32x4.splat(0);
    for (let j = 0; j < n; j += 4) {
      sums = f32x4.add(sums, v128.and(v128.load(g + <usize>(4 * j)), lanesBefore(j, n)));
    }
    const total = f32x4.splat(sumOfLanes(sums));
    for (let j = 0; j < n; j += 4) {
      const share = f32x4.mul(exp4(v128.load(y + <usize>(4 * j))), total);
      const value = f32x4.sub(v128.load(g + <usize>(4 * j)), share);
      v128.store(out + <usize>(4 * j), v128.and(value, lanesBefore(j, n)));
    }
    g += gRow;
    y += yRow;
    out += outRow;
  }
}
