import { describe, expect, it } from 'vitest';
import { type AnyEnv, box, defineEnv, discrete, type MetricRow } from '#core';
import { createSimdEngine } from '#engine';
import { soloTeam } from '#learn';
import { createProgram, resolveExperiment, runTraining, soloCrew } from '#train';
import { catalogue as shipped } from '../../src/cli/catalogue.ts';

/** Each of two agents is shown a number once; two steps later both are paid for every one who names the other's. */
const exchange = defineEnv<{ shown: number[]; step: number }>({
  id: 'recall-partner',
  roles: () => [{ name: 'agent', count: 2, observation: box([3], 0, 1), action: discrete(2) }],
  declares: () => ({ commonReward: true }),
  init: (_, rng) => ({ shown: [rng.integer(0, 2), rng.integer(0, 2)], step: 0 }),
  observe({ shown, step }, agent, out) {
    out[0] = step === 0 ? shown[1 - agent] : 0;
    out[1] = step === 0 ? 1 : 0;
    out[2] = step === 2 ? 1 : 0;
  },
  step(state, actions, rewards) {
    if (state.step === 2) {
      const right = (actions[0] === state.shown[1] ? 1 : 0) + (actions[1] === state.shown[0] ? 1 : 0);
      rewards.fill(right / 2);
    }
    return ++state.step === 3;
  },
}) as AnyEnv;

const catalogue = { ...shipped, worlds: shipped.worlds.with(exchange) };

/** The return of the final policy, summed over agents. */
async function finalReturn(env: object, learner: object, policy: object, envSteps: number, steps: number) {
  const value = {
    name: 'test',
    env,
    policy,
    learner,
    rollout: { envs: 32, steps, shards: 2 },
    budget: { envSteps },
    evaluation: { everyEnvSteps: envSteps, episodes: 256, opponents: [], replays: 0 },
  };
  const config = resolveExperiment(value, 'test', catalogue);
  const program = await createProgram(config, catalogue, createSimdEngine({ kernels: 'portable' }), soloTeam(2));
  let last = Number.NaN;
  const onRow = (row: MetricRow) => {
    if (row.kind === 'eval') last = row['episode/return'] as number;
  };
  await runTraining(config, catalogue, soloCrew(program), { onRow, onCheckpoint: () => {} });
  return last;
}

const teams = ['vdn', 'qmix', 'pqn-vdn'];
const remembering = { network: { architecture: 'gru', hidden: [32], units: 32 } };

describe('values with memory', () => {
  it.each(['iql', ...teams])('%s: two agents name what each was shown two steps ago', async (algorithm) => {
    const learner = { algorithm, learningRate: 3e-3 };
    // Two agents are paid 1 each where both are right; guessing comes to 1.
    expect(await finalReturn({ id: 'recall-partner' }, learner, remembering, 40_000, 16)).toBeGreaterThan(1.9);
  });

  it('iql: a cue is named after a pause', async () => {
    const learner = { algorithm: 'iql', learningRate: 3e-3 };
    expect(await finalReturn({ id: 'sanity-memory' }, learner, remembering, 60_000, 24)).toBeGreaterThan(0.95);
  });
});

describe('values of joint actions', () => {
  const game = (name: string) => ({ id: 'matrix-game', params: { game: name, rounds: 25 } });
  const policy = { network: { hidden: [32] }, sharing: 'agent' };

  it.each(['iql', ...teams])('%s: climbs past the safe cell', async (algorithm) => {
    // The safe cell pays 5 to both in each of 25 rounds, 250 in all; sums of values stop at the next, which pays 6 or 7.
    const learner = { algorithm, learningRate: 2e-3 };
    expect(await finalReturn(game('climbing'), learner, policy, 60_000, 25)).toBeGreaterThanOrEqual(250);
  });

  it('hysteretic iql: finds the cell that pays most although whoever tries it alone is fined', async () => {
    const learner = { algorithm: 'iql', hysteresis: 0.1, learningRate: 2e-3, gamma: 0 };
    // The best cell pays 11 to both: 550.
    expect(await finalReturn(game('climbing'), learner, policy, 100_000, 25)).toBe(550);
  });
});
