import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PolityError } from '#core';
import type { ExperimentConfig } from '#train';
import { evaluate } from '../library/evaluate.ts';
import { planRuns } from '../plan-runs.ts';
import { type LoadedRun, loadRun, RunFolder } from '../run-folder.ts';
import { runTrain } from '../run-train.ts';
import { curveOf, writeCurve } from './reference-curve.ts';
import type { ReferenceEntry } from './reference-entry.ts';

export interface ReferenceOptions {
  /** The repository. */
  readonly root: string;
  /** Where run folders go. */
  readonly out: string;
  /** Take the runs that are there instead of training them again. */
  readonly keep: boolean;
  readonly threads: number;
  readonly jobs?: number | undefined;
  /** Other seeds than those of the table. */
  readonly seeds?: string | undefined;
}

/**
 * Trains a reference experiment over its seeds and writes the curves of its variants; returns the exit code of the training.
 *
 * Throws: PolityError (input) with `keep` for runs that are not there, or that had other settings.
 */
export async function runReference(entry: ReferenceEntry, options: ReferenceOptions): Promise<number> {
  const { root, out, keep, threads, jobs, seeds } = options;
  const configs = await planRuns(relative(process.cwd(), entry.file), { seeds: seeds ?? entry.seeds });
  const settings = { out, overwrite: true, resume: false, threads, jobs, json: false, quiet: true, verbose: false };
  const code = keep ? 0 : await runTrain(configs, settings);
  if (code === 130) return code;
  for (const variant of new Set(configs.map((config) => config.variant))) {
    const own = configs.filter((config) => config.variant === variant);
    const runs = own.flatMap((config) => findRun(out, config));
    if (runs.length < own.length) throw notThere(entry, out, own.length - runs.length);
    const curve = curveOf(entry, runs, await playAfterwards(entry, runs));
    console.log(`${relative(process.cwd(), writeCurve(root, curve))}: ${curve.seeds.length} of ${own.length} seeds`);
  }
  return code;
}

function findRun(out: string, config: ExperimentConfig): readonly LoadedRun[] {
  const { path } = new RunFolder(out, config);
  if (!existsSync(path)) return [];
  const run = loadRun(path);
  if (run.info.status === 'running') return [];
  const text = (of: ExperimentConfig) => JSON.stringify({ ...of, description: '' });
  if (text(run.config) === text(config)) return [run];
  const remedy = 'Train it again, without --keep';
  throw new PolityError({ code: 'input', where: path, message: 'was trained with other settings', remedy });
}

/** Plays the finished policies under the other parameters that an entry names; the value of its metric by run folder. */
async function playAfterwards(
  { afterwards }: ReferenceEntry,
  runs: readonly LoadedRun[],
): Promise<ReadonlyMap<string, number>> {
  const values = new Map<string, number>();
  if (afterwards === undefined) return values;
  const { params, episodes, metric } = afterwards;
  for (const { folder, config, info } of runs) {
    if (info.status !== 'finished') continue;
    const { seatings } = await evaluate([folder], {
      params: { ...config.env.params, ...params },
      episodes,
      seed: 1,
      greedy: config.evaluation.greedy,
    });
    values.set(folder, seatings[0].metrics[metric].mean);
  }
  return values;
}

function notThere({ name }: ReferenceEntry, out: string, missing: number): PolityError {
  return new PolityError({
    code: 'input',
    where: join(out, name),
    message: `${missing} of its runs are not there`,
    remedy: 'Train them, without --keep',
  });
}
