import { Xoshiro } from '#core';

/** Numbers in -1..1 from a seed, one a call. */
export function random(seed: number): () => number {
  const rng = new Xoshiro([seed, 2, 3, 4]);
  return () => rng.uniform(-1, 1);
}
