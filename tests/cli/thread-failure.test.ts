import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const polity = (...args: string[]) =>
  spawnSync(process.execPath, ['dist/src/cli/main.js', ...args], { encoding: 'utf8', timeout: 55_000 });

it.each([1, 3])('a failure inside training ends the run with its error and a checkpoint, in %i threads', (threads) => {
  const folder = mkdtempSync(join(tmpdir(), 'polity-'));
  const file = join(folder, 'x.yaml');
  const base = `env: { id: matrix-game }
rollout: { envs: 6, steps: 8, shards: 3 }
evaluation: { episodes: 6 }
`;
  writeFileSync(file, `name: good\n${base}budget: { envSteps: 48 }\n`);
  expect(polity('train', file, '--out', folder, '--quiet').status).toBe(0);
  // A policy whose weights are next to overflow loads and takes its seat, and fails when it is to act.
  const policy = join(folder, 'good', 'seed-1', 'policy', 'player');
  const weights = join(policy, 'weights.bin');
  writeFileSync(weights, new Uint8Array(new Float32Array(readFileSync(weights).length / 4).fill(3e38).buffer));
  writeFileSync(
    file,
    `name: bad\n${base}seats: { player: { policy: learner, opponents: ['${policy}'] } }\nbudget: { envSteps: 4800 }\n`,
  );
  const { status, stderr, signal } = polity('train', file, '--out', folder, '--threads', String(threads));
  expect(stderr).toContain('finite logits');
  expect([status, signal]).toEqual([1, null]);
  const run = join(folder, 'bad', 'seed-1');
  expect(JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')).status).toBe('failed');
  expect(existsSync(join(run, 'checkpoints', 'latest'))).toBe(true);
});
