import type { Field } from '#core';

/** The `wanted` nearest of `count` points, nearest first, relative to (x, y); zeros where there are fewer. Point `skip` is left out. */
export function writeNearest(
  points: Float64Array,
  count: number,
  skip: number,
  x: number,
  y: number,
  wanted: number,
  out: Float32Array,
  start: number,
): void {
  let last = -1;
  let lastDistance = -1;
  for (let k = 0; k < wanted; k++) {
    let best = -1;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      if (i === skip) continue;
      const dx = points[2 * i] - x;
      const dy = points[2 * i + 1] - y;
      const distance = Math.sqrt(dx * dx + dy * dy);
      const after = distance > lastDistance || (distance === lastDistance && i > last);
      if (after && distance < bestDistance) {
        best = i;
        bestDistance = distance;
      }
    }
    out[start + 2 * k] = best < 0 ? 0 : points[2 * best] - x;
    out[start + 2 * k + 1] = best < 0 ? 0 : points[2 * best + 1] - y;
    if (best < 0) continue;
    last = best;
    lastDistance = bestDistance;
  }
}

/** Fields for `count` points in the plane, numbered from 0: `landmark0`, `landmark1`, .... */
export function pointFields(name: string, count: number): Field[] {
  return Array.from({ length: count }, (_, i) => ({ name: `${name}${i}`, size: 2 }));
}
