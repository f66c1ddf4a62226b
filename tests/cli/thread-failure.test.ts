import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { readCheckpoint } from '../../src/cli/checkpoint-file.ts';

const polity = (...args: string[]) =>
  spawnSync(process.execPath, ['dist/src/cli/main.js', ...args], { encoding: 'utf8', timeout: 55_000 });

/** Trains in matrix games that go wrong in their 61st step, whichever thread takes it. */
function trainIn(goneWrong: string, threads: number) {
  const folder = mkdtempSync(join(tmpdir(), 'polity-'));
  const file = join(folder, 'x.yaml');
  writeFileSync(
    file,
    `name: bad
env: { id: matrix-game }
rollout: { envs: 6, steps: 8, shards: 3 }
evaluation: { episodes: 6 }
budget: { envSteps: 4800 }
`,
  );
  const broken = join(folder, 'broken.mjs');
  writeFileSync(
    broken,
    `import { worlds } from ${JSON.stringify(pathToFileURL(resolve('dist/envs/index.js')).href)};
const world = worlds.get('matrix-game', 'test');
const { step } = world;
let steps = 0;
world.step = (...all) => {
  if (++steps > 60) { ${goneWrong} }
  return step(...all);
};
`,
  );
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    ['dist/src/cli/main.js', 'train', file, '--out', folder, '--threads', String(threads), '--quiet'],
    {
      encoding: 'utf8',
      timeout: 55_000,
      env: { ...process.env, NODE_OPTIONS: `--import=${pathToFileURL(broken).href} --max-old-space-size=100` },
    },
  );
  const run = join(folder, 'bad', 'seed-1');
  return {
    status,
    signal,
    stderr,
    recorded: JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')).status,
    checkpoint: () => readCheckpoint(join(run, 'checkpoints')),
  };
}

it.each([1, 3])('what a world threw in %i threads names world, seed and step, with what to do', (threads) => {
  const { status, signal, stderr, recorded, checkpoint } = trainIn("throw new Error('spring broke');", threads);
  expect(stderr).toMatch(/world matrix-game › seed 1\S* (\(env \d\) )?› step 0: spring broke\. Run `polity check-env/);
  expect(stderr).not.toContain('another thread');
  expect([status, signal, recorded]).toEqual([1, null, 'failed']);
  expect(checkpoint().config.name).toBe('bad');
});

it.each([
  [1, 'process.exit(0);', 'ended the process with exit code 0'],
  [3, 'process.exit(0);', 'ended with exit code 0'],
  [3, 'for (const kept = []; ; ) kept.push(Array.from({ length: 1e5 }, () => ({})));', 'out of memory'],
])('in %i threads, a world that does `%s` ends the run with a checkpoint', (threads, goneWrong, message) => {
  const { status, signal, stderr, recorded, checkpoint } = trainIn(goneWrong, threads);
  expect(stderr).toContain(message);
  expect(stderr).toContain('--resume');
  expect([status, signal, recorded]).toEqual([1, null, 'failed']);
  expect(checkpoint().update).toBeGreaterThanOrEqual(0);
});

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
