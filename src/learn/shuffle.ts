import type { Rng } from '#core';

/** Brings the first `count` entries into random order, in place. */
export function shuffle(list: Int32Array, count: number, rng: Rng): void {
  for (let i = count - 1; i > 0; i--) {
    const j = rng.integer(0, i + 1);
    const kept = list[i];
    list[i] = list[j];
    list[j] = kept;
  }
}

/** Where part k of `parts` nearly equal parts of `count` units begins. */
export function partStart(count: number, parts: number, k: number): number {
  return Math.floor((count * k) / parts);
}
