import os from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type EpisodeRecord, type MetricRow, PolityError } from '#core';
import { soloTeam } from '#learn';
import {
  type Catalogue,
  type Checkpoint,
  type Crew,
  createProgram,
  type ExperimentConfig,
  replayBytes,
  runTraining,
  soloCrew,
  type TrainingProgress,
} from '#train';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
import { createEngine } from './create-engine.ts';
import { writePolicies } from './policy-files.ts';
import { toStoredModels } from './policy-info.ts';
import { RunFolder } from './run-folder.ts';
import { threadCrew } from './threads.ts';

/** How a run's folder is treated, and what it may use. */
export interface RunOptions {
  readonly out: string;
  readonly overwrite: boolean;
  readonly resume: boolean;
  readonly threads: number;
}

/** What whoever watches a run is told, and asked. */
export interface RunEvents {
  onRow(row: MetricRow): void;
  onProgress(progress: TrainingProgress): void;
  /** Asked after every update; true ends the run with a checkpoint. */
  shouldStop(): boolean;
}

export interface RunResult {
  readonly folder: string;
  readonly status: 'finished' | 'interrupted';
  readonly envSteps: number;
}

/** A run that may begin: its folder is free, or holds a checkpoint to go on from. */
export interface PreparedRun {
  readonly config: ExperimentConfig;
  readonly folder: RunFolder;
  readonly options: RunOptions;
  readonly from?: Checkpoint;
  /** What its algorithm remembers beyond a rollout. */
  readonly replayBytes: number;
}

/**
 * Checks what can be checked before anything is written.
 *
 * Throws: PolityError (input) for a folder that exists, for one without a checkpoint to resume from, and for a configuration
 * that is not the one that the run began with.
 */
export function prepareRun(config: ExperimentConfig, catalogue: Catalogue, options: RunOptions): PreparedRun {
  const remembered = replayBytes(config, catalogue);
  requireMemory(remembered);
  const folder = new RunFolder(options.out, config);
  if (!options.resume) {
    folder.requireFree(options.overwrite);
    return { config, folder, options, replayBytes: remembered };
  }
  const from = readCheckpoint(folder.checkpoints);
  requireSame(config, from.config, folder.path);
  return { config, folder, options, from, replayBytes: remembered };
}

/**
 * Trains a prepared run and writes its folder.
 *
 * Throws: whatever ended the run; by then `run.json` says so and the last checkpoint can be gone on from.
 */
export async function trainRun(run: PreparedRun, catalogue: Catalogue, events: RunEvents): Promise<RunResult> {
  const { config, folder, from, options } = run;
  const crew = await createCrew(config, catalogue, Math.min(options.threads, config.rollout.shards));
  const ended = (code: number) => {
    if (code !== 0) return;
    process.exitCode = 1;
    const message = 'something in the training ended the process with exit code 0';
    console.error(`${folder.path}: ${message}. Go on from the last checkpoint with --resume`);
    folder.finish('failed', message);
  };
  process.on('exit', ended);
  try {
    const engine = { kind: config.engine.kind, variant: crew.variant };
    if (from === undefined) folder.begin(config, engine);
    else folder.resume(from.rows, engine);
    const hooks = {
      onRow: (row: MetricRow) => {
        folder.appendRow(row);
        events.onRow(row);
      },
      onCheckpoint: (checkpoint: Checkpoint) => {
        folder.syncLog();
        writeCheckpoint(folder.checkpoints, checkpoint);
      },
      onReplays: (records: readonly EpisodeRecord[]) => folder.writeReplays(records),
      onProgress: events.onProgress,
      shouldStop: events.shouldStop,
    };
    const { status, envSteps, policies } = await runTraining(config, catalogue, crew, hooks, from);
    writePolicies(folder.path, toStoredModels(config, catalogue, policies, envSteps));
    folder.finish(status);
    return { folder: folder.path, status, envSteps };
  } catch (error) {
    folder.finish('failed', error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    process.off('exit', ended);
    await crew.close();
  }
}

/** Worker threads, or with one thread the program itself, which lets signals in between updates. */
async function createCrew(
  config: ExperimentConfig,
  catalogue: Catalogue,
  threads: number,
): Promise<Crew & { readonly variant: string }> {
  if (threads > 1) return threadCrew(config, threads);
  const engine = await createEngine(config.engine);
  const crew = soloCrew(await createProgram(config, catalogue, engine, soloTeam(config.rollout.shards)));
  return { ...crew, variant: engine.variant, update: (progress) => setImmediate().then(() => crew.update(progress)) };
}

/** Throws: PolityError (input) for a replay that would take more than half of the machine's memory. */
function requireMemory(bytes: number): void {
  const most = os.totalmem() / 2;
  if (bytes <= most) return;
  throw new PolityError({
    code: 'input',
    where: 'learner.replayMoments',
    message: 'the replay does not fit into memory',
    got: megabytes(bytes),
    expected: `at most half of this machine's memory, ${megabytes(most)}`,
    remedy: 'Remember fewer moments',
  });
}

/** `35 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}

/** Throws: PolityError (input) naming the settings that differ. */
function requireSame(config: ExperimentConfig, other: ExperimentConfig, where: string): void {
  const differing = differences(config, other, '');
  if (differing.length === 0) return;
  throw new PolityError({
    code: 'input',
    where,
    message: 'not the configuration that this run began with',
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
