import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { box, defineEnv, defineScripted, discrete, evaluate, findRuns, train } from '#cli/library';

const folder = () => mkdtempSync(join(tmpdir(), 'polity-'));

/** Sees a coin and calls it; one point for the right side. */
const coin = defineEnv({
  id: 'coin',
  roles: () => [{ name: 'guesser', count: 1, observation: box([1], 0, 1), action: discrete(2) }],
  init: (_params, rng) => ({ side: rng.integer(0, 2) }),
  observe: (state, _agent, out) => {
    out[0] = state.side;
  },
  step: (state, actions, rewards) => {
    rewards[0] = actions[0] === state.side ? 1 : 0;
    return true;
  },
});

const caller = defineScripted({
  id: 'caller',
  card: { title: 'Caller', description: 'Calls what it sees.', source: 'this test', worlds: ['coin'] },
  prepare: () => null,
  remember: () => null,
  act({ observation }, out) {
    out[0] = observation[0];
  },
});

const small = {
  name: 'coin',
  env: { id: 'coin' },
  learner: { learningRate: 0.003 },
  rollout: { envs: 16, steps: 16, shards: 2 },
  budget: { envSteps: 8192 },
  evaluation: { episodes: 64 },
};

describe('the library', () => {
  it('trains a world of the caller’s, writes its run folder and gives its rows', async () => {
    const out = folder();
    const seen: number[] = [];
    const run = await train(small, { worlds: [coin], out, seed: 'x', onProgress: ({ update }) => seen.push(update) });
    expect(run).toMatchObject({ folder: join(out, 'coin', 'seed-x'), status: 'finished', envSteps: 8192 });
    expect(findRuns(out)).toEqual([run.folder]);
    expect(readFileSync(join(run.folder, 'metrics.jsonl'), 'utf8').trim().split('\n')).toHaveLength(run.rows.length);
    expect(seen).toEqual(Array.from({ length: 8192 / (16 * 16) }, (_, i) => i + 1));
    // A guesser that sees the coin is right always; one that has not learnt, half of the time.
    const evaluations = run.rows.filter(({ kind }) => kind === 'eval').map((row) => row['episode/return']);
    expect(evaluations[0]).toBeLessThan(0.75);
    expect(evaluations.at(-1)).toBeGreaterThan(0.9);
  });

  it('trains the variant that is asked for, from a file, under settings', async () => {
    const out = folder();
    const file = join(out, 'x.yaml');
    writeFileSync(
      file,
      'name: x\nenv: { id: matrix-game }\nbudget: { envSteps: 64 }\nvariants: { long: { env.params.rounds: 20 } }\n',
    );
    const set = ['rollout={ envs: 4, steps: 8, shards: 2 }', 'evaluation.episodes=4'];
    const { config, folder: written } = await train(file, { out, variant: 'long', set, threads: 1 });
    expect([config.variant, config.env.params.rounds]).toEqual(['long', 20]);
    expect(written).toBe(join(out, 'x.long', 'seed-1'));
  });

  it('ends with a checkpoint once its signal is aborted', async () => {
    const controller = new AbortController();
    const out = folder();
    const onProgress = () => controller.abort();
    const run = await train(small, { worlds: [coin], out, onProgress, signal: controller.signal });
    expect(run).toMatchObject({ status: 'interrupted', envSteps: 16 * 16 });
    const resumed = await train(small, { worlds: [coin], out, resume: true });
    expect(resumed).toMatchObject({ status: 'finished', envSteps: 8192 });
  });

  it('refuses several threads with a world of the caller’s, before anything is written', async () => {
    const out = join(folder(), 'results');
    await expect(train(small, { worlds: [coin], out, threads: 2 })).rejects.toThrow('live in this thread only');
    expect(existsSync(out)).toBe(false);
  });

  it('evaluates registered policies and values, in registered worlds and values', async () => {
    const { seatings } = await evaluate([caller], { env: coin, episodes: 32 });
    expect(seatings.map(({ seats }) => seats)).toEqual([{ 'guesser[0]': 'caller' }]);
    expect(seatings[0].metrics['episode/return'].mean).toBe(1);
    const lineUps: number[] = [];
    const records = { onRecords: (lineUp: number) => lineUps.push(lineUp) };
    const { seatings: both } = await evaluate(['boulware', 'conceder'], { env: 'bargaining', episodes: 8, ...records });
    expect(both).toHaveLength(2);
    expect(lineUps).toEqual([0, 1]);
    await expect(evaluate(['boulware'])).rejects.toThrow('--env');
  });
});

/** A project in which the package is installed. */
function project(files: Readonly<Record<string, string>>): string {
  const path = folder();
  mkdirSync(join(path, 'node_modules'));
  symlinkSync(process.cwd(), join(path, 'node_modules', 'polity'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

const program = `
import { defineEnv, box, discrete, checkEnv, parallelEnv, aecEnv, train, evaluate, PolityError, z } from 'polity';
const dice = defineEnv({
  id: 'dice',
  params: z.strictObject({ sides: z.int().min(2).default(6).describe('Sides.') }),
  roles: ({ sides }) => [{ name: 'roller', count: 1, observation: box([1], 0, 1), action: discrete(sides) }],
  init: ({ sides }, rng) => ({ shown: rng.integer(0, sides) }),
  observe: (state, _agent, out, { sides }) => { out[0] = state.shown / sides; },
  step: (state, actions, rewards) => { rewards[0] = actions[0] === state.shown ? 1 : 0; return true; },
});
const env = parallelEnv(dice, { sides: 3 });
env.reset({ seed: 1 });
console.log(checkEnv(dice).ok, env.possibleAgents.length, typeof aecEnv, typeof train, typeof evaluate, typeof PolityError);
`;

describe('the package, installed elsewhere', () => {
  it('is imported by JavaScript', () => {
    const cwd = project({ 'main.mjs': program });
    const { stdout, stderr } = spawnSync(process.execPath, ['main.mjs'], { cwd, encoding: 'utf8' });
    expect([stderr, stdout]).toEqual(['', 'true 1 function function function function\n']);
  });

  it('gives TypeScript its types: what fits compiles, and a mistake is one', () => {
    const options = { module: 'nodenext', target: 'es2023', strict: true, skipLibCheck: true, noEmit: true, types: [] };
    const wrong = `import { train } from 'polity';\nawait train({ name: 'x', env: { id: 'bargaining' }, budget: { envStep: 5 } });\n`;
    const declare = 'declare const console: { log(...all: unknown[]): void };\n';
    const cwd = project({
      'main.mts': declare + program,
      'wrong.mts': wrong,
      'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['*.mts'] }),
    });
    const { stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', '.'], {
      cwd,
      encoding: 'utf8',
    });
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stdout).toMatch(/^wrong\.mts\(2,\d+\): error .*envStep/);
  });
});
