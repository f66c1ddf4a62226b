/** What the test holds against equality: that the first side is different, greater or less. */
export type Alternative = 'two-sided' | 'greater' | 'less';

export interface TestResult {
  readonly statistic: number;
  /** The probability of a statistic at least as extreme where both sides are alike. */
  readonly pValue: number;
}

/**
 * Combines the probabilities of both tails; the two-sided one is twice the smaller, at most 1.
 *
 * Shapes: `greater` = P(statistic >= observed), `less` = P(statistic <= observed).
 */
export function pValueOf(alternative: Alternative, greater: number, less: number): number {
  if (alternative === 'greater') return greater;
  if (alternative === 'less') return less;
  return Math.min(1, 2 * Math.min(greater, less));
}
