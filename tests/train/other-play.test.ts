import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyEnv, createStreams, type Interchangeable, layOutAgents, maskSize, parseWith } from '#core';
import { createSimdEngine } from '#engine';
import { worlds } from '#envs';
import { soloTeam } from '#learn';
import { createProgram, resolveExperiment } from '#train';
import { disguisedWorld } from '#train/disguised-world';
import { catalogue } from '../../src/cli/catalogue.ts';

const cases = [
  ['matrix-game', { game: 'lever', rounds: 3 }],
  ['matrix-game', { game: 'lever', rounds: 3, recall: 2, view: 'seats' }],
  ['matrix-game', { game: 'coordination', rounds: 2 }],
  ['lewis-signalling', { states: 3, messages: 4 }],
] as const;

describe('what a world calls interchangeable', () => {
  const declaring = worlds.items.filter((world) => world.symmetries !== undefined).map(({ id }) => id);

  it('is tried below for every world that does so', () => {
    expect(declaring.sort()).toEqual([...new Set(cases.map(([id]) => id))].sort());
  });

  it('is found in payoff tables: nine of ten levers, both sides of a coordination game, nothing in the climbing game', () => {
    const counts = (params: object) => {
      const world = worlds.get('matrix-game');
      return world.symmetries?.(parseWith(world.params, params, 'test')).map(({ count }) => count);
    };
    expect(counts({ game: 'lever' })).toEqual([9]);
    expect(counts({ game: 'coordination' })).toEqual([2]);
    expect(counts({ game: 'rock-paper-scissors' })).toEqual([]);
    expect(counts({ game: 'climbing' })).toEqual([]);
    expect(counts({ game: 'penalty', penalty: 100 })).toEqual([2]);
    expect(counts({ game: 'lever', encoding: 'joint' })).toEqual([]);
  });

  it.each(cases)(
    '%s %o: whoever renames what it does for everybody is paid alike and sees the same renamed',
    (id, given) => {
      const world = worlds.get(id);
      const params = parseWith(world.params, given, id);
      const things = world.symmetries?.(params) as readonly Interchangeable[];
      const { roles, roleOf, count } = layOutAgents(world, params);
      fc.assert(
        fc.property(fc.nat(), fc.array(fc.nat(1000), { minLength: 6, maxLength: 6 }), (seed, choices) => {
          const rng = createStreams(`${seed}`).stream('names');
          const orders = things.map((thing) => shuffled(thing.count, () => rng.random()));
          const renamed = (agent: number, part: 'observation' | 'actions', size: number) => {
            const to = Int32Array.from({ length: size }, (_, i) => i);
            things.forEach((thing, t) => {
              for (const list of thing.roles[roles[roleOf[agent]].name]?.[part] ?? []) {
                list.forEach((place, s) => {
                  to[place] = list[orders[t][s]];
                });
              }
            });
            return to;
          };
          const play = (rename: boolean) => {
            const chance = createStreams(`${seed}`).stream('world');
            const state = world.init(params, chance);
            const log: number[][] = [];
            for (let step = 0, over = false; step < 3 && !over; step++) {
              const actions = Float64Array.from({ length: count }, (_, agent) => {
                const size = maskSize(roles[roleOf[agent]].action);
                const action = choices[(2 * step + agent) % 6] % size;
                return rename ? renamed(agent, 'actions', size)[action] : action;
              });
              const rewards = new Float64Array(count);
              over = world.step(state, actions, rewards, chance, params);
              log.push([...rewards]);
              for (let agent = 0; agent < count; agent++) {
                const seen = new Float32Array(roles[roleOf[agent]].observationSize);
                world.observe(state, agent, seen, params);
                const to = renamed(agent, 'observation', seen.length);
                const told = new Float32Array(seen.length);
                seen.forEach((value, i) => {
                  told[rename ? i : to[i]] = value;
                });
                log.push([...told]);
              }
            }
            return log;
          };
          expect(play(true)).toEqual(play(false));
        }),
        { numRuns: 30 },
      );
    },
  );
});

