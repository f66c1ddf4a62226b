import { regularisedBeta } from './incomplete-beta.ts';

/**
 * The probability that a variable of Student's t distribution is at most `t`.
 *
 * Units: `freedom` degrees of freedom, above 0, not necessarily whole.
 * Source: P(T <= t) = 1 - I(v / (v + t²); v/2, 1/2) / 2 for t >= 0 (Abramowitz and Stegun 26.7.1).
 *
 * @example
 * studentDistribution(0, 7) // 0.5
 */
export function studentDistribution(t: number, freedom: number): number {
  const tail = regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * The two-sided p-value of a t statistic: the probability of one at least as far from 0.
 *
 * Units: as `studentDistribution`.
 */
export function studentTwoSided(t: number, freedom: number): number {
  return regularisedBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/**
 * Quantile of Student's t distribution, by bisection of its distribution function.
 *
 * Units: p a probability strictly between 0 and 1, `freedom` degrees of freedom.
 * Source: as `studentDistribution`.
 *
 * @example
 * studentQuantile(0.975, 4) // 2.776
 */
export function studentQuantile(p: number, freedom: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, freedom);
  const tail = (t: number) => studentTwoSided(t, freedom) / 2;
  let high = 1;
  while (tail(high) > 1 - p) high *= 2;
  let low = high === 1 ? 0 : high / 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (tail(middle) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
