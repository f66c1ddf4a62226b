import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PolityError } from '#core';
import { median } from '#math';
import { loadRun } from '../run-folder.ts';

/** Always the compiled command, also when this file runs from source. */
const command = fileURLToPath(import.meta.resolve('#compiled/src/cli/main'));

/** A return on simple spread, and the settings of JaxMARL's IPPO that are known to come to it. */
const goals = [
  { atLeast: -59.6, settings: 'shipped', envSteps: 10_000_000 },
  { atLeast: -45, settings: 'tuned', envSteps: 2_000_000 },
] as const;

export interface WallOptions {
  readonly root: string;
  readonly seeds: readonly (number | string)[];
  readonly threads: number;
  /** A Python that has jax, optax and jaxmarl; absent: our side alone. */
  readonly python?: string | undefined;
}

/** Seconds of a process from its start to a return of at least so much. */
interface Arrival {
  readonly seconds: number;
  readonly envSteps: number;
  /** Whether it came there before its budget ended. */
  readonly reached: boolean;
}

/**
 * Prints how long it takes on simple spread, from the start of a process with everything it loads and compiles, until a return is
 * reached: ours with the settings of the reference experiment, at the first evaluation (256 episodes, every 10 000 env-steps)
 * that is there; JAX at the first 20 updates whose training episodes average as much.
 */
export async function printWallTimes({ root, seeds, threads, python }: WallOptions): Promise<void> {
  console.log(`simple spread, seconds to a return (sum over 3 agents); ${os.cpus()[0]?.model}, ${threads} threads`);
  for (const { atLeast, settings, envSteps } of goals) {
    const ours: Arrival[] = [];
    for (const seed of seeds) ours.push(await ourArrival(root, atLeast, seed, threads));
    console.log(`${atLeast}: polity ${arrivalsText(ours)}`);
    if (python === undefined) continue;
    const theirs: Arrival[] = [];
    for (const seed of seeds) theirs.push(await jaxArrival(root, python, atLeast, settings, envSteps, seed));
    console.log(`${atLeast}: JAX, ${settings} settings ${arrivalsText(theirs)}`);
    console.log(`${atLeast}: ratio of the medians ${(middle(theirs) / middle(ours)).toFixed(1)}`);
  }
}

async function ourArrival(root: string, atLeast: number, seed: number | string, threads: number): Promise<Arrival> {
  const out = mkdtempSync(join(os.tmpdir(), 'polity-wall-'));
  const settings = [`budget.target={ metric: episode/return, atLeast: ${atLeast} }`, 'evaluation.everyEnvSteps=10000'];
  const file = join(root, 'experiments', 'reference', 'simple-spread-ppo.yaml');
  const flags = ['--seed', `${seed}`, '--threads', `${threads}`, '--out', out, '--quiet', '--json'];
  try {
    const begun = performance.now();
    await finished([command, 'train', file, ...flags, ...settings.flatMap((text) => ['--set', text])]);
    const seconds = (performance.now() - begun) / 1000;
    const { rows } = loadRun(join(out, 'simple-spread-ppo', `seed-${seed}`));
    const last = rows[rows.length - 1];
    return { seconds, envSteps: last.envSteps, reached: (last['episode/return'] as number) >= atLeast };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function finished(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      const facts = { code: 'failure', where: 'polity train', message: said.trim() } as const;
      if (code === 0) resolve();
      else reject(new PolityError(facts));
    });
  });
}

async function jaxArrival(
  root: string,
  python: string,
  atLeast: number,
  settings: string,
  envSteps: number,
  seed: number | string,
): Promise<Arrival> {
  const script = join(root, 'bench', 'peers', 'ippo_jax.py');
  const flags = ['--settings', settings, '--env-steps', `${envSteps}`, '--at-least', `${atLeast}`, '--seed', `${seed}`];
  const begun = performance.now();
  const { stdout } = await promisify(execFile)(python, [script, ...flags], { maxBuffer: 1 << 24 });
  const seconds = (performance.now() - begun) / 1000;
  const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { envSteps: number; reached: boolean };
  return { seconds, envSteps: said.envSteps, reached: said.reached };
}

function middle(arrivals: readonly Arrival[]): number {
  return median(arrivals.map(({ seconds }) => seconds));
}

function arrivalsText(arrivals: readonly Arrival[]): string {
  const each = arrivals.map(
    ({ seconds, envSteps, reached }) =>
      `${seconds.toFixed(1)} s${reached ? '' : ', not reached,'} (${Math.round(envSteps / 1000)} k)`,
  );
  return `median ${middle(arrivals).toFixed(1)} s; ${each.join(', ')}`;
}
