import { parentPort, workerData } from 'node:worker_threads';
import { createProgram, type ExperimentConfig, failTeam, type Program, threadTeam } from '#train';
import { catalogue } from './catalogue.ts';
import { createEngine } from './create-engine.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly config: ExperimentConfig;
  readonly thread: number;
  readonly threads: number;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array;
}

/** A call of a program's method, and its answer. */
export interface WorkerCall {
  readonly method: keyof Program;
  readonly args: readonly unknown[];
}

const { config, thread, threads, memory, control } = workerData as WorkerStart;
const team = threadTeam(control, thread, threads, config.rollout.shards);

try {
  const engine = await createEngine(config.engine, { memory, thread, threads });
  const program = await createProgram(config, catalogue, engine, team);
  parentPort?.on('message', ({ method, args }: WorkerCall) => {
    try {
      parentPort?.postMessage((program[method] as (...all: readonly unknown[]) => unknown)(...args));
    } catch (error) {
      failTeam(control);
      throw error;
    }
  });
  parentPort?.postMessage(engine.variant);
} catch (error) {
  failTeam(control);
  throw error;
}
