import type { MetricRow } from '#core';
import { mean } from '#math';
import { type Estimate, meanWithInterval, normalPoint, within } from './estimate.ts';
import { rangeOf, standardErrorOf } from './metric-name.ts';
import type { ReportedRun } from './run-data.ts';

/** Share of a run's evaluations that its final values are averaged over. */
export const finalWindowShare = 0.1;

/** Fewer evaluations than this say too little about their own spread; the error over episodes is used instead. */
const fewestEvaluations = 3;

/** The rows that evaluations wrote, in order. */
export function evaluationRows(rows: readonly MetricRow[]): readonly MetricRow[] {
  return rows.filter((row) => row.kind === 'eval');
}

/**
 * The last tenth of a run's evaluations, rounded up: what it has come to, not the best that it ever was.
 *
 * @example
 * finalWindow(rowsOfTwentyOneEvaluations).length // 3
 */
export function finalWindow(rows: readonly MetricRow[]): readonly MetricRow[] {
  const evaluations = evaluationRows(rows);
  // 0.1 · 30 is 3.0000000000000004 in floating point, which must not become 4.
  return evaluations.slice(evaluations.length - Math.ceil(finalWindowShare * evaluations.length - 1e-9));
}

/** Mean of a metric over a run's final window; undefined where no row of the window has it. */
export function finalMean(run: ReportedRun, key: string): number | undefined {
  const values = valuesOf(finalWindow(run.rows), key);
  return values.length === 0 ? undefined : mean(values);
}

/**
 * A metric's value at the end of training. Over several seeds: mean of their final windows, t interval over seeds. For one
 * seed: mean of its window, with a t interval over the evaluations in it, or over episodes where they are fewer than three.
 * Undefined where no run has the metric in its window.
 */
export function finalEstimate(runs: readonly ReportedRun[], key: string): Estimate | undefined {
  const holders = runs.filter((run) => finalMean(run, key) !== undefined);
  if (holders.length === 0) return undefined;
  return within(ofHolders(holders, key), rangeOf(key));
}

/** Mean over the runs of a metric's value in their first evaluation; undefined where none has it. */
export function startMean(runs: readonly ReportedRun[], key: string): number | undefined {
  const values = runs.flatMap((run) => valuesOf(evaluationRows(run.rows).slice(0, 1), key));
  return values.length === 0 ? undefined : mean(values);
}

function ofHolders(holders: readonly ReportedRun[], key: string): Estimate {
  if (holders.length > 1)
    return meanWithInterval(
      holders.map((run) => finalMean(run, key)!),
      'seeds',
    );
  const window = finalWindow(holders[0].rows);
  const values = valuesOf(window, key);
  return values.length >= fewestEvaluations
    ? meanWithInterval(values, 'evaluations')
    : overEpisodes(window, key, values);
}

/**
 * Evaluations play the same seeds each time, so their errors do not average out: the window's error is the mean of theirs.
 * Without errors in the log, two evaluations still make an interval over evaluations, a single one makes none.
 */
function overEpisodes(window: readonly MetricRow[], key: string, values: readonly number[]): Estimate {
  const errors = valuesOf(window, standardErrorOf(key));
  if (errors.length < values.length) return meanWithInterval(values, 'evaluations');
  const centre = mean(values);
  const half = normalPoint * mean(errors);
  return { mean: centre, low: centre - half, high: centre + half, basis: 'episodes', count: values.length };
}

function valuesOf(rows: readonly MetricRow[], key: string): readonly number[] {
  return rows.flatMap((row) => {
    const value = row[key as `${string}/${string}`];
    return Number.isFinite(value) ? [value] : [];
  });
}
