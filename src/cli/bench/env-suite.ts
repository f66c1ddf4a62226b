import { Worker } from 'node:worker_threads';
import { worlds } from '#envs';
import type { EnvWorkerStart } from './env-worker.ts';
import type { WorldSpeed } from './measure-world.ts';
import { type BenchRow, type BenchSuite, benchRow } from './suite.ts';

/** Workers always run the compiled file, also when this one runs from source. */
const compiled = new URL(import.meta.resolve('#compiled/src/cli/bench/env-worker'));
const envs = 64;

/** How fast worlds step. One worker a world, one after the other: a call site that has seen one world only stays fast. */
export const envSuite: BenchSuite = {
  title: `Worlds, ${envs} envs side by side, random legal actions, one thread`,
  async run({ parts, repeats, seconds, onProgress }) {
    const chosen = parts.length === 0 ? worlds.items : parts.map((id) => worlds.get(id, 'polity bench env'));
    const rows: BenchRow[] = [];
    for (const { id } of chosen) {
      onProgress(id);
      const speed = await inWorker({ world: id, envs, repeats, seconds });
      rows.push(benchRow(id, 'env-steps/s', speed.envSteps), benchRow(id, 'agent-steps/s', speed.agentSteps));
    }
    return rows;
  },
};

function inWorker(workerData: EnvWorkerStart): Promise<WorldSpeed> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(compiled, { workerData, execArgv: [] });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
