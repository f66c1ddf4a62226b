import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const experiment = `name: small
env: { id: matrix-game }
policy: { network: { hidden: [8] } }
rollout: { envs: 4, steps: 8, shards: 4 }
budget: { envSteps: 64 }
evaluation: { episodes: 4 }
engine: { kind: tfjs, backend: wasm }
`;

it('polity train on tfjs gives the same log and the same weights for any number of threads, and says what computed it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'polity-'));
  const file = join(folder, 'x.yaml');
  writeFileSync(file, experiment);
  const [one, three] = ['1', '3'].map((threads) => {
    const out = join(folder, threads);
    const args = ['dist/src/cli/main.js', 'train', file, '--out', out, '--threads', threads];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stderr.includes('Hi, looks like')]).toEqual([0, false]);
    const run = join(out, 'small/seed-1');
    return {
      engine: JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')).engine,
      log: readFileSync(join(run, 'metrics.jsonl'), 'utf8').replace(/,"time\/[^}]*/g, ''),
      weights: readFileSync(join(run, 'policy/player/weights.bin')),
    };
  });
  expect(one.engine).toEqual({ kind: 'tfjs', variant: 'wasm' });
  expect(three).toEqual(one);
});
