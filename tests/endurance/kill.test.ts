import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Checkpoints after every update, so that many of the kills land inside the writing of one. */
const experiment = `name: killed
env: { id: bargaining }
policy: { normaliseObservations: true }
learner: { normaliseValues: true }
seats: { player: { policy: learner, opponents: [boulware], selfPlay: 0.5 } }
rollout: { envs: 16, steps: 16, shards: 4 }
budget: { envSteps: 40000 }
evaluation: { everyEnvSteps: 4000, episodes: 32, replays: 8 }
checkpoint: { everyUpdates: 1 }
`;
const kills = 20;

describe('kill -9 at random moments', () => {
  it('and --resume leave the files of the run that was never killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polity-'));
    const file = join(folder, 'killed.yaml');
    writeFileSync(file, experiment);
    const args = ['dist/src/cli/main.js', 'train', file, '--quiet', '--out', folder];
    const run = join(folder, 'killed', 'seed-1');
    const started = Date.now();
    expect(spawnSync(process.execPath, args).status).toBe(0);
    const wholeMilliseconds = Date.now() - started;
    const whole = filesOf(run);

    rmSync(run, { recursive: true });
    let landed = 0;
    for (let attempt = 0; landed < kills; attempt++) {
      expect(attempt).toBeLessThan(10 * kills);
      const begun = ['latest', 'previous'].some((name) => existsSync(join(run, 'checkpoints', name)));
      const more = begun ? ['--resume'] : ['--overwrite'];
      // Long enough for a process to begin, short enough that twenty of them do not finish the run.
      const milliseconds = 250 + Math.random() * (wholeMilliseconds / 8);
      if (await killed([...args, ...more, '--threads', String(1 + (attempt % 3))], milliseconds)) landed++;
      else break;
    }
    if (landed < kills) console.warn(`the run was over after ${landed} kills`);
    expect(landed).toBeGreaterThan(5);
    expect([0, 2]).toContain(spawnSync(process.execPath, [...args, '--resume']).status);
    expect(filesOf(run)).toEqual(whole);
  });
});

/** Whether the process was still running after so many milliseconds, and was killed. */
function killed(args: readonly string[], milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  return new Promise((resolve) => {
    child.on('exit', (_, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

/** What a run came to, apart from the clock: its log, its policies, its replays. */
function filesOf(run: string): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {
    log: readFileSync(join(run, 'metrics.jsonl'), 'utf8').replace(/,"time\/[^}]*/g, ''),
  };
  for (const part of ['policy', 'replays']) {
    for (const name of readdirSync(join(run, part), { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const path = join(name.parentPath, name.name);
      kept[path.slice(run.length)] = createHash('sha256').update(readFileSync(path)).digest('hex');
    }
  }
  return kept;
}
