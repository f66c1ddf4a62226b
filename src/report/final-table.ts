import type { MetricRow } from '#core';
import { baselinesOf } from './baselines.ts';
import type { Basis } from './estimate.ts';
import { evaluationRows, finalEstimate, finalWindow, startMean } from './final-window.ts';
import { isMeasurement, lookOf, orderOf, parseMetricName } from './metric-name.ts';
import type { ReportedRun } from './run-data.ts';

/** A metric at the end of training, beside what it was at the start and what policies that do not learn reach. */
export interface FinalRow {
  /** Column of `metrics.jsonl`. */
  readonly metric: string;
  readonly title: string;
  readonly unit: string;
  /** Which way is better; absent where that depends on what one asks for. */
  readonly better?: 'higher' | 'lower';
  /** Role, agent or joint action, for a member of a family; empty for the metric as a whole. */
  readonly member: string;
  /** Policy that the learner met; empty where learners held every seat. */
  readonly opponent: string;
  /** Mean over the first evaluations; absent where they did not have the metric. */
  readonly start?: number;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  /** What the interval is over: `seeds`, `evaluations` or `episodes`. */
  readonly basis?: Basis;
  readonly count: number;
  /** Mean by policy. */
  readonly baselines: Readonly<Record<string, number>>;
}

/**
 * Final values of everything the evaluations measured, in the order of the metrics' registry: learners alone first, then
 * against each opponent.
 */
export function finalTable(runs: readonly ReportedRun[]): readonly FinalRow[] {
  return finalKeys(runs).map((key) => {
    const { id, member, policy } = parseMetricName(key);
    const look = lookOf(id);
    const baselines = [...baselinesOf(runs, key)].map(([name, { mean }]) => [name, mean]);
    const start = startMean(runs, key);
    return {
      metric: key,
      title: member === '' ? look.title : `${look.title}: ${member}`,
      unit: look.unit,
      ...(look.better === undefined ? {} : { better: look.better }),
      member,
      opponent: policy,
      ...(start === undefined ? {} : { start }),
      ...finalEstimate(runs, key)!,
      baselines: Object.fromEntries(baselines),
    };
  });
}

/** Columns that have a value in some run's final window, in the order of `finalTable`. */
export function finalKeys(runs: readonly ReportedRun[]): readonly string[] {
  return measuredKeys(runs, finalWindow);
}

/** Columns that some evaluation of some run has, in the order of `finalTable`. */
export function evaluationKeys(runs: readonly ReportedRun[]): readonly string[] {
  return measuredKeys(runs, evaluationRows);
}

function measuredKeys(
  runs: readonly ReportedRun[],
  rowsOf: (rows: readonly MetricRow[]) => readonly MetricRow[],
): readonly string[] {
  const keys = new Set<string>();
  for (const row of runs.flatMap(({ rows }) => rowsOf(rows))) {
    for (const [key, value] of Object.entries(row)) {
      if (isMeasurement(key) && !key.startsWith('baseline/') && Number.isFinite(value)) keys.add(key);
    }
  }
  const names = [...keys].map(parseMetricName);
  const opponents = ['', ...new Set(names.map(({ policy }) => policy))];
  return names
    .map((name, position) => ({ ...name, position, opponent: opponents.indexOf(name.policy) }))
    .sort((a, b) => a.opponent - b.opponent || orderOf(a.id) - orderOf(b.id) || a.position - b.position)
    .map(({ key }) => key);
}
