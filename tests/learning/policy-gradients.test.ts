import { describe, expect, it } from 'vitest';
import { catalogue } from '#cli/catalogue';
import { createEngine } from '#cli/create-engine';
import type { MetricRow } from '#core';
import { soloTeam } from '#learn';
import { createProgram, resolveExperiment, runTraining, soloCrew } from '#train';

interface Task {
  readonly env: object;
  readonly learner: object;
  readonly policy?: object;
  readonly envSteps: number;
  readonly rollout?: object;
  readonly engine?: object;
}

/** The evaluation of the final policy. */
async function finalRow({ env, learner, policy = {}, envSteps, rollout = {}, engine = {} }: Task) {
  const value = {
    name: 'test',
    env,
    policy,
    learner,
    rollout: { envs: 32, steps: 16, shards: 2, ...rollout },
    budget: { envSteps },
    evaluation: { everyEnvSteps: envSteps, episodes: 256, opponents: [], replays: 0 },
    engine: { kernels: 'portable', ...engine },
  };
  const config = resolveExperiment(value, 'test', catalogue);
  const program = await createProgram(config, catalogue, await createEngine(config.engine), soloTeam(2));
  let last: Readonly<Record<string, unknown>> = {};
  const onRow = (row: MetricRow) => {
    if (row.kind === 'eval') last = { ...row };
  };
  await runTraining(config, catalogue, soloCrew(program), { onRow, onCheckpoint: () => {} });
  return last;
}

/** The best return, what a little training must come to, and how long it takes. Worlds of one agent but for the last two. */
const sanity = [
  ['sanity-bandit', 0.95, 40_000],
  ['sanity-credit', 0.95, 40_000],
  ['sanity-masks', 0.85, 40_000],
  ['sanity-noise', 0.57, 40_000],
  ['sanity-guests', 10.3, 40_000],
] as const;

describe('ppo as it comes, without a further key', () => {
  it.each(sanity)('learns %s', async (id, least, envSteps) => {
    const row = await finalRow({ env: { id }, learner: { algorithm: 'ppo' }, envSteps });
    expect(row['episode/return']).toBeGreaterThan(least);
  });

  it('learns to choose a number', async () => {
    const row = await finalRow({ env: { id: 'sanity-continuous' }, learner: { algorithm: 'ppo' }, envSteps: 40_000 });
    // The best return is 0, always the middle -0.213.
    expect(row['episode/return']).toBeGreaterThan(-0.1);
  });

  it('learns to remember, with a network that can', async () => {
    const policy = { network: { architecture: 'gru', hidden: [16], units: 16 } };
    const row = await finalRow({
      env: { id: 'sanity-memory' },
      policy,
      learner: { algorithm: 'ppo' },
      envSteps: 80_000,
    });
    expect(row['episode/return']).toBeGreaterThan(0.9);
  });

  it.each([
    ['coordination', 19],
    ['stag-hunt', 19],
  ])('learns the matrix game %s', async (game, least) => {
    const env = { id: 'matrix-game', params: { game } };
    const row = await finalRow({ env, learner: { algorithm: 'ppo' }, envSteps: 40_000 });
    expect(row['episode/return']).toBeGreaterThan(least);
  });
});

describe.each(['mappo', 'a2c', 'reinforce'])('%s', (algorithm) => {
  it.each([sanity[0], sanity[1], sanity[4]])('learns %s', async (id, least, envSteps) => {
    const row = await finalRow({ env: { id }, learner: { algorithm }, envSteps });
    expect(row['episode/return']).toBeGreaterThan(least);
  });
});

describe('the tfjs engine', () => {
  // One step a rollout, as a2c takes, wants longer ones.
  it.each([
    ['ppo', 3e-3],
    ['a2c', 5e-2],
  ])('trains %s as well, on the smallest world', async (algorithm, learningRate) => {
    const task = { env: { id: 'sanity-bandit' }, learner: { algorithm, learningRate }, envSteps: 10_000 };
    const row = await finalRow({
      ...task,
      engine: { kind: 'tfjs', backend: 'cpu' },
      policy: { network: { hidden: [8] } },
    });
    expect(row['episode/return']).toBeGreaterThan(0.9);
  });
});

describe('Kuhn poker', () => {
  it('cfr-plus comes within 0.001 of an equilibrium, measured on the table that is written', async () => {
    const rollout = { envs: 4, steps: 4 };
    const row = await finalRow({
      env: { id: 'kuhn-poker' },
      learner: { algorithm: 'cfr-plus' },
      envSteps: 1600,
      rollout,
    });
    expect(row['game/nashConv']).toBeLessThan(1e-3);
  });

  it('ppo in self-play comes near one where entropy and steps shrink', async () => {
    const learner = {
      algorithm: 'ppo',
      gamma: 1,
      gaeLambda: 1,
      normaliseAdvantages: false,
      entropyWeight: '0.05 + 0.25 * (1 - progress)',
      learningRate: '2e-3 * (1 - progress)^2',
    };
    const rollout = { envs: 64, steps: 64 };
    const row = await finalRow({ env: { id: 'kuhn-poker' }, learner, envSteps: 1_000_000, rollout });
    // Uniform play has 11/12.
    expect(row['game/nashConv']).toBeLessThan(0.12);
  });
});

describe('games with a shadowed optimum', () => {
  const learner = { algorithm: 'iql', hysteresis: 0.02, gamma: 0.5, learningRate: 2e-3 };
  const policy = { network: { hidden: [32, 32] }, sharing: 'agent' };
  const rollout = { envs: 16, steps: 25 };

  it.each([
    ['climbing', { game: 'climbing' }, 11],
    ['penalty', { game: 'penalty', penalty: 100 }, 10],
  ])('%s: learners that hardly hold a bad outcome against an action find the best cell', async (_, game, best) => {
    const env = { id: 'matrix-game', params: { ...game, rounds: 25 } };
    const row = await finalRow({ env, learner, policy, rollout, envSteps: 30_000 });
    expect(row['episode/return/player']).toBe(25 * best);
  });

  it('climbing: plain ones stay below it', async () => {
    const env = { id: 'matrix-game', params: { game: 'climbing', rounds: 25 } };
    const row = await finalRow({ env, learner: { ...learner, hysteresis: 1 }, policy, rollout, envSteps: 30_000 });
    expect(row['episode/return/player']).toBeLessThan(200);
  });
});
