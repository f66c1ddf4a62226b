import type { MetricRow } from '#core';
import { evaluationRows, finalMean } from './final-window.ts';
import type { ReportedRun } from './run-data.ts';

/**
 * Env-steps of a run's first evaluation in which a metric reaches a share of what it comes to in the end: how fast it was learned,
 * whatever it was. Undefined where the final value is not above zero, or the metric is missing.
 *
 * @example
 * // Evaluations at 0, 1000 and 2000 steps came to 0.1, 0.8 and 0.8.
 * samplesToFinal(run, 'episode/return', 0.95) // 1000
 */
export function samplesToFinal(run: ReportedRun, key: string, share: number): number | undefined {
  const final = finalMean(run, key);
  if (final === undefined || final <= 0) return undefined;
  const reached = (row: MetricRow) => {
    const value = row[key as `${string}/${string}`];
    return typeof value === 'number' && value >= share * final;
  };
  return evaluationRows(run.rows).find(reached)?.envSteps;
}
