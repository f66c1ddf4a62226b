import type { Field } from '#core';

/** Most neighbours that a world can be asked to show. */
export const mostNeighbours = 128;

/** Where `findNearest` leaves what it found. */
const chosen = new Int32Array(mostNeighbours);

/**
 * The `wanted` nearest to (x, y) of points `first`..`end - 1` but `skip`, nearest first, equally near ones by number; -1 where there
 * are fewer. The result is valid until the next call.
 */
export function findNearest(
  points: Float64Array,
  first: number,
  end: number,
  skip: number,
  x: number,
  y: number,
  wanted: number,
): Int32Array {
  let last = -1;
  let lastDistance = -1;
  for (let k = 0; k < wanted; k++) {
    let best = -1;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (let i = first; i < end; i++) {
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
    chosen[k] = best;
    if (best < 0) {
      chosen.fill(-1, k, wanted);
      break;
    }
    last = best;
    lastDistance = bestDistance;
  }
  return chosen;
}

/** Writes the first `wanted` chosen points relative to (x, y), zeros for -1; returns where to go on. */
export function writeChosen(
  points: Float64Array,
  indices: Int32Array,
  wanted: number,
  x: number,
  y: number,
  out: Float32Array,
  start: number,
): number {
  let at = start;
  for (let k = 0; k < wanted; k++) {
    const i = indices[k];
    out[at] = i < 0 ? 0 : points[2 * i] - x;
    out[at + 1] = i < 0 ? 0 : points[2 * i + 1] - y;
    at += 2;
  }
  return at;
}

/** Fields for `count` points in the plane, numbered from 0: `landmark0`, `landmark1`, .... */
export function pointFields(name: string, count: number): Field[] {
  return Array.from({ length: count }, (_, i) => ({ name: `${name}${i}`, size: 2 }));
}
