import type { Rng } from '#core';

/** Fills points with coordinates drawn uniformly, x before y, one point after the other. Shapes: points [n, 2], those from `first` on. */
export function drawPoints(points: Float64Array, first: number, count: number, reach: number, rng: Rng): void {
  for (let i = 2 * first; i < 2 * (first + count); i++) points[i] = rng.uniform(-reach, reach);
}

/** Writes points `first`..`first + count - 1` but `skip`, relative to (x, y); returns where to go on. */
export function writeRelative(
  points: Float64Array,
  first: number,
  count: number,
  skip: number,
  x: number,
  y: number,
  out: Float32Array,
  start: number,
): number {
  let at = start;
  for (let i = first; i < first + count; i++) {
    if (i === skip) continue;
    out[at] = points[2 * i] - x;
    out[at + 1] = points[2 * i + 1] - y;
    at += 2;
  }
  return at;
}

/** The squared distance between point a of one list and point b of another. */
export function squaredDistance(as: Float64Array, a: number, bs: Float64Array, b: number): number {
  const dx = as[2 * a] - bs[2 * b];
  const dy = as[2 * a + 1] - bs[2 * b + 1];
  return dx * dx + dy * dy;
}

/** A point for people: `(0.25, -1.00)`. */
export function pointText(points: ArrayLike<number>, i: number, x = 0, y = 0): string {
  return `(${(points[2 * i] - x).toFixed(2)}, ${(points[2 * i + 1] - y).toFixed(2)})`;
}
