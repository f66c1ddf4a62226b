import { describe, expect, it } from 'vitest';
import { type AnyEnv, box, defineEnv, discrete, type MetricRow } from '#core';
import { createSimdEngine } from '#engine';
import { algorithms, soloTeam } from '#learn';
import { type Checkpoint, createProgram, resolveExperiment } from '#train';
import { catalogue as shipped } from './experiment.ts';
import { run as train, untimed } from './runs.ts';

/** A number is shown once; three steps later it is to be named. */
const recall = defineEnv<{ shown: number; step: number }>({
  id: 'recall',
  roles: () => [{ name: 'agent', count: 1, observation: box([3], 0, 1), action: discrete(2) }],
  declares: () => ({ commonReward: true }),
  init: (_, rng) => ({ shown: rng.integer(0, 2), step: 0 }),
  observe(state, _agent, out) {
    out[0] = state.step === 0 ? state.shown : 0;
    out[1] = state.step === 0 ? 1 - state.shown : 0;
    out[2] = state.step === 3 ? 1 : 0;
  },
  step(state, actions, rewards) {
    if (state.step === 3) rewards[0] = actions[0] === state.shown ? 1 : 0;
    return ++state.step === 4;
  },
}) as AnyEnv;

const catalogue = { ...shipped, worlds: shipped.worlds.with(recall) };

function experiment(algorithm: string, architecture: string, envSteps: number, extra: object = {}) {
  const network = architecture === 'gru' ? { architecture, hidden: [16], units: 16 } : { architecture, hidden: [16] };
  const value = {
    name: 'test',
    env: { id: 'recall' },
    policy: { network },
    learner: { algorithm, ...(algorithms.get(algorithm).needs.game ? {} : { learningRate: 5e-3 }), ...extra },
    // 18 steps are no multiple of an episode's 4, so episodes go on from one rollout to the next.
    rollout: { envs: 16, steps: 18, shards: 4 },
    budget: { envSteps },
    evaluation: { everyEnvSteps: 4096, episodes: 64, opponents: [] },
    checkpoint: { everyUpdates: 3 },
    engine: { kernels: 'portable' },
  };
  return resolveExperiment(value, 'test', catalogue);
}

const run = (config: ReturnType<typeof experiment>, from?: Checkpoint) => train(config, catalogue, from);

const finalReturn = ({ rows }: { rows: readonly MetricRow[] }) =>
  rows.filter(({ kind }) => kind === 'eval').at(-1)?.['episode/return'];

describe('a policy without memory', () => {
  it('cannot name what it was shown three steps ago', async () => {
    expect(finalReturn(await run(experiment('ppo', 'mlp', 30_000)))).toBeLessThan(0.7);
  });
});

/** Learning under renamings needs things to rename, of which this world has none. */
const remembering = algorithms.items.filter(({ needs }) => needs.memory && needs.symmetries !== true);

describe.each(remembering.map(({ id }) => id))('%s with memory', (id) => {
  it('names what was shown three steps ago', async () => {
    expect(finalReturn(await run(experiment(id, 'gru', 60_000)))).toBeGreaterThan(0.95);
  });

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const config = experiment(id, 'gru', 4000);
    const { rows, kept } = await run(config);
    const middle = kept[Math.floor(kept.length / 2)];
    expect(middle.update).toBeGreaterThan(0);
    expect(untimed((await run(config, middle)).rows)).toEqual(untimed(rows.slice(middle.rows)));
  });
});

describe.each(algorithms.items.filter(({ needs }) => !needs.memory).map(({ id }) => id))('%s', (id) => {
  it('is refused a network with memory before anything runs', () => {
    const ask = () => experiment(id, 'gru', 1000, {});
    expect(ask).toThrow(/cannot train a network with memory|needs one reward/);
  });
});

describe('values over sequences', () => {
  it('are those that the acting network gives step by step', async () => {
    const config = experiment('ppo', 'gru', 1);
    const program = await createProgram(config, catalogue, createSimdEngine({ kernels: 'portable' }), soloTeam(4));
    const { learning } = program.update(0);
    // On the first pass nothing has changed since acting, so ratios are 1 to the last bits of rounding.
    const once = await createProgram(
      experiment('ppo', 'gru', 1, { epochs: 1, minibatches: 1 }),
      catalogue,
      createSimdEngine({ kernels: 'portable' }),
      soloTeam(4),
    );
    expect(once.update(0).learning['policy/approxKl']).toBeLessThan(1e-9);
    expect(learning['policy/approxKl']).toBeGreaterThan(1e-9);
  });
});
