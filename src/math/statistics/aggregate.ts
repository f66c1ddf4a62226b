import type { Numbers } from '../numbers.ts';
import { requireScores, type ScoreMatrix } from './scores.ts';
import { mean, median } from './summary.ts';

/**
 * Mean of the middle half of the numbers: a quarter of them, rounded down, is left out at each end. As robust as the median
 * against outliers, and nearly as steady as the mean.
 *
 * Shapes: values [n], n at least 1.
 * Source: Agarwal et al. (2021), "Deep reinforcement learning at the edge of the statistical precipice", section 4.3.
 *
 * @example
 * interquartileMean([0, 1, 2, 3, 100]) // 2
 */
export function interquartileMean(values: Numbers): number {
  const ascending = Float64Array.from(values).sort();
  const cut = Math.floor(ascending.length / 4);
  return mean(ascending.subarray(cut, ascending.length - cut));
}

/**
 * How far the numbers stay below a target on average, where nothing above it makes up for what is missing elsewhere.
 *
 * Shapes: values [n], n at least 1.
 * Source: Agarwal et al. (2021), section 4.3.
 *
 * @example
 * optimalityGap([0.5, 3], 1) // 0.25
 */
export function optimalityGap(values: Numbers, target = 1): number {
  let reached = 0;
  for (let i = 0; i < values.length; i++) reached += Math.min(values[i], target);
  return target - reached / values.length;
}

/** The four numbers that sum up an algorithm over runs and tasks. */
export interface Aggregates {
  /** Of each task's mean over runs. */
  readonly mean: number;
  /** Of the tasks' means. */
  readonly median: number;
  /** Of all runs of all tasks together. */
  readonly iqm: number;
  readonly optimalityGap: number;
}

/**
 * Mean, median, interquartile mean and optimality gap of an algorithm's scores.
 *
 * Shapes: scores [run][task].
 * Throws: PolityError (contract) when the matrix is empty or ragged.
 * Source: Agarwal et al. (2021), section 4.3, as rliable 1.2.0 reads it (the median is over the tasks' means).
 *
 * @example
 * aggregate([[0, 1], [1, 1]]) // { mean: 0.75, median: 0.75, iqm: 1, optimalityGap: 0.25 }
 */
export function aggregate(scores: ScoreMatrix, target = 1): Aggregates {
  requireScores(scores, 'aggregate');
  const pooled = poolScores(scores);
  const means = taskMeans(scores);
  return {
    mean: mean(means),
    median: median(means),
    iqm: interquartileMean(pooled),
    optimalityGap: optimalityGap(pooled, target),
  };
}

/** All scores in one row. */
export function poolScores(scores: ScoreMatrix): Float64Array {
  const tasks = scores[0].length;
  const pooled = new Float64Array(scores.length * tasks);
  for (let run = 0; run < scores.length; run++) pooled.set(scores[run], run * tasks);
  return pooled;
}

/** Each task's mean over runs [task]. */
export function taskMeans(scores: ScoreMatrix): Float64Array {
  const means = new Float64Array(scores[0].length);
  for (const row of scores) for (let task = 0; task < means.length; task++) means[task] += row[task];
  for (let task = 0; task < means.length; task++) means[task] /= scores.length;
  return means;
}
