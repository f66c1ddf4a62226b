import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { algorithms } from '#learn';

/** A world that the algorithm can learn in: one reward for all, who act together; or a game that can be walked. */
const worldFor = (algorithm: string) => {
  const { game, symmetries } = algorithms.get(algorithm).needs;
  if (game === true) return '{ id: kuhn-poker }';
  return `{ id: matrix-game, params: { game: ${symmetries === true ? 'lever' : 'climbing'}, rounds: 25 } }`;
};

const experiment = (algorithm: string, network: string) => `name: ${algorithm}
env: ${worldFor(algorithm)}
policy: { network: ${network}, sharing: agent }
learner: { algorithm: ${algorithm} }
rollout: { envs: 16, steps: 25, shards: 8 }
budget: { envSteps: 8000 }
evaluation: { everyEnvSteps: 4000, episodes: 16 }
`;

/** The log and the weights of a run, in so many threads. */
function resultOf(algorithm: string, network: string, threads: number) {
  const folder = mkdtempSync(join(tmpdir(), 'polity-'));
  const file = join(folder, 'x.yaml');
  writeFileSync(file, experiment(algorithm, network));
  const args = ['train', file, '--quiet', '--out', folder, '--threads', String(threads)];
  const { status, stderr } = spawnSync(process.execPath, ['dist/src/cli/main.js', ...args], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const run = join(folder, algorithm, 'seed-1');
  const weights = ['row', 'column'].map((_, i) => join(run, 'policy', `player_${i}`, 'weights.bin'));
  return {
    log: readFileSync(join(run, 'metrics.jsonl'), 'utf8').replace(/,"time\/[^}]*/g, ''),
    weights: weights.map((path) => createHash('sha256').update(readFileSync(path)).digest('hex')),
  };
}

describe.each(algorithms.ids)('%s', (algorithm) => {
  it('gives the same bytes for any number of threads', () => {
    const alone = resultOf(algorithm, '{ hidden: [16] }', 1);
    for (const threads of [2, 3, 4, 7]) expect(resultOf(algorithm, '{ hidden: [16] }', threads)).toEqual(alone);
  });
});

const remembering = algorithms.items.filter(({ needs }) => needs.memory).map(({ id }) => id);

describe.each(remembering)('%s with memory', (algorithm) => {
  it('gives the same bytes for any number of threads', () => {
    const network = '{ architecture: gru, hidden: [8], units: 8 }';
    const alone = resultOf(algorithm, network, 1);
    for (const threads of [2, 3, 7]) expect(resultOf(algorithm, network, threads)).toEqual(alone);
  });
});
