import { mean, normalQuantile, standardError, studentQuantile } from '#math';

/**
 * What the spread behind an interval is taken over: independent training runs; the evaluations of one run (says how much that
 * run wavers, nothing about another seed); the episodes of one evaluation.
 */
export type Basis = 'seeds' | 'evaluations' | 'episodes';

/** A mean with its 95 % interval. `low` and `high` are absent where nothing is known about the spread. */
export interface Estimate {
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly basis?: Basis;
  /** Values that the interval was made from; 1 where there is none. */
  readonly count: number;
}

/** Two-sided 97.5 % point of the normal distribution. */
export const normalPoint = normalQuantile(0.975);

/**
 * Mean of independent values with its 95 % t interval; without an interval when there is only one.
 *
 * Shapes: values [n], n at least 1.
 * Source: Student (1908): mean ± t(0.975, n - 1) · s / sqrt(n).
 *
 * @example
 * meanWithInterval([1, 2, 3], 'seeds') // { mean: 2, low: 2 - 2.484, high: 2 + 2.484, basis: 'seeds', count: 3 }
 */
export function meanWithInterval(values: readonly number[], basis: Basis): Estimate {
  const count = values.length;
  const centre = mean(values);
  if (count < 2) return { mean: centre, count };
  const half = quantile(count - 1) * standardError(values);
  return { mean: centre, low: centre - half, high: centre + half, basis, count };
}

/** The same estimate with its interval cut to what the value can be: no share lies above 1. */
export function within(estimate: Estimate, [lowest, highest]: readonly [number, number]): Estimate {
  const { low, high } = estimate;
  if (low === undefined || high === undefined) return estimate;
  return { ...estimate, low: Math.max(low, lowest), high: Math.min(high, highest) };
}

const quantiles: number[] = [];

/** Curves ask for the same few degrees of freedom at every point. */
function quantile(freedom: number): number {
  quantiles[freedom] ??= studentQuantile(0.975, freedom);
  return quantiles[freedom];
}
