import type { Numbers } from '../numbers.ts';
import { poolScores, taskMeans } from './aggregate.ts';
import { requireScores, type ScoreMatrix } from './scores.ts';

/**
 * The share of runs, over all tasks, whose score lies above each threshold.
 *
 * Shapes: scores [run][task], thresholds [k] -> [k].
 * Throws: PolityError (contract) when the matrix is empty or ragged.
 * Source: Agarwal et al. (2021), section 4.2, run-score distribution; the comparison is strict.
 *
 * @example
 * performanceProfile([[1], [2], [3]], [0, 2]) // [1, 1 / 3]
 */
export function performanceProfile(scores: ScoreMatrix, thresholds: Numbers): number[] {
  requireScores(scores, 'performance profile');
  return sharesAbove(poolScores(scores), thresholds);
}

/**
 * The share of tasks whose mean over runs lies above each threshold.
 *
 * Shapes: scores [run][task], thresholds [k] -> [k].
 * Throws: PolityError (contract) when the matrix is empty or ragged.
 * Source: Agarwal et al. (2021), section 4.2, average-score distribution.
 *
 * @example
 * averageScoreProfile([[1, 5], [3, 5]], [2, 4]) // [0.5, 0.5]
 */
export function averageScoreProfile(scores: ScoreMatrix, thresholds: Numbers): number[] {
  requireScores(scores, 'average-score profile');
  return sharesAbove(taskMeans(scores), thresholds);
}

function sharesAbove(values: Float64Array, thresholds: Numbers): number[] {
  const ascending = values.sort();
  return Array.from(thresholds, (threshold) => (ascending.length - countUpTo(ascending, threshold)) / ascending.length);
}

/** How many numbers are at most `limit`, by bisection. */
function countUpTo(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
