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
 * The deviation that advantages are divided by: their own, but at least a share of the root mean square of the returns. Once a
 * game is solved all returns are alike, and what is left of the advantages is the critic's own error: stretched to deviation 1
 * it would move the policy as far as a real difference does, away from the solution.
 *
 * Source: the reason for a lower limit is that of Hafner et al. (2023), "Mastering diverse domains through world models",
 * section "Actor critic learning", whose limit is absolute; here it goes with the size of the returns.
 *
 * @example
 * const [advantages, returns] = [createPlainSums(), createPlainSums()];
 * addPlainSums([-0.001, 0.001], 0, 2, advantages);
 * addPlainSums([2, 2], 0, 2, returns);
 * advantageDeviation(advantages, returns) // 0.02: not 0.001 but 1 % of 2
 */
export function advantageDeviation(advantages: PlainSums, returns: PlainSums, share = 0.01): number {
  const rootMeanSquare = returns[0] === 0 ? 0 : Math.sqrt(returns[2] / returns[0]);
  return Math.max(momentsOf(advantages).deviation, share * rootMeanSquare);
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
