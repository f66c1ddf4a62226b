import type { Numbers } from '../numbers.ts';
import type { Interval } from './bootstrap.ts';
import type { TestResult } from './hypothesis.ts';
import { studentQuantile, studentTwoSided } from './student-t.ts';
import { mean, standardError, variance } from './summary.ts';

/** A two-sided t test of a difference of means, with the 95 % interval of the difference. */
export interface TTestResult extends TestResult {
  /** Degrees of freedom; Welch's are not whole. */
  readonly freedom: number;
  readonly interval: Interval;
}

/**
 * Whether pairs differ on average: the t test of a[i] - b[i].
 *
 * Shapes: a, b [n], n at least 2.
 * Source: Student (1908).
 *
 * @example
 * pairedTTest([2, 4], [1, 1]).statistic // 2: mean 2 over standard error 1
 */
export function pairedTTest(a: Numbers, b: Numbers): TTestResult {
  const differences = Float64Array.from(a, (value, i) => value - b[i]);
  return tTest(mean(differences), standardError(differences), differences.length - 1);
}

/**
 * Whether two independent samples differ in their means, without assuming equal variances.
 *
 * Shapes: a [n], b [m], both at least 2.
 * Source: Welch (1947), "The generalization of Student's problem", with Satterthwaite's degrees of freedom.
 */
export function welchTTest(a: Numbers, b: Numbers): TTestResult {
  const [first, second] = [variance(a) / a.length, variance(b) / b.length];
  const freedom = (first + second) ** 2 / (first ** 2 / (a.length - 1) + second ** 2 / (b.length - 1));
  return tTest(mean(a) - mean(b), Math.sqrt(first + second), freedom);
}

/**
 * Whether two independent samples of equal variance differ in their means.
 *
 * Shapes: a [n], b [m], n + m at least 3.
 * Source: Student (1908), pooled variance.
 */
export function pooledTTest(a: Numbers, b: Numbers): TTestResult {
  const freedom = a.length + b.length - 2;
  const pooled = (variance(a, 0) * a.length + variance(b, 0) * b.length) / freedom;
  return tTest(mean(a) - mean(b), Math.sqrt(pooled * (1 / a.length + 1 / b.length)), freedom);
}

function tTest(difference: number, error: number, freedom: number): TTestResult {
  const statistic = difference / error;
  const half = studentQuantile(0.975, freedom) * error;
  return {
    statistic,
    pValue: studentTwoSided(statistic, freedom),
    freedom,
    interval: [difference - half, difference + half],
  };
}
