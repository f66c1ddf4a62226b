import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import v8 from 'node:v8';
import { parse, YAMLParseError } from 'yaml';
import { type MetricRow, PolityError } from '#core';
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
import { threadCrew } from './threads.ts';

export interface TrainOptions {
  readonly out: string;
  readonly overwrite: boolean;
  readonly resume: boolean;
  readonly threads: number;
  readonly seed?: string | undefined;
}

/**
 * Trains the experiment of a file and writes `config.json` and `metrics.jsonl` into its run folder. Returns the exit code.
 *
 * Throws: PolityError (input) before anything is written when file, seed or folder do not fit.
 */
export async function runTrain(file: string, options: TrainOptions): Promise<number> {
  const { out, overwrite, resume, threads, seed } = options;
  const value = { ...(readYaml(file) as object), ...(seed === undefined ? {} : { seed }) };
  const config = resolveExperiment(value, file, catalogue);
  const folder = join(out, config.name, `seed-${config.seed}`);
  const log = join(folder, 'metrics.jsonl');
  const checkpoints = join(folder, 'checkpoints');
  const from = resume ? readCheckpoint(checkpoints) : undefined;
  if (from !== undefined) {
    if (!isDeepStrictEqual(structuredClone(config), from.config)) {
      const remedy = 'Resume with the file that the run began with';
      throw new PolityError({ code: 'input', where: file, message: 'not the configuration of this run', remedy });
    }
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, from.rows);
    writeFileSync(log, lines.map((line) => `${line}\n`).join(''));
  } else {
    if (existsSync(folder) && !overwrite) {
      const remedy = 'Use --resume to go on, --overwrite to replace it, or another --out';
      throw new PolityError({ code: 'input', where: folder, message: 'exists already', remedy });
    }
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
  }
  let stop = false;
  process.once('SIGINT', () => {
    stop = true;
  });
  const crew = await createCrew(config, Math.min(threads, config.rollout.shards));
  const onRow = (row: MetricRow) => {
    appendFileSync(log, `${JSON.stringify(row)}\n`);
    if (row.kind === 'eval') console.error(`${row.envSteps} env-steps: return ${row['episode/return']?.toFixed(3)}`);
  };
  const hooks = {
    onRow,
    onCheckpoint: (checkpoint: Checkpoint) => writeCheckpoint(checkpoints, checkpoint),
    shouldStop: () => stop,
  };
  try {
    const { status, envSteps } = await runTraining(config, catalogue, crew, hooks, from);
    console.log(`${status} after ${envSteps} env-steps: ${folder}`);
    return status === 'finished' ? 0 : 130;
  } finally {
    await crew.close();
  }
}

/** Worker threads, or with one thread the program itself, which lets signals in between updates. */
async function createCrew(config: ExperimentConfig, threads: number): Promise<Crew> {
  if (threads > 1) return threadCrew(config, threads);
  const engine = createSimdEngine({
    kernels: config.engine.kernels,
    enableRelaxed: () => v8.setFlagsFromString('--experimental-wasm-relaxed-simd'),
  });
  const crew = soloCrew(await createProgram(config, catalogue, engine, soloTeam(config.rollout.shards)));
  return { ...crew, update: (progress) => setImmediate().then(() => crew.update(progress)) };
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    const message = error instanceof YAMLParseError ? error.message.split('\n')[0] : 'cannot be read';
    throw new PolityError({ code: 'input', where: file, message, expected: 'an experiment in YAML' }, { cause: error });
  }
}
