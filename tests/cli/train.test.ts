import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

const small = `name: small
env: { id: matrix-game }
rollout: { envs: 4, steps: 8, shards: 2 }
budget: { envSteps: 64 }
evaluation: { episodes: 4 }
`;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'polity-'));
});

function train(text: string, ...more: string[]) {
  const file = join(folder, 'x.yaml');
  writeFileSync(file, text);
  const args = ['dist/src/cli/main.js', 'train', file, '--out', join(folder, 'results'), ...more];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}

const log = (seed = 1) => readFileSync(join(folder, `results/small/seed-${seed}/metrics.jsonl`), 'utf8');
const untimed = (text: string) => text.replace(/,"time\/[^}]*/g, '');

describe('polity train', () => {
  it('writes the same log for the same file and seed, apart from the clock', () => {
    expect(train(small).status).toBe(0);
    const first = log();
    expect(train(small, '--overwrite').status).toBe(0);
    expect(untimed(log())).toBe(untimed(first));
    expect(train(small, '--seed', '2').status).toBe(0);
    expect(untimed(log(2))).not.toBe(untimed(first));
  });

  it('refuses to replace a run folder unless told to', () => {
    expect(train(small).status).toBe(0);
    const kept = log();
    const again = train(small);
    expect([again.status, log()]).toEqual([2, kept]);
    expect(again.stderr).toContain('--overwrite');
  });

  it('gives the same log for any number of threads', () => {
    const text = small.replace('shards: 2', 'shards: 4').replace('envSteps: 64', 'envSteps: 256');
    expect(train(text, '--threads', '1').status).toBe(0);
    const alone = untimed(log());
    for (const threads of ['2', '3', '4', '7']) {
      expect(train(text, '--overwrite', '--threads', threads).status).toBe(0);
      expect(untimed(log())).toBe(alone);
    }
  });

  it.each([
    ['an unknown key', `${small}bugdet: 3\n`, 'Did you mean "budget"?'],
    ['an unknown world', small.replace('matrix-game', 'matrix-gane'), 'Did you mean "matrix-game"?'],
    ['an unknown role', `${small}seats: { plaier: { policy: learner } }\n`, 'Did you mean "player"?'],
    ['an option out of range', `${small}learner: { gaeLambda: 1.2 }\n`, 'learner.gaeLambda'],
    ['envs that shards do not divide', small.replace('shards: 2', 'shards: 3'), 'multiple of shards, 3'],
    ['broken YAML', `${small}env: [`, 'x.yaml'],
    ['an unknown policy', `${small}seats: { player: { policy: learner, opponents: [tit-for-tad] } }\n`, 'tit-for-tat'],
  ])('refuses %s before anything is written', (_, text, message) => {
    const { status, stderr } = train(text);
    expect(stderr).toContain(message);
    expect([status, existsSync(join(folder, 'results'))]).toEqual([2, false]);
  });
});
