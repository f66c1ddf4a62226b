import os from 'node:os';
import { PolityError } from '#core';
import { findPeers, type PeerTraining } from './peers.ts';
import { type BenchRow, type BenchSuite, benchRow } from './suite.ts';
import { type MeasuredTraining, measureTraining, shareOf, speedOf } from './training-process.ts';

/** What the peers run too: PPO with 64-64 tanh, 16 envs x 128 steps, 4 epochs of 4 minibatches. */
export function spreadExperiment(seconds: number): object {
  return {
    env: { id: 'simple-spread' },
    policy: { network: { hidden: [64, 64], activation: 'tanh' } },
    learner: { algorithm: 'ppo', epochs: 4, minibatches: 4, learningRate: 2.5e-4 },
    rollout: { envs: 16, steps: 128, shards: 4 },
    budget: { seconds },
    evaluation: { everyEnvSteps: 1e12, episodes: 1, opponents: [], replays: 0 },
    checkpoint: { everyUpdates: 1_000_000 },
  };
}

/** A run of this many env-steps is what "with compilation" is about. */
const wholeRun = 1_000_000;
const parts = ['act', 'step', 'learn', 'wait'] as const;

/**
 * The whole loop, learning included, on simple spread: env-steps a second for one thread and for all cores, where the time went,
 * and the peers on the same work in the same run. Sides take turns, so that a machine that slows down slows all of them.
 */
export const trainSuite: BenchSuite = {
  title: 'PPO on simple spread, learning included: 64-64 tanh, 16 envs x 128 steps, 4 epochs x 4 minibatches',
  async run({ parts: chosen, repeats, seconds, onProgress, onNote }) {
    if (chosen.length > 0) throw noParts(chosen);
    const peers = await findPeers(onNote);
    const cores = os.availableParallelism();
    const threads = cores === 1 ? [1] : [1, cores];
    const ours = new Map<number, MeasuredTraining[]>(threads.map((count) => [count, []]));
    const theirs = new Map<string, PeerTraining[]>(peers.map(({ name }) => [name, []]));
    const experiment = spreadExperiment(Math.max(5, seconds));
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const [count, measured] of ours) {
        onProgress(`${count} thread${count === 1 ? '' : 's'}, repeat ${repeat + 1}`);
        measured.push(await measureTraining(experiment, count));
      }
      for (const peer of peers) {
        onProgress(`${peer.name}, repeat ${repeat + 1}`);
        theirs.get(peer.name)?.push(await peer.measure());
      }
    }
    const fastest = ours.get(threads[threads.length - 1]) ?? [];
    return [...speedRows(ours, theirs), ...wholeRows(fastest, theirs), ...shareRows(ours)];
  },
};

type Ours = ReadonlyMap<number, readonly MeasuredTraining[]>;
type Theirs = ReadonlyMap<string, readonly PeerTraining[]>;

function speedRows(ours: Ours, theirs: Theirs): readonly BenchRow[] {
  const peers = [...theirs].map(([name, runs]) =>
    benchRow(
      `${name}, once compiled`,
      'env-steps/s',
      runs.map(({ envSteps, seconds }) => envSteps / seconds),
    ),
  );
  const rows = [...ours].map(([count, runs]) => benchRow(label(count), 'env-steps/s', runs.map(speedOf)));
  return [...rows.map((row) => beside(row, [rows[0], ...peers])), ...peers];
}

/** Speed over a run of a million env-steps, with everything before its first step. */
function wholeRows(ours: readonly MeasuredTraining[], theirs: Theirs): readonly BenchRow[] {
  const whole = (speed: number, start: number) => wholeRun / (start + wholeRun / speed);
  const peers = [...theirs].map(([name, runs]) =>
    benchRow(
      `${name}, 1 M env-steps with start`,
      'env-steps/s',
      runs.map((run) => whole(run.envSteps / run.seconds, run.startSeconds)),
    ),
  );
  const own = benchRow(
    '1 M env-steps with start',
    'env-steps/s',
    ours.map((run) => whole(speedOf(run), run.startSeconds)),
  );
  return [beside(own, peers), ...peers];
}

function shareRows(ours: Ours): readonly BenchRow[] {
  return [...ours].flatMap(([count, runs]) =>
    parts.map((part) =>
      benchRow(
        `${label(count)}: ${part}`,
        '% of time',
        runs.map((run) => shareOf(run, part)),
      ),
    ),
  );
}

function label(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`;
}

function beside(row: BenchRow, others: readonly BenchRow[]): BenchRow {
  const sides = others
    .filter(({ name }) => name !== row.name)
    .map(({ name, median }) => [name.split(',')[0], { median, ratio: row.median / median }]);
  return { ...row, against: Object.fromEntries(sides) };
}

function noParts(chosen: readonly string[]): PolityError {
  return new PolityError({
    code: 'usage',
    where: 'polity bench train',
    message: 'the suite has no parts',
    got: chosen.join(' '),
    remedy: 'Leave them out',
  });
}
