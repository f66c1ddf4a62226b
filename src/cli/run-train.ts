import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import v8 from 'node:v8';
import { parse, YAMLParseError } from 'yaml';
import { type EpisodeRecord, type MetricRow, PolityError } from '#core';
import { createSimdEngine } from '#engine';
import { soloTeam } from '#learn';
import {
  type Checkpoint,
  type Crew,
  createProgram,
  type ExperimentConfig,
  resolveExperiment,
  runTraining,
  soloCrew,
} from '#train';
import { catalogue } from './catalogue.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
import { RunFolder } from './run-folder.ts';
import { threadCrew } from './threads.ts';

export interface TrainOptions {
  readonly out: string;
  readonly overwrite: boolean;
  readonly resume: boolean;
  readonly threads: number;
  readonly seed?: string | undefined;
}

/**
 * Trains the experiment of a file and writes its run folder. Returns the exit code.
 *
 * Throws: PolityError (input) before anything is written when file, seed or folder do not fit.
 */
export async function runTrain(file: string, options: TrainOptions): Promise<number> {
  const { out, overwrite, resume, threads, seed } = options;
  const value = { ...(readYaml(file) as object), ...(seed === undefined ? {} : { seed }) };
  const config = resolveExperiment(value, file, catalogue);
  const folder = new RunFolder(out, config);
  const from = resume ? readCheckpoint(folder.checkpoints) : undefined;
  if (from === undefined) folder.requireFree(overwrite);
  else requireSame(config, from.config, file);
  const crew = await createCrew(config, Math.min(threads, config.rollout.shards));
  const engine = { kind: config.engine.kind, variant: crew.variant };
  if (from === undefined) folder.begin(config, engine);
  else folder.resume(from.rows, engine);
  let stop = false;
  process.once('SIGINT', () => {
    stop = true;
  });
  const hooks = {
    onRow: (row: MetricRow) => {
      folder.appendRow(row);
      if (row.kind === 'eval') console.error(`${row.envSteps} env-steps: return ${row['episode/return']?.toFixed(3)}`);
    },
    onCheckpoint: (checkpoint: Checkpoint) => {
      folder.syncLog();
      writeCheckpoint(folder.checkpoints, checkpoint);
    },
    onReplays: (records: readonly EpisodeRecord[]) => folder.writeReplays(records),
    shouldStop: () => stop,
  };
  try {
    const { status, envSteps } = await runTraining(config, catalogue, crew, hooks, from);
    folder.finish(status);
    console.log(`${status} after ${envSteps} env-steps: ${folder.path}`);
    return status === 'finished' ? 0 : 130;
  } catch (error) {
    folder.finish('failed', error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    await crew.close();
  }
}

/** Throws: PolityError (input) naming the settings that differ. */
function requireSame(config: ExperimentConfig, other: ExperimentConfig, file: string): void {
  const differing = differences(config, other, '');
  if (differing.length === 0) return;
  throw new PolityError({
    code: 'input',
    where: file,
    message: 'not the configuration of this run',
    got: differing.map(({ path, now }) => `${path} ${now}`).join(', '),
    expected: differing.map(({ path, before }) => `${path} ${before}`).join(', '),
    remedy: 'Resume with the settings that the run began with, or start anew with --overwrite',
  });
}

interface SettingDifference {
  readonly path: string;
  readonly now: string;
  readonly before: string;
}

function differences(now: unknown, before: unknown, path: string): readonly SettingDifference[] {
  if (isDeepStrictEqual(now, before)) return [];
  if (isObject(now) && isObject(before)) {
    const keys = [...new Set([...Object.keys(now), ...Object.keys(before)])];
    return keys.flatMap((key) => differences(now[key], before[key], path === '' ? key : `${path}.${key}`));
  }
  return [{ path, now: JSON.stringify(now) ?? 'nothing', before: JSON.stringify(before) ?? 'nothing' }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Worker threads, or with one thread the program itself, which lets signals in between updates. */
async function createCrew(config: ExperimentConfig, threads: number): Promise<Crew & { readonly variant: string }> {
  if (threads > 1) return threadCrew(config, threads);
  const engine = createSimdEngine({
    kernels: config.engine.kernels,
    enableRelaxed: () => v8.setFlagsFromString('--experimental-wasm-relaxed-simd'),
  });
  const crew = soloCrew(await createProgram(config, catalogue, engine, soloTeam(config.rollout.shards)));
  return { ...crew, variant: engine.variant, update: (progress) => setImmediate().then(() => crew.update(progress)) };
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    const message = error instanceof YAMLParseError ? error.message.split('\n')[0] : 'cannot be read';
    throw new PolityError({ code: 'input', where: file, message, expected: 'an experiment in YAML' }, { cause: error });
  }
}
