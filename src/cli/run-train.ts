import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import v8 from 'node:v8';
import { parse, YAMLParseError } from 'yaml';
import { type MetricRow, PolityError } from '#core';
import { createSimdEngine } from '#engine';
import { worlds } from '#envs';
import { algorithms, soloTeam } from '#learn';
import { metrics } from '#metrics';
import { architectures, findPolicy, policies } from '#policies';
import { type Catalogue, type Checkpoint, createProgram, resolveExperiment, runTraining, soloCrew } from '#train';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';

export interface TrainOptions {
  readonly out: string;
  readonly overwrite: boolean;
  readonly resume: boolean;
  readonly seed?: string | undefined;
}

const catalogue: Catalogue = {
  worlds,
  policies,
  architectures,
  algorithms,
  metrics,
  findPolicy: (id, where) => ({ kind: 'registered', id, policy: findPolicy(id, where) }),
};

/**
 * Trains the experiment of a file and writes `config.json` and `metrics.jsonl` into its run folder. Returns the exit code.
 *
 * Throws: PolityError (input) before anything is written when file, seed or folder do not fit.
 */
export async function runTrain(file: string, { out, overwrite, resume, seed }: TrainOptions): Promise<number> {
  const value = { ...(readYaml(file) as object), ...(seed === undefined ? {} : { seed }) };
  const config = resolveExperiment(value, file, catalogue);
  const engine = createSimdEngine({
    kernels: config.engine.kernels,
    enableRelaxed: () => v8.setFlagsFromString('--experimental-wasm-relaxed-simd'),
  });
  const program = await createProgram(config, catalogue, engine, soloTeam(config.rollout.shards));
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
  const crew = soloCrew(program);
  const breathing = { ...crew, update: (progress: number) => setImmediate().then(() => crew.update(progress)) };
  const onRow = (row: MetricRow) => {
    appendFileSync(log, `${JSON.stringify(row)}\n`);
    if (row.kind === 'eval') console.error(`${row.envSteps} env-steps: return ${row['episode/return']?.toFixed(3)}`);
  };
  const hooks = {
    onRow,
    onCheckpoint: (checkpoint: Checkpoint) => writeCheckpoint(checkpoints, checkpoint),
    shouldStop: () => stop,
  };
  const { status, envSteps } = await runTraining(config, catalogue, breathing, hooks, from);
  console.log(`${status} after ${envSteps} env-steps: ${folder}`);
  return status === 'finished' ? 0 : 130;
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    const message = error instanceof YAMLParseError ? error.message.split('\n')[0] : 'cannot be read';
    throw new PolityError({ code: 'input', where: file, message, expected: 'an experiment in YAML' }, { cause: error });
  }
}
