import type { MetricRow } from '#core';
import { mean } from '#math';
import { type Basis, meanWithInterval, normalPoint, within } from './estimate.ts';
import { evaluationRows } from './final-window.ts';
import { rangeOf, standardErrorOf } from './metric-name.ts';
import type { ReportedRun } from './run-data.ts';

/** A metric over the course of training. */
export interface Curve {
  /** Env-steps. */
  readonly x: readonly number[];
  readonly mean: readonly number[];
  /** Ends of the 95 % band, `null` where there is none. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  readonly basis?: Basis;
  /** Each run on its own. */
  readonly runs: readonly RunCurve[];
}

export interface RunCurve {
  readonly seed: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/**
 * A metric of the evaluations over env-steps. Several seeds: mean and t band at every step where at least half of them have a
 * value. One seed: its values, with 1.96 standard errors over episodes around them. Long logs are thinned as training curves are.
 * Undefined where no run has the metric.
 */
export function evaluationCurve(runs: readonly ReportedRun[], key: string): Curve | undefined {
  const stretch = evaluationStretch(runs);
  return makeCurve(runs, key, (run) => averageStretches(evaluationRows(run.rows), key, stretch));
}

/** Evaluations that one point of an evaluation curve stands for. */
export function evaluationStretch(runs: readonly ReportedRun[]): number {
  return Math.max(1, ...runs.map((run) => Math.ceil(evaluationRows(run.rows).length / mostPoints)));
}

/** Most points that a curve is drawn with. */
export const mostPoints = 300;

/**
 * A metric of the training rows over env-steps. Long logs are averaged over stretches of equal numbers of updates, so that no
 * curve has more than 300 points. Undefined where no run has the metric.
 */
export function trainingCurve(runs: readonly ReportedRun[], key: string): Curve | undefined {
  const stretch = trainingStretch(runs);
  return makeCurve(runs, key, (run) => averageStretches(trainingRows(run), key, stretch));
}

/** Updates that one point of a training curve stands for. */
export function trainingStretch(runs: readonly ReportedRun[]): number {
  return Math.max(1, ...runs.map((run) => Math.ceil(trainingRows(run).length / mostPoints)));
}

function trainingRows(run: ReportedRun): readonly MetricRow[] {
  return run.rows.filter((row) => row.kind === 'train');
}

function makeCurve(
  runs: readonly ReportedRun[],
  key: string,
  rowsOf: (run: ReportedRun) => readonly MetricRow[],
): Curve | undefined {
  const own = runs.flatMap((run): RunCurve[] => {
    const rows = rowsOf(run).filter((row) => Number.isFinite(row[key as `${string}/${string}`]));
    const y = rows.map((row) => row[key as `${string}/${string}`]);
    return rows.length === 0 ? [] : [{ seed: String(run.config.seed), x: rows.map((row) => row.envSteps), y }];
  });
  if (own.length === 0) return undefined;
  if (runs.length === 1) return { ...withEpisodeBand(rowsOf(runs[0]), key, own[0]), runs: own };
  const values = new Map<number, number[]>();
  for (const { x, y } of own) {
    x.forEach((step, i) => {
      values.set(step, [...(values.get(step) ?? []), y[i]]);
    });
  }
  const shared = [...values].filter(([, at]) => 2 * at.length >= runs.length).sort(([a], [b]) => a - b);
  const points = shared.map(([, at]) => within(meanWithInterval(at, 'seeds'), rangeOf(key)));
  return {
    x: shared.map(([step]) => step),
    mean: points.map(({ mean }) => mean),
    low: points.map(({ low }) => low ?? null),
    high: points.map(({ high }) => high ?? null),
    basis: 'seeds',
    runs: own,
  };
}

function withEpisodeBand(rows: readonly MetricRow[], key: string, own: RunCurve): Omit<Curve, 'runs'> {
  const errors = new Map(rows.map((row) => [row.envSteps, row[standardErrorOf(key)]]));
  const half = own.x.map((step) => {
    const error = errors.get(step);
    return error === undefined || !Number.isFinite(error) ? null : normalPoint * error;
  });
  const [lowest, highest] = rangeOf(key);
  return {
    x: own.x,
    mean: own.y,
    low: own.y.map((value, i) => (half[i] === null ? null : Math.max(lowest, value - half[i]))),
    high: own.y.map((value, i) => (half[i] === null ? null : Math.min(highest, value + half[i]))),
    ...(half.some((error) => error !== null) ? { basis: 'episodes' as const } : {}),
  };
}

/**
 * The step of a stretch is that of its last row; a stretch without a value has no point. Evaluations play the same seeds each
 * time, so their errors do not average out: the error of a stretch is the mean of theirs.
 */
function averageStretches(rows: readonly MetricRow[], key: string, stretch: number): readonly MetricRow[] {
  if (stretch === 1) return rows;
  const averaged: MetricRow[] = [];
  for (let start = 0; start < rows.length; start += stretch) {
    const part = rows.slice(start, start + stretch);
    const [values, errors] = [key as `${string}/${string}`, standardErrorOf(key)].map((column) =>
      part.map((row) => row[column]).filter(Number.isFinite),
    );
    if (values.length === 0) continue;
    const error = errors.length === 0 ? {} : { [standardErrorOf(key)]: mean(errors) };
    averaged.push({ ...part[part.length - 1], [key]: mean(values), ...error });
  }
  return averaged;
}
