import { SHARE_ENV, Worker } from 'node:worker_threads';
import { PolityError } from '#core';
import {
  anotherFailed,
  type Crew,
  controlWords,
  type ExperimentConfig,
  failTeam,
  joinSnapshots,
  type PlayedEpisode,
  type Program,
  type ProgramSnapshot,
  type TrainedPolicy,
  type UpdateReport,
} from '#train';
import type { WorkerStart } from './training-worker.ts';

/** Pages of 64 KiB, as many as an engine takes for itself. */
const pages = 4096;

/** Workers always run the compiled file, also when this one runs from source. */
const compiled = new URL(import.meta.resolve('#compiled/src/cli/training-worker'));

/**
 * Worker threads that train together over one shared memory. The thread that starts them computes nothing, so that it can
 * hear signals and failures: a worker that throws or dies rejects the call under way and ends the others.
 */
export async function threadCrew(
  config: ExperimentConfig,
  threads: number,
): Promise<Crew & { readonly variant: string }> {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const control = new Int32Array(new SharedArrayBuffer(4 * controlWords));
  let failure: unknown = null;
  const waiting = new Set<(error: unknown) => void>();
  const fail = (error: unknown) => {
    // Threads that gave up because another had failed say so, and may say it before that one has told why.
    if (error instanceof Error && error.message.includes(anotherFailed)) return;
    failure ??= error;
    failTeam(control);
    for (const reject of waiting) reject(failure);
    waiting.clear();
  };
  const members = Array.from({ length: threads }, (_, thread): Worker => {
    const workerData: WorkerStart = { config, thread, threads, memory, control };
    const worker = new Worker(compiled, { workerData, execArgv: [], env: SHARE_ENV });
    worker.on('error', fail);
    worker.on('exit', (code) => {
      if (code !== 0) fail(died(thread, code));
    });
    return worker;
  });
  const answerOf = (worker: Worker) =>
    new Promise<unknown>((resolve, reject) => {
      if (failure !== null) return reject(failure);
      waiting.add(reject);
      worker.once('message', (value) => {
        waiting.delete(reject);
        resolve(value);
      });
    });
  const call = <M extends keyof Program>(method: M, args: readonly unknown[], only?: number) =>
    Promise.all(
      (only === undefined ? members : [members[only]]).map((worker) => {
        const answer = answerOf(worker);
        worker.postMessage({ method, args });
        return answer;
      }),
    ) as Promise<ReturnType<Program[M]>[]>;

  const [variant] = (await Promise.all(members.map(answerOf))) as string[];
  return {
    threads,
    variant,
    update: (progress) => call('update', [progress]) as Promise<UpdateReport[]>,
    evaluate: async (matches) => ((await call('evaluate', [matches])) as (readonly PlayedEpisode[])[]).flat(),
    snapshot: async () => joinSnapshots((await call('snapshot', [])) as ProgramSnapshot[]),
    restore: async (snapshot) => {
      await call('restore', [snapshot]);
    },
    policies: async () => (await call('policies', [], 0))[0] as readonly TrainedPolicy[],
    measureGame: async () => (await call('measureGame', [], 0))[0] as Readonly<Record<string, number>>,
    close: async () => {
      await Promise.all(members.map((worker) => worker.terminate()));
    },
  };
}

function died(thread: number, code: number): PolityError {
  return new PolityError({
    code: 'failure',
    where: `training thread ${thread}`,
    message: `ended with exit code ${code}`,
    remedy: 'Go on from the last checkpoint with --resume; if it happens again, use fewer threads or envs',
  });
}
