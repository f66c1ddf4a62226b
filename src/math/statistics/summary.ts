import type { Numbers } from '../numbers.ts';

/**
 * The arithmetic mean; NaN of nothing.
 *
 * Shapes: values [n].
 *
 * @example
 * mean([1, 2, 6]) // 3
 */
export function mean(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/**
 * Variance of a sample, sum of squared deviations / (n - removed): `removed` is 1 for the unbiased estimate of a population's
 * variance and 0 for the variance of the numbers themselves.
 *
 * Shapes: values [n], n > removed.
 * Source: Bessel's correction.
 *
 * @example
 * variance([1, 3]) // 2
 */
export function variance(values: Numbers, removed = 1): number {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return squares / (values.length - removed);
}

/**
 * The standard deviation of the mean of independent values, s / sqrt(n).
 *
 * Shapes: values [n], n at least 2.
 *
 * @example
 * standardError([1, 3]) // 1
 */
export function standardError(values: Numbers): number {
  return Math.sqrt(variance(values) / values.length);
}

/**
 * The value below which a share of the numbers lies, interpolated linearly between neighbours.
 *
 * Shapes: values [n], in any order, n at least 1.
 * Source: Hyndman and Fan (1996), "Sample quantiles in statistical packages", definition 7 (numpy's default).
 *
 * @example
 * quantile([4, 1, 2], 0.75) // 3
 */
export function quantile(values: Numbers, share: number): number {
  return sortedQuantile(Float64Array.from(values).sort(), share);
}

/** `quantile` of numbers that are in ascending order already. */
export function sortedQuantile(ascending: Numbers, share: number): number {
  const at = share * (ascending.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
}

/**
 * The middle value, or the mean of the two in the middle.
 *
 * @example
 * median([5, 1, 2, 4]) // 3
 */
export function median(values: Numbers): number {
  return quantile(values, 0.5);
}
