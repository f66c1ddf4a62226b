import { describe, expect, it } from 'vitest';
import { type AnyEnv, box, defineEnv, discrete } from '#core';
import { algorithms } from '#learn';
import { type Checkpoint, type ExperimentConfig, resolveExperiment } from '#train';
import { catalogue as shipped } from './experiment.ts';
import { run as train, untimed } from './runs.ts';

/** Two agents see a number each and are paid alike when both name the other's: the state is what a critic lacks. */
const echo = defineEnv<{ shown: number[]; step: number }>({
  id: 'echo',
  roles: () => [{ name: 'agent', count: 2, observation: box([2], 0, 1), action: discrete(2) }],
  declares: () => ({ commonReward: true }),
  timeLimitSteps: () => 4,
  init: (_, rng) => ({ shown: [rng.integer(0, 2), rng.integer(0, 2)], step: 0 }),
  observe(state, agent, out) {
    out[0] = state.shown[agent];
    out[1] = agent;
  },
  step(state, actions, rewards, rng) {
    const right = (actions[0] === state.shown[0] ? 1 : 0) + (actions[1] === state.shown[1] ? 1 : 0);
    rewards.fill(right / 2);
    state.shown = [rng.integer(0, 2), rng.integer(0, 2)];
    return ++state.step === 3;
  },
}) as AnyEnv;

const catalogue = { ...shipped, worlds: shipped.worlds.with(echo) };

/** Two actions that differ in nothing and one that pays more; both players have to take the same. */
const twoAlike = [1, 1, 2].map((pays, own) => [0, 1, 2].map((other) => (own === other ? [pays, pays] : [0, 0])));

/** A world that suits what an algorithm needs. */
function worldFor(algorithm: string): { id: string; params?: object } {
  const { game, symmetries } = algorithms.get(algorithm).needs;
  if (symmetries === true) return { id: 'matrix-game', params: { payoffs: twoAlike, rounds: 3 } };
  return { id: game === true ? 'kuhn-poker' : 'echo' };
}

function experiment(algorithm: string, envSteps: number): ExperimentConfig {
  const value = {
    name: 'test',
    env: worldFor(algorithm),
    policy: { network: { hidden: [16] } },
    learner: { algorithm },
    rollout: { envs: 16, steps: 16, shards: 4 },
    budget: { envSteps },
    evaluation: { everyEnvSteps: 2048, episodes: 64, opponents: [] },
    checkpoint: { everyUpdates: 3 },
    engine: { kernels: 'portable' },
  };
  return resolveExperiment(value, 'test', catalogue);
}

const run = (config: ExperimentConfig, from?: Checkpoint) => train(config, catalogue, from);

describe.each(algorithms.ids)('%s', (id) => {
  it('learns to do better than at the start', async () => {
    const { rows } = await run(experiment(id, 50_000));
    if (worldFor(id).id === 'kuhn-poker') {
      const gaps = rows.filter(({ kind }) => kind === 'eval').map((row) => row['game/nashConv']);
      // Uniform play leaves 11/12 to gain.
      expect(gaps[0]).toBeCloseTo(11 / 12, 6);
      expect(gaps.at(-1)).toBeLessThan(0.02);
      return;
    }
    const returns = rows.filter(({ kind }) => kind === 'eval').map((row) => row['episode/return']);
    if (worldFor(id).id === 'matrix-game') {
      // Two agents, three rounds: guessing is worth 6 x 4 / 9, always the action that stands out 6 x 2.
      expect(returns[0]).toBeLessThan(4);
      expect(returns.at(-1)).toBeGreaterThan(11);
      return;
    }
    // Two agents, three steps: 6 is everything right, 3 is guessing.
    expect(returns[0]).toBeLessThan(4);
    expect(returns.at(-1)).toBeGreaterThan(5);
  });

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const config = experiment(id, 4096);
    const { rows, kept } = await run(config);
    const middle = kept[Math.floor(kept.length / 2)];
    expect(middle.update).toBeGreaterThan(0);
    expect(untimed((await run(config, middle)).rows)).toEqual(untimed(rows.slice(middle.rows)));
  });
});
