import { quantile } from '#math';
import { normalPoint } from '../estimate.ts';
import { evaluationRows, finalMean, finalWindow } from '../final-window.ts';
import { isMeasurement, parseMetricName, standardErrorOf } from '../metric-name.ts';
import type { ReportedRun } from '../run-data.ts';
import { settingsOf } from '../settings.ts';

/** What one column of the training rows held; rows without a finite value are left out. */
export interface LoggedColumn {
  /** Env-steps. */
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** How a run's return went from its first evaluation to its final window. */
export type Outcome = 'rose' | 'flat' | 'fell' | 'unknown';

/** What one learning policy of one run said about its updates. */
export interface PolicyLog {
  readonly run: ReportedRun;
  /** Its name where there are several; empty where there is one. */
  readonly policy: string;
  readonly updates: number;
  /** Env-steps of the last row. */
  readonly lastStep: number;
  readonly outcome: Outcome;
  /** A column of the training rows, empty where it was not logged. Columns of the whole run (`episode/return`) are everybody's. */
  column(id: string): LoggedColumn;
  /** Env-steps of the first row in which a number of an update could not be written down, and its column. */
  readonly brokenAt: { readonly step: number; readonly column: string } | undefined;
  /** A setting as `--set` would give it; undefined where the configuration has no such key. */
  setting(path: string): string | undefined;
}

/** A log for each learning policy of a run, in the order of the columns. */
export function policyLogs(run: ReportedRun): readonly PolicyLog[] {
  const rows = run.rows.filter(({ kind }) => kind === 'train');
  const settings = new Map(settingsOf(run.config).map(({ path, value }) => [path, value]));
  const members = new Set<string>();
  for (const row of rows) {
    for (const key of Object.keys(row)) if (isOwn(key)) members.add(parseMetricName(key).member);
  }
  const shared = { run, updates: rows.length, lastStep: rows.at(-1)?.envSteps ?? 0, outcome: outcomeOf(run) };
  return [...(members.size === 0 ? [''] : members)].map((policy) => ({
    ...shared,
    policy,
    column(id) {
      const key = (isOwn(id) && policy !== '' ? `${id}/${policy}` : id) as `${string}/${string}`;
      const held = rows.filter((row) => Number.isFinite(row[key]));
      return { steps: held.map(({ envSteps }) => envSteps), values: held.map((row) => row[key]) };
    },
    brokenAt: brokenAt(rows, policy),
    setting: (path) => settings.get(path),
  }));
}

/** Mean of the first twentieth of a series, of the first three values at least. */
export function beginning({ values }: LoggedColumn): number {
  return meanOf(values.slice(0, Math.max(3, Math.ceil(values.length / 20))));
}

/** Mean of the last tenth of a series, of the last three values at least. */
export function ending({ values }: LoggedColumn): number {
  return meanOf(values.slice(-Math.max(3, Math.ceil(values.length / 10))));
}

/** Median of a series, which has a value. */
export function median({ values }: LoggedColumn): number {
  return quantile(values, 0.5);
}

/** The second half of a series: what holds there is no matter of the first steps. */
export function laterHalf({ steps, values }: LoggedColumn): LoggedColumn {
  const from = Math.floor(values.length / 2);
  return { steps: steps.slice(from), values: values.slice(from) };
}

/** Source: a difference of two means counts from 1.96 of its standard errors on. */
function outcomeOf(run: ReportedRun): Outcome {
  const key = 'episode/return';
  const [first, ...later] = evaluationRows(run.rows);
  const end = finalMean(run, key);
  if (first === undefined || later.length === 0 || end === undefined || !Number.isFinite(first[key])) return 'unknown';
  const errors = [first, ...finalWindow(run.rows)].map((row) => row[standardErrorOf(key)]).filter(Number.isFinite);
  const noise = normalPoint * Math.hypot(errors[0] ?? 0, meanOf(errors.slice(1)) || 0);
  const gain = end - first[key];
  if (gain > noise) return 'rose';
  return gain < -noise ? 'fell' : 'flat';
}

/** Columns that each policy has for itself. */
function isOwn(key: string): boolean {
  return isMeasurement(key) && /^(loss|policy)\//.test(key);
}

/** JSON has no word for a number that is none: the log holds null. */
function brokenAt(rows: readonly ReportedRun['rows'][number][], policy: string): PolicyLog['brokenAt'] {
  for (const row of rows) {
    const column = Object.keys(row).find(
      (key) => isOwn(key) && parseMetricName(key).member === policy && !Number.isFinite(row[key as 'a/b']),
    );
    if (column !== undefined) return { step: row.envSteps, column };
  }
  return undefined;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
