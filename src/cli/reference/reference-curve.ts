import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { MetricRow, RunInfo } from '#core';
import { evaluationRows } from '#report/final-window';
import type { ExperimentConfig } from '#train';
import { configHash } from '../config-hash.ts';
import { type LoadedRun, readJson, writeWhole } from '../run-folder.ts';
import type { ReferenceEntry } from './reference-entry.ts';

/** What is kept of one run: its evaluations, thinned to the metrics that the table of results shows. */
export interface SeedCurve {
  readonly seed: number | string;
  readonly seconds: number;
  readonly envSteps: readonly number[];
  /** Value at each evaluation, `null` where it had none, by column. */
  readonly metrics: Readonly<Record<string, readonly (number | null)[]>>;
  /** Mean and standard error of policies that do not learn in the learners' seats, by column, as `baseline/random/…`. */
  readonly baselines: Readonly<Record<string, number>>;
  /** What the finished policies came to where they were played once more. */
  readonly afterwards?: number;
}

/** The runs of one experiment, or of one of its variants, as committed in `results/reference/`. */
export interface ReferenceCurve {
  readonly format: 'polity-reference/1';
  readonly name: string;
  readonly variant: string | null;
  readonly description: string;
  /** Name of the settings in the experiment's file, by which a curve of other settings is known. */
  readonly settings: string;
  readonly env: string;
  readonly algorithm: string;
  readonly budget: ExperimentConfig['budget'];
  readonly greedy: boolean;
  readonly commit: string | null;
  readonly node: string;
  readonly host: RunInfo['host'];
  readonly engine: RunInfo['engine'];
  readonly seeds: readonly SeedCurve[];
  /** Seeds whose training failed, with the reason. */
  readonly failed: readonly { readonly seed: number | string; readonly error: string }[];
}

/** Where curves are, below a repository's root. */
export const curvesFolder = join('results', 'reference');

/** What is kept of the runs of one experiment and variant, in the order of their seeds. */
export function curveOf(
  entry: ReferenceEntry,
  runs: readonly LoadedRun[],
  afterwards: ReadonlyMap<string, number>,
): ReferenceCurve {
  const [{ config, info }] = runs;
  const finished = runs.filter((run) => run.info.status === 'finished');
  return {
    format: 'polity-reference/1',
    name: config.name,
    variant: config.variant,
    description: config.description,
    settings: settingsHash(readFileSync(entry.file, 'utf8')),
    env: config.env.id,
    algorithm: config.learner.algorithm,
    budget: config.budget,
    greedy: config.evaluation.greedy,
    commit: info.commit,
    node: info.node,
    host: info.host,
    engine: info.engine,
    seeds: finished.map((run) => seedCurve(entry, run, afterwards.get(run.folder))),
    failed: runs
      .filter((run) => run.info.status !== 'finished')
      .map((run) => ({ seed: run.config.seed, error: run.info.error ?? run.info.status })),
  };
}

function seedCurve(entry: ReferenceEntry, { config, rows }: LoadedRun, afterwards: number | undefined): SeedCurve {
  const evaluations = evaluationRows(rows);
  const columns = [...new Set(entry.lines.map(({ metric }) => metric))];
  const wanted = (key: string) =>
    key.startsWith('baseline/') &&
    columns.some((column) => key.endsWith(`/${column}`) || key.endsWith(`/${column}/standardError`));
  return {
    seed: config.seed,
    seconds: Math.round(10 * (numberIn(rows[rows.length - 1], 'time/elapsedSeconds') ?? 0)) / 10,
    envSteps: evaluations.map((row) => row.envSteps),
    metrics: Object.fromEntries(columns.map((column) => [column, evaluations.map((row) => numberIn(row, column))])),
    baselines: Object.fromEntries(
      Object.entries(evaluations[0]).filter((pair): pair is [string, number] => wanted(pair[0])),
    ),
    ...(afterwards === undefined ? {} : { afterwards }),
  };
}

/** A name for what an experiment's file sets, whatever its comments and its question say. */
export function settingsHash(text: string): string {
  const { description: _, ...settings } = parse(text) as Record<string, unknown>;
  return configHash(settings);
}

function numberIn(row: MetricRow, key: string): number | null {
  const value: unknown = row[key as `${string}/${string}`];
  return typeof value === 'number' ? value : null;
}

/** Writes a curve to its file, one seed a line. */
export function writeCurve(root: string, curve: ReferenceCurve): string {
  const folder = join(root, curvesFolder);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, fileName(curve));
  const { seeds, ...rest } = curve;
  const head = JSON.stringify(rest, null, 2).slice(0, -2);
  writeWhole(
    file,
    `${head},\n  "seeds": [\n${seeds.map((seed) => `    ${JSON.stringify(seed)}`).join(',\n')}\n  ]\n}\n`,
  );
  return file;
}

/** The committed curve of an experiment and variant; undefined where there is none yet. */
export function readCurve(root: string, name: string, variant: string | null): ReferenceCurve | undefined {
  const file = join(root, curvesFolder, fileName({ name, variant }));
  return existsSync(file) ? readJson<ReferenceCurve>(file) : undefined;
}

function fileName({ name, variant }: { readonly name: string; readonly variant: string | null }): string {
  return `${variant === null ? name : `${name}.${variant}`}.json`;
}
