import { describe, expect, it } from 'vitest';
import type { AnyEnv, MetricRow } from '#core';
import { createSimdEngine } from '#engine';
import { worlds } from '#envs';
import { type ExactGame, exactGame, soloTeam } from '#learn';
import { createCfr, flattenTree, nashConv, uniformTreePolicy } from '#math';
import { createProgram, type ExperimentConfig, resolveExperiment, runTraining, soloCrew } from '#train';
import { catalogue } from '../../src/cli/catalogue.ts';

const kuhn = worlds.get('kuhn-poker');

function experiment(changes: Record<string, unknown>): ExperimentConfig {
  const value = {
    name: 'test',
    env: { id: 'kuhn-poker' },
    learner: { algorithm: 'cfr-plus' },
    rollout: { envs: 4, steps: 4, shards: 2 },
    budget: { envSteps: 16 * 20 },
    evaluation: { everyEnvSteps: 160, episodes: 8, opponents: [] },
    engine: { kernels: 'portable' },
    ...changes,
  };
  return resolveExperiment(value, 'test', catalogue);
}

async function run(config: ExperimentConfig) {
  const engine = createSimdEngine({ kernels: 'portable' });
  const program = await createProgram(config, catalogue, engine, soloTeam(config.rollout.shards));
  const rows: MetricRow[] = [];
  const hooks = { onRow: (row: MetricRow) => rows.push(row), onCheckpoint: () => {} };
  const { policies } = await runTraining(config, catalogue, soloCrew(program), hooks);
  return {
    train: rows.filter(({ kind }) => kind === 'train'),
    evaluated: rows.filter(({ kind }) => kind === 'eval'),
    policies,
  };
}

describe('a game and how it looks', () => {
  it('shows every information set as the world shows it to whoever moves', () => {
    const { tree, views } = exactGame(kuhn, kuhn.params.parse({}), 1000) as ExactGame;
    // Who looks (2), the card (3), three moves as two bits each.
    const first = tree.sets.findIndex(({ player }) => player === 0);
    expect(views).toHaveLength(12);
    expect(views[first].slice(0, 2)).toEqual(Float32Array.of(1, 0));
    expect(views[first].slice(5)).toEqual(new Float32Array(6));
  });

  it('is absent where a world gives no tree', () => {
    const world = worlds.get('simple-spread');
    expect(exactGame(world, world.params.parse({}), 1000)).toBeNull();
  });

  it('of a world that shows more than the information state says is a fault', () => {
    const leaky = {
      ...kuhn,
      observe: (state: { cards: Int32Array }, agent: number, out: Float32Array) => {
        out[0] = state.cards[1 - agent];
      },
    };
    expect(() => exactGame(leaky as AnyEnv, kuhn.params.parse({}), 1000)).toThrow('does not look the same');
  });
});

describe('an oracle in training', () => {
  it('logs after each update what the book of equations gives for as many walks', async () => {
    const { train, evaluated } = await run(experiment({}));
    const tree = flattenTree((kuhn.tree as NonNullable<AnyEnv['tree']>)(kuhn.params.parse({})) as never);
    const cfr = createCfr(tree, 'cfr+');
    for (const row of train) {
      cfr.run(10);
      expect(row['game/nashConv']).toBe(nashConv(tree, cfr.averagePolicy()).nashConv);
      expect(row['game/iterations']).toBe(cfr.iterations);
    }
    expect(train).toHaveLength(20);
    // The policy that is played is the average, to the precision of a network's weights.
    expect(evaluated.at(-1)?.['game/nashConv']).toBeCloseTo(train.at(-1)?.['game/nashConv'] as number, 5);
    expect(evaluated[0]['game/nashConv']).toBeCloseTo(nashConv(tree, uniformTreePolicy(tree)).nashConv, 6);
    expect(evaluated[0]['game/exploitability']).toBeCloseTo(11 / 24, 6);
  });

  it('gives every agent its own table where agents share nothing, the same in sum', async () => {
    const apart = await run(experiment({ policy: { sharing: 'agent' } }));
    const together = await run(experiment({}));
    expect(apart.policies.map(({ name }) => name)).toEqual(['player_0', 'player_1']);
    expect(apart.train.at(-1)?.['game/nashConv']).toBe(together.train.at(-1)?.['game/nashConv']);
  });
});

describe('what is refused when the experiment is resolved', () => {
  it.each([
    [
      'a world without a tree',
      { env: { id: 'simple-spread' } },
      'walks the whole tree of the game, and this world gives none',
    ],
    ['a wrapped world', { env: { id: 'kuhn-poker', wrappers: [{ id: 'frame-stack' }] } }, 'this world gives none'],
    ['a game too large', { env: { id: 'hanabi' } }, 'cannot walk the game of hanabi'],
    [
      'a seat that another takes',
      { env: { id: 'lewis-signalling' }, seats: { receiver: { policy: 'random' } } },
      'learners in all seats',
    ],
    ['normalised observations', { policy: { normaliseObservations: true } }, 'looks observations up as they are'],
    [
      'players who are not shown all that they know',
      { env: { id: 'kuhn-poker', params: { view: 'observation' } } },
      'zeros and ones',
    ],
    [
      'seats that look alike to one shared table',
      { env: { id: 'blotto', params: {} } },
      'two information sets look alike',
    ],
  ])('%s', (_, changes, message) => {
    expect(() => experiment(changes)).toThrow(message);
  });
});

describe('NashConv of policies that learn by playing', () => {
  it('is logged with every evaluation of an exact game, at first near that of uniform play', async () => {
    const { evaluated } = await run(experiment({ learner: { algorithm: 'ppo' } }));
    for (const row of evaluated) expect(row['game/nashConv']).toBeGreaterThan(0);
    expect(evaluated[0]['game/nashConv']).toBeCloseTo(11 / 12, 1);
  });

  it('is that of the pure policy where evaluations are greedy', async () => {
    const { evaluated } = await run(
      experiment({ learner: { algorithm: 'ppo' }, evaluation: { everyEnvSteps: 320, episodes: 8, greedy: true } }),
    );
    // In Kuhn poker whoever never mixes can be exploited, and all pure policies are worth whole thirds or sixths.
    expect((evaluated[0]['game/nashConv'] as number) * 6).toBeCloseTo(
      Math.round((evaluated[0]['game/nashConv'] as number) * 6),
      6,
    );
  });

  it('is absent where policies remember, where others play too, and where there is no tree', async () => {
    const ppo = { algorithm: 'ppo' };
    for (const changes of [
      { policy: { network: { architecture: 'gru' } } },
      { env: { id: 'lewis-signalling' }, seats: { receiver: { policy: 'random' } } },
      { env: { id: 'sanity-bandit' } },
    ]) {
      const { evaluated } = await run(experiment({ learner: ppo, ...changes }));
      expect(Object.keys(evaluated[0]).filter((key) => key.startsWith('game/nash'))).toEqual([]);
    }
  });
});
