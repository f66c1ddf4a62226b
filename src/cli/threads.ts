import { SHARE_ENV, Worker } from 'node:worker_threads';
import { PolityError } from '#core';
import {
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
import { unpackError } from './packed-error.ts';
import type { WorkerAnswer, WorkerStart } from './training-worker.ts';

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
  let closing = false;
  const fail = (error: unknown) => {
    failure ??= error;
    failTeam(control);
    for (const reject of waiting) reject(failure);
    waiting.clear();
  };
  const members = Array.from({ length: threads }, (_, thread): Worker => {
    const workerData: WorkerStart = { config, thread, threads, memory, control };
    const worker = new Worker(compiled, { workerData, execArgv: [], env: SHARE_ENV });
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'failed') fail(unpackError(answer.error));
    });
    worker.on('error', (error) => fail(lost(thread, error)));
    // Any code: a world that ends its thread with 0 would leave the others waiting.
    worker.on('exit', (code) => {
      if (!closing) fail(died(thread, code));
    });
    return worker;
  });
  const answerOf = (worker: Worker) =>
    new Promise<unknown>((resolve, reject) => {
      if (failure !== null) return reject(failure);
      waiting.add(reject);
      // A thread that failed, or gave up because another did, has no value: `fail` rejects, once it is known why.
      worker.once('message', (answer: WorkerAnswer) => {
        if (answer.kind !== 'value') return;
        waiting.delete(reject);
        resolve(answer.value);
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

  const close = async () => {
    closing = true;
    await Promise.all(members.map((worker) => worker.terminate()));
  };
  let variant: string;
  try {
    [variant] = (await Promise.all(members.map(answerOf))) as string[];
  } catch (error) {
    await close();
    throw error;
  }
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
    close,
  };
}

/** What a thread did not catch itself: it ran out of memory, or could not be started. */
function lost(thread: number, error: unknown): PolityError {
  const { message, code } = error as { message?: unknown; code?: unknown };
  const remedy =
    code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? 'Go on from the last checkpoint with --resume and fewer envs or steps a rollout, or give Node more with NODE_OPTIONS=--max-old-space-size=MEGABYTES'
      : 'Go on from the last checkpoint with --resume';
  return new PolityError(
    { code: 'failure', where: `training thread ${thread}`, message: String(message ?? error), remedy },
    { cause: error },
  );
}

function died(thread: number, code: number): PolityError {
  return new PolityError({
    code: 'failure',
    where: `training thread ${thread}`,
    message: `ended with exit code ${code}`,
    remedy: 'Go on from the last checkpoint with --resume; if it happens again, use fewer threads or envs',
  });
}
