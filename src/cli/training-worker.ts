import os from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { createProgram, type ExperimentConfig, failTeam, type Program, TeamFailed, threadTeam } from '#train';
import { catalogue } from './catalogue.ts';
import { createEngine } from './create-engine.ts';
import { type PackedError, packError } from './packed-error.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly config: ExperimentConfig;
  readonly thread: number;
  readonly threads: number;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array;
}

/** A call of a program's method. */
export interface WorkerCall {
  readonly method: keyof Program;
  readonly args: readonly unknown[];
}

/** What a call came to; the first answer, to no call, is the engine's variant. `gaveUp`: because another thread had failed. */
export type WorkerAnswer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: PackedError }
  | { readonly kind: 'gaveUp' };

const { config, thread, threads, memory, control } = workerData as WorkerStart;

async function answer(work: () => unknown): Promise<void> {
  try {
    tell({ kind: 'value', value: await work() });
  } catch (error) {
    failTeam(control);
    tell(error instanceof TeamFailed ? { kind: 'gaveUp' } : { kind: 'failed', error: packError(error) });
  }
}

function tell(message: WorkerAnswer): void {
  parentPort?.postMessage(message);
}

await answer(async () => {
  const team = threadTeam(control, thread, threads, config.rollout.shards, threads > os.availableParallelism());
  const engine = await createEngine(config.engine, { memory, thread, threads });
  const program = await createProgram(config, catalogue, engine, team);
  parentPort?.on('message', ({ method, args }: WorkerCall) =>
    answer(() => (program[method] as (...all: readonly unknown[]) => unknown)(...args)),
  );
  return engine.variant;
});
