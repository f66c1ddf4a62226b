// Layer normalisation over the first `n` numbers of each row.
// Source: Ba et al. (2016), "Layer normalization", equation 3; the variance is divided by n, epsilon lies inside the root.
import { madd } from './elementary';
import { lanesBefore, sumOfLanes } from './lanes';

/**
 * y = scale (x - mean) / sqrt(variance + epsilon) + shift. Keeps the normalised numbers in `normal` (with zeros behind them) and
 * one number a row, 1 / sqrt(..), in `inverse`. `scale` and `shift` may be read up to a multiple of 4.
 */
export function layerNorm(
  x: usize,
  xRow: usize,
  y: usize,
  yRow: usize,
  normal: usize,
  normalRow: usize,
  inverse: usize,
  rows: i32,
  n: i32,
  scale: usize,
  shift: usize,
  epsilon: f32,
): void {
  const share: f32 = <f32>1 / <f32>n;
  for (; rows > 0; rows--) {
    let sums = f32x4.splat(0);
    for (let j = 0; j < n; j += 4) {
      sums = f32x4.add(sums, v128.and(v128.load(x + <usize>(4 * j)), lanesBefore(j, n)));
    }
    const mean = f32x4.splat(sumOfLanes(sums) * share);
    let squares = f32x4.splat(0);
    for (let j = 0; j < n; j += 4) {
      const apart = v128.and(f32x4.sub(v128.load(x + <usize>(4 * j)), mean), lanesBefore(j, n));
      v128.store(normal + <usize>(4 * j), apart);
      squares = madd(apart, apart, squares);
    }
    const factor: f32 = <f32>1 / Mathf.sqrt(sumOfLanes(squares) * share + epsilon);
    store<f32>(inverse, factor);
    const factors = f32x4.splat(factor);
    for (let j = 0; j < n; j += 4) {
      const at = <usize>(4 * j);
      const value = f32x4.mul(v128.load(normal + at), factors);
      v128.store(normal + at, value);
      v128.store(y + at, madd(value, v128.load(scale + at), v128.load(shift + at)));
    }
    x += xRow;
    y += yRow;
    normal += normalRow;
    inverse += 4;
  }
}

/**
 * dx = inverse (u - mean(u) - normal mean(u normal)) with u = g scale; dx += where `adds`; dx 0: not wanted. Adds the gradients of
 * scale and shift to `scaleSums` and `shiftSums` unless those are 0.
 */
export function layerNormBack(
  g: usize,
  gRow: usize,
  normal: usize,
  normalRow: usize,
  inverse: usize,
  dx: usize,
  dxRow: usize,
  rows: i32,
  n: i32,
  scale: usize,
  scaleSums: usize,
  shiftSums: usize,
  adds: i32,
): void {
  const share: f32 = <f32>1 / <f32>n;
  for (; rows > 0; rows--) {
    let sums = f32x4.splat(0);
    let products = f32x4.splat(0);
    for (let j = 0; j < n; j += 4) {
      const at = <usize>(4 * j);
      const grad = v128.and(v128.load(g + at), lanesBefore(j, n));
      const value = v128.load(normal + at);
      if (scaleSums !== 0) v128.store(scaleSums + at, madd(grad, value, v128.load(scaleSums + at)));
      if (shiftSums !== 0) v128.store(shiftSums + at, f32x4.add(v128.load(shiftSums + at), grad));
      const inner = f32x4.mul(grad, v128.load(scale + at));
      sums = f32x4.add(sums, inner);
      products = madd(inner, value, products);
    }
    if (dx !== 0) {
      const mean = f32x4.splat(sumOfLanes(sums) * share);
      const slope = f32x4.splat(sumOfLanes(products) * share);
      const factors = f32x4.splat(load<f32>(inverse));
      for (let j = 0; j < n; j += 4) {
        const at = <usize>(4 * j);
        const inner = f32x4.mul(v128.load(g + at), v128.load(scale + at));
        const centred = f32x4.sub(f32x4.sub(inner, mean), f32x4.mul(v128.load(normal + at), slope));
        let value = v128.and(f32x4.mul(centred, factors), lanesBefore(j, n));
        if (adds) value = f32x4.add(v128.load(dx + at), value);
        v128.store(dx + at, value);
      }
      dx += dxRow;
    }
    g += gRow;
    normal += normalRow;
    inverse += 4;
  }
}
