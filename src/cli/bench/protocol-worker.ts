import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { parseWith } from '#core';
import { worlds } from '#envs';
import { train } from '../library/train.ts';
import { type Lived, remembering, type Told, withoutProtocol } from './without-protocol.ts';

/** What a worker trains, and for how long; it answers with what it measured. */
export interface ProtocolWorkerStart {
  readonly world: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The world in which nothing is said, instead, after episodes of the world itself; null for that one. */
  readonly without: { readonly lived: Lived; readonly empty: boolean } | null;
  readonly seconds: number;
}

export interface ProtocolMeasure {
  readonly envStepsPerSecond: number;
  /** Episodes of the world itself. */
  readonly lived: Lived;
}

/** Updates at the beginning that say nothing about the speed of a long run. */
const warmUp = 3;

const { world, params, without, seconds } = workerData as ProtocolWorkerStart;
const env = worlds.get(world);
const out = mkdtempSync(join(tmpdir(), 'polity-bench-'));
try {
  const ends: Told[] = [];
  const own =
    without === null
      ? remembering(env, ends)
      : withoutProtocol(env, parseWith(env.params, params, world), without.lived, without.empty);
  const { rows } = await train(
    {
      name: 'bench',
      env: { id: own.id, params },
      policy: { network: { hidden: [64, 64] } },
      learner: { algorithm: 'ppo' },
      rollout: { envs: 32, steps: 64, shards: 4 },
      budget: { seconds },
      evaluation: { everyEnvSteps: 1e12, episodes: 1, opponents: [], replays: 0 },
      checkpoint: { everyUpdates: 1_000_000 },
    },
    { out, threads: 1, worlds: [own] },
  );
  const updates = rows.filter(({ kind }) => kind === 'train');
  const counted = updates.slice(Math.min(warmUp, updates.length - 1));
  const time = counted.reduce((sum, row) => sum + 1 / (row['time/envStepsPerSecond'] as number), 0);
  const lengths = counted.flatMap((row) => row['episode/length'] ?? []);
  const measure: ProtocolMeasure = {
    envStepsPerSecond: counted.length / time,
    lived: { length: lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length), ends },
  };
  parentPort?.postMessage(measure);
} finally {
  rmSync(out, { recursive: true, force: true });
}
