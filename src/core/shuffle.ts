import type { Rng } from './rng.ts';

/**
 * Brings the first `count` numbers into random order, in place.
 *
 * Shapes: list [n], count at most n.
 * Source: Durstenfeld (1964), "Algorithm 235: random permutation".
 */
export function shuffle(list: Int32Array, count: number, rng: Rng): void {
  for (let i = count - 1; i > 0; i--) {
    const j = rng.integer(0, i + 1);
    const kept = list[i];
    list[i] = list[j];
    list[j] = kept;
  }
}
