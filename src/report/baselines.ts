import { mean } from '#math';
import { type Estimate, normalPoint, within } from './estimate.ts';
import { evaluationRows } from './final-window.ts';
import { parseMetricName, rangeOf, standardErrorOf } from './metric-name.ts';
import type { ReportedRun } from './run-data.ts';

/**
 * What policies that do not learn reach when they hold every seat, measured once at the start of each run: mean over the
 * runs' measurements, with an interval over episodes (runs may share their evaluation seeds, so errors do not shrink).
 *
 * @example
 * baselinesOf(runs, 'episode/return').get('random') // { mean: 3.1, low: 2.8, high: 3.4, basis: 'episodes', count: 1 }
 */
export function baselinesOf(runs: readonly ReportedRun[], key: string): ReadonlyMap<string, Estimate> {
  const found = new Map<string, { values: number[]; errors: number[] }>();
  for (const run of runs) {
    const first = evaluationRows(run.rows)[0];
    for (const policy of baselinePolicies([run])) {
      const column = `baseline/${policy}/${key}` as const;
      if (!Number.isFinite(first[column])) continue;
      const seen = found.get(policy) ?? { values: [], errors: [] };
      const error = first[standardErrorOf(column)];
      seen.values.push(first[column]);
      if (Number.isFinite(error)) seen.errors.push(error);
      found.set(policy, seen);
    }
  }
  return new Map(
    [...found].map(([policy, { values, errors }]) => [policy, within(estimate(values, errors), rangeOf(key))]),
  );
}

/** Policies that the runs measured as baselines, in the order of the log. */
export function baselinePolicies(runs: readonly ReportedRun[]): readonly string[] {
  return policiesOf(runs, 'baseline');
}

/** Policies that the runs' learners were evaluated against, in the order of the log. */
export function opponentPolicies(runs: readonly ReportedRun[]): readonly string[] {
  return policiesOf(runs, 'versus');
}

function policiesOf(runs: readonly ReportedRun[], setting: 'baseline' | 'versus'): readonly string[] {
  const policies = new Set<string>();
  for (const run of runs) {
    const rows = evaluationRows(run.rows);
    // Baselines stand in the first row; opponents in every row, and the last one knows them all.
    const row = setting === 'baseline' ? rows[0] : rows[rows.length - 1];
    for (const key of Object.keys(row ?? {})) {
      if (!key.startsWith(setting === 'baseline' ? 'baseline/' : 'vs/')) continue;
      const name = parseMetricName(key);
      if (name.policy !== '') policies.add(name.policy);
    }
  }
  return [...policies];
}

function estimate(values: readonly number[], errors: readonly number[]): Estimate {
  const centre = mean(values);
  if (errors.length < values.length) return { mean: centre, count: values.length };
  const half = normalPoint * mean(errors);
  return { mean: centre, low: centre - half, high: centre + half, basis: 'episodes', count: values.length };
}
