import type { Rng } from '#core';
import { type BootstrapOptions, bootstrapIntervals, type Interval } from './bootstrap.ts';
import { requireScores, type ScoreMatrix } from './scores.ts';

/**
 * The probability that a run of `a` beats a run of `b` on a task drawn at random; equal scores count half.
 *
 * Shapes: a [run][task], b [run][task]; the numbers of runs may differ, the tasks are the same.
 * Throws: PolityError (contract) when a matrix is empty or ragged.
 * Source: Agarwal et al. (2021), section 4.3: the Mann-Whitney U of each task over the number of pairs, averaged.
 *
 * @example
 * probabilityOfImprovement([[1], [3]], [[1], [2]]) // 0.625: half for the tie, then 0, 1 and 1, over 4
 */
export function probabilityOfImprovement(a: ScoreMatrix, b: ScoreMatrix): number {
  requireScores(a, 'probability of improvement');
  requireScores(b, 'probability of improvement');
  return winShare(a, b);
}

/**
 * The bootstrap interval of `probabilityOfImprovement`, with the runs of both sides resampled.
 *
 * Shapes: as `probabilityOfImprovement`.
 */
export function improvementInterval(
  a: ScoreMatrix,
  b: ScoreMatrix,
  rng: Rng,
  options: BootstrapOptions = {},
): Interval {
  return bootstrapIntervals([a, b], ([x, y]) => [winShare(x, y)], rng, options)[0];
}

function winShare(a: ScoreMatrix, b: ScoreMatrix): number {
  const tasks = a[0].length;
  let wins = 0;
  for (const mine of a) {
    for (const other of b) {
      for (let task = 0; task < tasks; task++) {
        if (mine[task] > other[task]) wins += 1;
        else if (mine[task] === other[task]) wins += 0.5;
      }
    }
  }
  return wins / (a.length * b.length * tasks);
}
