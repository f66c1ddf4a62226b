import type { Numbers } from '../numbers.ts';
import type { Interval } from './bootstrap.ts';
import { studentQuantile } from './student-t.ts';
import { mean, standardError } from './summary.ts';

/**
 * The interval of the mean of independent values, mean ± t s / sqrt(n); undefined of fewer than two, about whose spread
 * nothing is known.
 *
 * Shapes: values [n].
 * Source: Student (1908), "The probable error of a mean".
 *
 * @example
 * meanInterval([1, 2, 3]) // [2 - 2.484, 2 + 2.484]
 */
export function meanInterval(values: Numbers, confidence = 0.95): Interval | undefined {
  if (values.length < 2) return undefined;
  const centre = mean(values);
  const half = studentQuantile((1 + confidence) / 2, values.length - 1) * standardError(values);
  return [centre - half, centre + half];
}
