import { Worker } from 'node:worker_threads';
import { worlds } from '#envs';
import type { EnvWorkerStart } from './env-worker.ts';
import type { WorldRate } from './measure-world.ts';
import { type Original, startOriginal } from './originals.ts';
import { type BenchRow, type BenchSuite, benchRow } from './suite.ts';

/** Workers always run the compiled file, also when this one runs from source. */
const compiled = new URL(import.meta.resolve('#compiled/src/cli/bench/env-worker'));
const envs = 64;

/** At most this many seconds are run before anything counts. */
const warmUp = 0.5;

/**
 * How fast worlds step. One worker a world, one after the other: a call site that has seen one world only stays fast. Where the
 * Python original is installed it takes turns with ours, one process on one core, and the ratio stands beside.
 */
export const envSuite: BenchSuite = {
  title: `Worlds, ${envs} envs side by side, random legal actions, one thread; originals in Python, one env`,
  async run({ parts, repeats, seconds, onProgress, onNote }) {
    const chosen = parts.length === 0 ? worlds.items : parts.map((id) => worlds.get(id, 'polity bench env'));
    const said = new Set<string>();
    const note = (text: string) => {
      if (!said.has(text)) onNote(text);
      said.add(text);
    };
    const rows: BenchRow[] = [];
    for (const { id } of chosen) {
      onProgress(id);
      const original = await startOriginal(id, note);
      try {
        rows.push(...(await measureInTurns(id, original, repeats, seconds)));
      } finally {
        original?.close();
      }
    }
    return rows;
  },
};

async function measureInTurns(
  world: string,
  original: Original | undefined,
  repeats: number,
  seconds: number,
): Promise<readonly BenchRow[]> {
  const ours = startWorker({ world, envs });
  try {
    await ours.rate(Math.min(warmUp, seconds));
    await original?.rate(Math.min(warmUp, seconds));
    const rates: WorldRate[] = [];
    const theirs: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      rates.push(await ours.rate(seconds));
      if (original !== undefined) theirs.push(await original.rate(seconds));
    }
    const steps = rates.map(({ envSteps }) => envSteps);
    const row = benchRow(world, 'env-steps/s', steps);
    const agentRow = benchRow(
      world,
      'agent-steps/s',
      rates.map(({ agentSteps }) => agentSteps),
    );
    if (original === undefined) return [row, agentRow];
    const ratios = steps.map((rate, repeat) => rate / theirs[repeat]);
    const beside = { median: middle(theirs), ratio: middle(ratios) };
    return [
      { ...row, against: { original: beside } },
      agentRow,
      benchRow(`${world}, ${original.name}`, 'env-steps/s', theirs),
    ];
  } finally {
    await ours.close();
  }
}

function middle(values: readonly number[]): number {
  return benchRow('', '', values).median;
}

function startWorker(workerData: EnvWorkerStart) {
  const worker = new Worker(compiled, { workerData, execArgv: [] });
  return {
    rate: (seconds: number) =>
      new Promise<WorldRate>((resolve, reject) => {
        worker.removeAllListeners();
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', (code) => reject(new Error(`the worker of ${workerData.world} stopped with ${code}`)));
        worker.postMessage(seconds);
      }),
    async close() {
      worker.removeAllListeners();
      await worker.terminate();
    },
  };
}
