import os from 'node:os';
import { type MetricRow, PolityError } from '#core';
import { type ExperimentConfig, type ExperimentInput, resolveLayers, type TrainingProgress } from '#train';
import { readExperiment } from '../read-experiment.ts';
import { prepareRun, trainRun } from '../train-run.ts';
import { catalogueWith, type OwnItems } from './own-items.ts';

export interface TrainOptions extends OwnItems {
  /** Where the run folder goes, `<out>/<name>[.<variant>]/seed-<seed>`. Default `results`. */
  readonly out?: string;
  /** Replace a run folder that exists. */
  readonly overwrite?: boolean;
  /** Go on from the last checkpoint. */
  readonly resume?: boolean;
  /** Worker threads; the result does not depend on them. Default: the cores there are; 1 with worlds or policies of your own. */
  readonly threads?: number;
  readonly seed?: number | string;
  /** A variant of the experiment instead of the experiment itself. */
  readonly variant?: string;
  /** `key=value` settings over those of the experiment, as on the command line. */
  readonly set?: readonly string[];
  onRow?(row: MetricRow): void;
  onProgress?(progress: TrainingProgress): void;
  /** Once aborted, training ends after the update under way, with a checkpoint. */
  readonly signal?: AbortSignal;
}

/** A run that has ended, and where its files are. */
export interface TrainedRun {
  readonly folder: string;
  readonly status: 'finished' | 'interrupted';
  readonly envSteps: number;
  readonly config: ExperimentConfig;
  /** The rows logged now; of a run that was gone on from, those since. */
  readonly rows: readonly MetricRow[];
}

/**
 * Trains an experiment, given as the path of a file or as a value, and writes its run folder.
 *
 * Throws: PolityError (input) before anything is written when the experiment, the options or the folder do not fit; (usage)
 * for several threads together with worlds or policies of the caller's, which other threads cannot have.
 *
 * @example
 * const run = await train({ name: 'first', env: { id: 'bargaining' }, budget: { envSteps: 100_000 } }, { overwrite: true });
 * run.rows.at(-1)['episode/return'];
 */
export async function train(experiment: string | ExperimentInput, options: TrainOptions = {}): Promise<TrainedRun> {
  const { out = 'results', overwrite = false, resume = false, seed, variant = 'base', set = [], signal } = options;
  const catalogue = catalogueWith(options);
  const source = typeof experiment === 'string' ? { file: experiment } : { file: 'experiment', value: experiment };
  const flags = seed === undefined ? {} : { seed };
  const layers = { ...source, read: readExperiment, variants: [variant], set, flags };
  const [config] = await resolveLayers(layers, catalogue);
  const run = prepareRun(config, catalogue, { out, overwrite, resume, threads: threadsOf(options) });
  const rows: MetricRow[] = [];
  const result = await trainRun(run, catalogue, {
    onRow(row) {
      rows.push(row);
      options.onRow?.(row);
    },
    onProgress: (progress) => options.onProgress?.(progress),
    shouldStop: () => signal?.aborted === true,
  });
  return { ...result, config, rows };
}

function threadsOf({ threads, worlds = [], policies = [] }: TrainOptions): number {
  const own = worlds.length + policies.length > 0;
  if (threads === undefined) return own ? 1 : os.availableParallelism();
  if (!own || threads === 1) return threads;
  throw new PolityError({
    code: 'usage',
    where: 'train › threads',
    message: 'worlds and policies of your own live in this thread only',
    got: `${threads}`,
    expected: '1',
  });
}
