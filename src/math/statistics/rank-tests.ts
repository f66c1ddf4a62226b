import type { Numbers } from '../numbers.ts';
import { type Alternative, pValueOf, type TestResult } from './hypothesis.ts';
import { normalDistribution } from './normal.ts';
import { averageRanks, tieSizes } from './ranks.ts';

export interface RankSumOptions {
  readonly alternative?: Alternative;
  /**
   * `exact` counts all orders of the pooled sample, right only without ties; `normal` is the approximation with tie correction.
   * Default: exact without ties and up to 40 numbers, else normal.
   */
  readonly method?: 'exact' | 'normal';
  /** Whether the normal approximation moves the statistic half a step towards its mean; default yes. */
  readonly continuity?: boolean;
}

/**
 * Whether numbers of one sample tend to exceed those of another; the statistic U counts the pairs in which they do, ties half.
 *
 * Shapes: a [n], b [m].
 * Source: Mann and Whitney (1947), "On a test of whether one of two random variables is stochastically larger".
 *
 * @example
 * rankSumTest([3, 4], [1, 2]).statistic // 4: all pairs
 */
export function rankSumTest(a: Numbers, b: Numbers, options: RankSumOptions = {}): TestResult {
  const { alternative = 'two-sided', continuity = true } = options;
  const [n, m] = [a.length, b.length];
  const pooled = [...Array.from(a), ...Array.from(b)];
  const ties = tieSizes(pooled);
  const ranks = averageRanks(pooled);
  let statistic = (-n * (n + 1)) / 2;
  for (let i = 0; i < n; i++) statistic += ranks[i];
  const method = options.method ?? (ties.length === 0 && n + m <= 40 ? 'exact' : 'normal');
  if (method === 'exact') {
    const counts = rankSumCounts(n, m);
    return { statistic, pValue: pValueOf(alternative, ...tailsOf(counts, statistic)) };
  }
  const total = n + m;
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0) / (total * (total - 1));
  const deviation = Math.sqrt(((n * m) / 12) * (total + 1 - tied));
  const shift = continuity ? 0.5 : 0;
  const tail = (distance: number) => Math.min(1, normalDistribution(-(distance - shift) / deviation));
  const distance = statistic - (n * m) / 2;
  return { statistic, pValue: pValueOf(alternative, tail(distance), tail(-distance)) };
}

/**
 * Whether pairs differ in a preferred direction, from the ranks of their absolute differences; pairs without a difference are
 * left out. The statistic is the smaller sum of ranks of one sign. Exact, so right only where no two differences tie in size.
 *
 * Shapes: a, b [n].
 * Source: Wilcoxon (1945), "Individual comparisons by ranking methods".
 *
 * @example
 * signedRankTest([1, 5, 9], [0, 3, 6]) // { statistic: 0, pValue: 0.25 }
 */
export function signedRankTest(a: Numbers, b: Numbers): TestResult {
  const differences = Array.from(a, (value, i) => value - b[i]).filter((difference) => difference !== 0);
  const ranks = averageRanks(differences.map(Math.abs));
  let positive = 0;
  let negative = 0;
  differences.forEach((difference, i) => {
    if (difference > 0) positive += ranks[i];
    else negative += ranks[i];
  });
  const counts = signedRankCounts(differences.length);
  return { statistic: Math.min(positive, negative), pValue: pValueOf('two-sided', ...tailsOf(counts, positive)) };
}

/**
 * How many orders of the pooled sample have each value of U: ways to give each of the n numbers, in ascending order, how many of
 * the m others lie below it.
 */
function rankSumCounts(n: number, m: number): Float64Array {
  const counts = Array.from({ length: n + 1 }, () => new Float64Array(n * m + 1));
  counts[0][0] = 1;
  for (let below = 0; below <= m; below++) {
    // Ascending, so that several numbers may have the same count.
    for (let k = 1; k <= n; k++) {
      for (let u = below; u <= n * m; u++) counts[k][u] += counts[k - 1][u - below];
    }
  }
  return counts[n];
}

/** How many of the 2^n choices of signs have each sum of positive ranks. */
function signedRankCounts(n: number): Float64Array {
  const counts = new Float64Array((n * (n + 1)) / 2 + 1);
  counts[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = counts.length - 1; sum >= rank; sum--) counts[sum] += counts[sum - rank];
  }
  return counts;
}

/** P(statistic >= observed) and P(statistic <= observed), from how often each whole value occurs. */
function tailsOf(counts: Float64Array, observed: number): [greater: number, less: number] {
  let [greater, less, total] = [0, 0, 0];
  counts.forEach((count, value) => {
    total += count;
    if (value >= observed) greater += count;
    if (value <= observed) less += count;
  });
  return [greater / total, less / total];
}
