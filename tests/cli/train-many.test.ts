import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

const small = `name: small
env: { id: matrix-game }
rollout: { envs: 4, steps: 8, shards: 2 }
budget: { envSteps: 64 }
evaluation: { episodes: 4 }
`;
/** Far more steps than fit into a test. */
const endless = small.replace('envSteps: 64', 'envSteps: 1000000000');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'polity-'));
});

function command(text: string, more: readonly string[]): string[] {
  const file = join(folder, 'x.yaml');
  writeFileSync(file, text);
  return ['dist/src/cli/main.js', 'train', file, '--out', join(folder, 'results'), ...more];
}

const train = (text: string, ...more: string[]) =>
  spawnSync(process.execPath, command(text, more), { encoding: 'utf8' });
const run = (seed: number | string) => join(folder, 'results', 'small', `seed-${seed}`);
const log = (seed: number | string) => readFileSync(join(run(seed), 'metrics.jsonl'), 'utf8');
const info = (seed: number | string) => JSON.parse(readFileSync(join(run(seed), 'run.json'), 'utf8'));
const untimed = (text: string) => text.replace(/,"time\/[^}]*/g, '');

/** Starts a training, waits until its log has so many rows, and sends it a signal. */
async function interrupt(
  args: readonly string[],
  seed: number | string,
  rows: number,
  signal: NodeJS.Signals = 'SIGINT',
): Promise<number | null> {
  const logged = () => (existsSync(join(run(seed), 'metrics.jsonl')) ? log(seed).split('\n').length - 1 : 0);
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  while (child.exitCode === null && logged() < rows) await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill(signal);
  return ended;
}

describe('polity train with several seeds', () => {
  it('trains each as it would have been trained alone', () => {
    expect(train(small, '--seeds', '1..3', '--jobs', '2').status).toBe(0);
    const together = [1, 2, 3].map((seed) => untimed(log(seed)));
    expect(new Set(together).size).toBe(3);
    expect(train(small, '--seed', '2', '--overwrite').status).toBe(0);
    expect(untimed(log(2))).toBe(together[1]);
  });

  it('prints one JSON document of runs and final windows', () => {
    const { stdout, status } = train(small, '--seeds', 'a,b', '--json', '--quiet');
    const { runs, final } = JSON.parse(stdout);
    expect([status, runs.length, final.length]).toEqual([0, 2, 1]);
    expect(final[0]).toMatchObject({ name: 'small', seeds: ['a', 'b'] });
    expect(final[0].finalWindow.find(({ metric }: { metric: string }) => metric === 'episode/return').count).toBe(2);
  });

  it('ends with a page that compares variants, and without one where there is nothing to compare', () => {
    const varied = `${small}variants:\n  patient: { learner.gamma: 1 }\n`;
    const { stdout, status } = train(varied, '--seeds', '1..2');
    const page = join(folder, 'results', 'small.comparison.html');
    expect([status, stdout.trimEnd().split('\n').at(-1)]).toEqual([0, `comparison: ${page}`]);
    expect(readFileSync(page, 'utf8')).toContain('small.patient');
    const alone = train(small, '--seeds', '1..2', '--overwrite', '--json', '--quiet');
    expect(JSON.parse(alone.stdout).comparison).toBeNull();
  });

  it('begins none of them when the folder of one is in the way', () => {
    expect(train(small, '--seed', '2').status).toBe(0);
    const { status, stderr } = train(small, '--seeds', '1..2');
    expect([status, readdirSync(join(folder, 'results', 'small'))]).toEqual([2, ['seed-2']]);
    expect(stderr).toContain('--resume');
  });

  it.each([
    ['an empty range', ['--seeds', '3..1'], 'an empty range'],
    ['a seed twice', ['--seeds', '1,1'], 'the same seed twice'],
    ['--seed and --seeds together', ['--seed', '1', '--seeds', '1..2'], '--seed and --seeds together'],
  ])('refuses %s', (_, more, message) => {
    const { status, stderr } = train(small, ...more);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});

describe('Ctrl-C', () => {
  it.each([
    ['in one thread', ['--threads', '1']],
    ['in two threads', ['--threads', '2']],
  ])('writes a checkpoint, exits with 130, and the run can be gone on with, %s', async (_, threads) => {
    expect(await interrupt(command(endless, threads), 1, 3)).toBe(130);
    expect(info(1).status).toBe('interrupted');
    const rows = untimed(log(1));
    const further = rows.split('\n').length + 3;
    expect(await interrupt(command(endless, [...threads, '--resume']), 1, further)).toBe(130);
    const more = untimed(log(1));
    expect(more.startsWith(rows)).toBe(true);
    expect(more.length).toBeGreaterThan(rows.length);
  });

  it('stops runs in processes of their own too', async () => {
    expect(await interrupt(command(endless, ['--seeds', '1..2', '--jobs', '2']), 2, 3)).toBe(130);
    expect([info(1).status, info(2).status]).toEqual(['interrupted', 'interrupted']);
    expect(existsSync(join(run(2), 'checkpoints', 'latest'))).toBe(true);
  });
});

describe('kill -9', () => {
  it.each([1, 2])('and --resume give the log of the run that was never killed, in %i threads', async (threads) => {
    const long = small.replace('envSteps: 64', 'envSteps: 2500').concat('checkpoint: { everyUpdates: 7 }\n');
    const spread = ['--threads', String(threads)];
    expect(train(long, ...spread).status).toBe(0);
    const whole = untimed(log(1));
    rmSync(run(1), { recursive: true });
    expect(await interrupt(command(long, spread), 1, 20, 'SIGKILL')).toBe(null);
    expect(await interrupt(command(long, ['--resume', ...spread]), 1, 50, 'SIGKILL')).toBe(null);
    expect(untimed(log(1)).length).toBeLessThan(whole.length);
    expect(train(long, '--resume', ...spread).status).toBe(0);
    expect(untimed(log(1))).toBe(whole);
  });
});

describe('a checkpoint', () => {
  it('that is torn gives way to the one before, and the log ends up the same', () => {
    const text = small.replace('envSteps: 64', 'envSteps: 640').concat('checkpoint: { everyUpdates: 2 }\n');
    expect(train(text).status).toBe(0);
    const whole = untimed(log(1));
    const latest = join(run(1), 'checkpoints', 'latest');
    writeFileSync(latest, readFileSync(latest).subarray(0, 1000));
    const { status, stderr } = train(text, '--resume');
    expect([status, untimed(log(1))]).toEqual([0, whole]);
    expect(stderr).toContain('torn');
  });

  it('of another configuration is refused, with the settings that differ', () => {
    expect(train(small).status).toBe(0);
    const { status, stderr } = train(small.replace('steps: 8', 'steps: 16'), '--resume');
    expect(stderr).toContain('rollout.steps 16');
    expect(stderr).toContain('rollout.steps 8');
    expect(status).toBe(2);
  });

  it('is missing where nothing was trained', () => {
    const { status, stderr } = train(small, '--resume');
    expect([status, existsSync(join(folder, 'results'))]).toEqual([2, false]);
    expect(stderr).toContain('no checkpoint');
  });
});