describe('a disguised world', () => {
  const lever = worlds.get('matrix-game');
  const params = parseWith(lever.params, { game: 'lever', rounds: 1 }, 'test');

  it('leaves what stands out where it is, and gives every agent names of its own for the rest', () => {
    const world = disguisedWorld(lever, params);
    const meetings = new Map<number, number>();
    const rng = createStreams('a').stream('world');
    const rewards = new Float64Array(2);
    for (let i = 0; i < 3000; i++) {
      for (const choice of [0, 9]) {
        const state = world.init(params, rng);
        world.step(state, Float64Array.of(choice, choice), rewards.fill(0), rng, params);
        meetings.set(choice, (meetings.get(choice) ?? 0) + rewards[0]);
      }
    }
    // Both say "lever 1": they meet one time in nine. Both say "lever 10": always, at 0.9.
    expect((meetings.get(0) as number) / 3000).toBeCloseTo(1 / 9, 1);
    expect((meetings.get(9) as number) / 3000).toBeCloseTo(0.9, 9);
  });

  it('shows an agent its own choice under the name that it used', () => {
    const repeated = parseWith(lever.params, { game: 'lever', rounds: 5 }, 'test');
    const world = disguisedWorld(lever, repeated);
    const rng = createStreams('b').stream('world');
    const state = world.init(repeated, rng);
    const seen = new Float32Array(21);
    for (const choice of [4, 0, 9]) {
      world.step(state, Float64Array.of(choice, 3), new Float64Array(2), rng, repeated);
      world.observe(state, 0, seen, repeated);
      // After the one for the start: ten for the own choice, ten for the other's.
      expect([...seen.subarray(1, 11)]).toEqual(Array.from({ length: 10 }, (_, i) => (i === choice ? 1 : 0)));
      expect(seen.subarray(11).reduce((sum, value) => sum + value, 0)).toBe(1);
    }
  });

  it('refuses a declaration that names a place twice', () => {
    const faulty: AnyEnv = {
      ...lever,
      symmetries: () => [
        {
          count: 2,
          roles: {
            player: {
              observation: [],
              actions: [
                [0, 1],
                [1, 2],
              ],
            },
          },
        },
      ],
    };
    expect(() => disguisedWorld(faulty, params)).toThrow('no place twice');
  });
});

describe('other-play', () => {
  const experiment = (algorithm: string, seed: number, env: object) =>
    resolveExperiment(
      {
        name: 'test',
        env,
        policy: { network: { hidden: [16] } },
        learner: { algorithm, learningRate: 5e-3 },
        rollout: { envs: 32, steps: 8, shards: 2 },
        budget: { envSteps: 15_000 },
        engine: { kernels: 'portable' },
        seed,
      },
      'test',
      catalogue,
    );

  /** How likely each lever is pulled after a little training, and what the last update's episodes brought the team. */
  async function trained(algorithm: string, seed: number): Promise<{ levers: number[]; paid: number }> {
    const config = experiment(algorithm, seed, { id: 'matrix-game', params: { game: 'lever', rounds: 1 } });
    const engine = createSimdEngine({ kernels: 'portable' });
    const program = await createProgram(config, catalogue, engine, soloTeam(2));
    for (let i = 0; i < 60; i++) program.update(i / 60);
    const { shards } = program.update(1);
    const returns = shards.flatMap(({ episodes }) =>
      episodes.flatMap((episode) =>
        episode.filter(([name]) => name === 'episode/return').map(([, weight, total]) => total / weight),
      ),
    );
    const [{ topology, params }] = program.policies();
    const network = engine.createNetwork(topology);
    network.params.set(params);
    network.paramsChanged();
    const first = new Float32Array(network.inputSizes[0]);
    first[0] = 1;
    const weights = [...network.forward([first], 1)[0].subarray(0, 10)].map(Math.exp);
    return { levers: weights.map((weight) => weight / sumOf(weights)), paid: sumOf(returns) / returns.length / 2 };
  }

  /** What two who have learned apart are paid on average: 1 for the same of nine levers, 0.9 for the tenth. */
  const crossPlay = (policies: readonly { readonly levers: readonly number[] }[]) => {
    const pairs = policies.flatMap((a, i) => policies.slice(i + 1).map((b) => [a.levers, b.levers]));
    return (
      sumOf(pairs.map(([a, b]) => sumOf(a.map((p, lever) => p * b[lever] * (lever < 9 ? 1 : 0.9))))) / pairs.length
    );
  };

  it('agrees with others that have learned apart, where self-play agrees with itself alone', async () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const selfPlay = await Promise.all(seeds.map((seed) => trained('ppo', seed)));
    for (const { levers, paid } of selfPlay) {
      expect(Math.max(...levers)).toBeGreaterThan(0.9);
      expect(paid).toBeGreaterThan(0.8);
    }
    expect(crossPlay(selfPlay)).toBeLessThan(0.5);

    // Against renamed partners a lever without a face of its own pays 1/9 and the tenth 0.9, once the other pulls it too. From
    // uniform play the pull is to neither, so some runs stay at 1/9; their own return in training tells them apart.
    const otherPlay = await Promise.all(seeds.map((seed) => trained('other-play', seed)));
    const found = otherPlay.filter(({ paid }) => paid > 0.5);
    expect(found.length).toBeGreaterThan(1);
    for (const { levers } of found) expect(levers[9]).toBeGreaterThan(0.9);
    for (const { paid } of otherPlay.filter((one) => !found.includes(one))) expect(paid).toBeLessThan(0.2);
    expect(crossPlay(found)).toBeGreaterThan(0.75);
  });

  it('is refused where a world names nothing interchangeable', () => {
    const climbing = { id: 'matrix-game', params: { game: 'climbing' } };
    expect(() => experiment('other-play', 1, climbing)).toThrow('this world names nothing');
  });
});

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function shuffled(count: number, random: () => number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let left = count - 1; left > 0; left--) {
    const other = Math.floor(random() * (left + 1));
    [order[left], order[other]] = [order[other], order[left]];
  }
  return order;
}
