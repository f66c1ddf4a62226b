import type { Numbers, Writable } from './numbers.ts';

/** Count, sum and sum of squares: shards make theirs apart and add them up in a fixed order. */
export type PlainSums = Float64Array;

/** Zeroed sums for `addPlainSums`. */
export function createPlainSums(): PlainSums {
  return new Float64Array(3);
}

/**
 * Adds count, sum and sum of squares of values[start .. start + length) to `sums`.
 *
 * Shapes: values [>= start + length]; sums [3].
 */
export function addPlainSums(values: Numbers, start: number, length: number, sums: PlainSums): void {
  let sum = 0;
  let squares = 0;
  for (let i = start; i < start + length; i++) {
    sum += values[i];
    squares += values[i] * values[i];
  }
  sums[0] += length;
  sums[1] += sum;
  sums[2] += squares;
}

/**
 * Mean and population standard deviation from sums; 0 and 0 of nothing.
 *
 * @example
 * const sums = createPlainSums();
 * addPlainSums([1, 3], 0, 2, sums);
 * momentsOf(sums) // { mean: 2, deviation: 1 }
 */
export function momentsOf(sums: PlainSums): { mean: number; deviation: number } {
  const [count, sum, squares] = sums;
  if (count === 0) return { mean: 0, deviation: 0 };
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)) };
}

/**
 * Shifts and scales advantages in place to mean 0 and deviation 1, (A - mean) / (deviation + epsilon).
 *
 * Shapes: advantages [>= start + length].
 * Source: the population deviation and epsilon 1e-8 of the common PPO implementations (Huang et al. 2022, "The 37
 * implementation details of proximal policy optimization", detail 7).
 */
export function normaliseAdvantages(
  advantages: Writable,
  start: number,
  length: number,
  moments: { readonly mean: number; readonly deviation: number },
  epsilon = 1e-8,
): void {
  const scale = 1 / (moments.deviation + epsilon);
  for (let i = start; i < start + length; i++) advantages[i] = (advantages[i] - moments.mean) * scale;
}
