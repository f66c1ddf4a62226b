import type { Numbers } from './numbers.ts';

/** Sums for `explainedVariance`, which shards make apart and add up in a fixed order. */
export function createExplainedVarianceSums(): Float64Array {
  return new Float64Array(5);
}

/**
 * Adds count, sums and sums of squares of the returns and of the errors R - V.
 *
 * Shapes: values, returns [>= start + length]; sums [5].
 */
export function addExplainedVarianceSums(
  values: Numbers,
  returns: Numbers,
  start: number,
  length: number,
  sums: Float64Array,
): void {
  sums[0] += length;
  for (let i = start; i < start + length; i++) {
    const error = returns[i] - values[i];
    sums[1] += returns[i];
    sums[2] += returns[i] * returns[i];
    sums[3] += error;
    sums[4] += error * error;
  }
}

/**
 * How much of the variance of the returns the values explain, 1 - Var(R - V) / Var(R): 1 is perfect, 0 no better than a
 * constant. Undefined where the returns do not vary.
 *
 * Source: the coefficient of determination with the error's mean removed, as logged by the common PPO implementations.
 *
 * @example
 * const sums = createExplainedVarianceSums();
 * addExplainedVarianceSums([1, 2], [2, 4], 0, 2, sums);
 * explainedVariance(sums) // 0.75
 */
export function explainedVariance(sums: Float64Array): number | undefined {
  const [count, sumReturn, squaresReturn, sumError, squaresError] = sums;
  const ofReturns = squaresReturn / count - (sumReturn / count) ** 2;
  const ofErrors = squaresError / count - (sumError / count) ** 2;
  // What rounding leaves of a constant is not variance.
  return ofReturns > 1e-12 * (squaresReturn / count) ? 1 - ofErrors / ofReturns : undefined;
}
