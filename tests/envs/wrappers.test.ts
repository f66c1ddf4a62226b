import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyEnv, box, defineEnv, discrete, type Rng, wrapWorld } from '#core';
import {
  agentIndicator,
  commonReward,
  deathMasking,
  frameStack,
  inequityAversion,
  normaliseObservations,
  normaliseRewards,
  pad,
  rewardSharing,
  stickyActions,
  worlds,
} from '#envs';
import { hall } from '../core/worlds.ts';
import { field, fixedRng, play, start } from './worlds.ts';

/** Three walkers see the step and their place; each goes as far as it chooses and is paid that much. */
const walkers = defineEnv<{ t: number; places: number[] }>({
  id: 'walkers',
  roles: () => [
    {
      name: 'walker',
      count: 3,
      observation: box(
        [2],
        0,
        [4, 12],
        [
          { name: 'step', size: 1 },
          { name: 'place', size: 1 },
        ],
      ),
      action: discrete(4),
    },
  ],
  declares: () => ({ symmetric: true, rewardBounds: [0, 3] }),
  init: () => ({ t: 0, places: [0, 0, 0] }),
  observe(state, agent, out) {
    out[0] = state.t;
    out[1] = state.places[agent];
  },
  step(state, actions, rewards) {
    state.t++;
    for (let i = 0; i < 3; i++) {
      state.places[i] += actions[i];
      rewards[i] = actions[i];
    }
    return state.t === 4;
  },
});

const rowOf = (driver: ReturnType<typeof start>, agent: number) => [...driver.observationOf(0, agent)];

describe('frame stack', () => {
  it('shows the last observations, oldest first, and the first one for the time before', () => {
    const driver = start(wrapWorld(walkers, frameStack, { frames: 3 }), {});
    expect(rowOf(driver, 1)).toEqual([0, 0, 0, 0, 0, 0]);
    play(driver, 0, 2, 0);
    expect(rowOf(driver, 1)).toEqual([0, 0, 0, 0, 1, 2]);
    play(driver, 0, 3, 0);
    expect(rowOf(driver, 1)).toEqual([0, 0, 1, 2, 2, 5]);
    play(driver, 0, 1, 0);
    expect(rowOf(driver, 1)).toEqual([1, 2, 2, 5, 3, 6]);
    expect(field(driver, 1, 'place')).toEqual([6]);
    expect(field(driver, 1, 'place[-2]')).toEqual([2]);
  });

  it('repeats the first observation, or zeros, from when an agent joins', () => {
    const repeated = start(wrapWorld(hall, frameStack, { frames: 2 }), {});
    const zeros = start(wrapWorld(hall, frameStack, { frames: 2, fill: 'zeros' }), {});
    for (const driver of [repeated, zeros]) {
      play(driver, 0, 0, 0, 0, 0, 0);
      play(driver, 0, 0, 0, 0, 0, 0);
    }
    // Guest 2 joins after step 2 and then sees 3.
    expect([rowOf(repeated, 2), rowOf(zeros, 2)]).toEqual([
      [3, 3],
      [0, 3],
    ]);
  });
});

describe('agent indicator', () => {
  it('marks who an agent is among all, or among its role', () => {
    const tag = worlds.get('simple-tag');
    const all = start(wrapWorld(tag, agentIndicator), {});
    const role = start(wrapWorld(tag, agentIndicator, { among: 'role' }), {});
    // Three adversaries, then the agent that they hunt.
    expect([0, 1, 2, 3].map((agent) => field(all, agent, 'agent'))).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
    expect([2, 3].map((agent) => field(role, agent, 'agent'))).toEqual([[0, 0, 1], [1]]);
    const plain = start(tag, {});
    expect(rowOf(all, 1).slice(0, -4)).toEqual(rowOf(plain, 1));
  });
});

describe('normalised observations', () => {
  it('by bounds bring every entry to -1..1', () => {
    const driver = start(wrapWorld(walkers, normaliseObservations, { by: 'bounds' }), {});
    expect(rowOf(driver, 0)).toEqual([-1, -1]);
    play(driver, 3, 0, 0);
    // Step 1 of 0..4, place 3 of 0..12.
    expect(rowOf(driver, 0)).toEqual([-0.5, -0.5]);
    expect([...driver.layout.roles[0].observation.low]).toEqual([-1, -1]);
    expect([...driver.layout.roles[0].observation.high]).toEqual([1, 1]);
  });

  it('by play have mean 0 and deviation 1 in random play', () => {
    const driver = start(wrapWorld(walkers, normaliseObservations, { episodes: 200 }), {});
    // Whoever acts sees the steps 0, 1, 2, 3 equally often: mean 1.5, variance 1.25.
    expect(rowOf(driver, 0)[0]).toBeCloseTo(-1.5 / Math.sqrt(1.25 + 1e-8), 6);
    // The place after t steps of 0..3 has mean 1.5 t, so 2.25 over all, and variance 1.25 t + 2.25 var(t) = 1.875 + 2.8125.
    expect(rowOf(driver, 0)[1]).toBeCloseTo(-2.25 / Math.sqrt(1.875 + 2.8125), 1);
  });

  it('are cut off, bounds included', () => {
    const driver = start(wrapWorld(walkers, normaliseObservations, { clip: 0.5 }), {});
    expect(rowOf(driver, 0)).toEqual([-0.5, -0.5]);
    expect([...driver.layout.roles[0].observation.high]).toEqual([0.5, 0.5]);
  });
});

describe('normalised rewards', () => {
  it('are divided by the deviation of discounted returns in random play', () => {
    // Undiscounted and for one step alone a reward of 0..3 has variance 1.25.
    const env = wrapWorld(walkers, normaliseRewards, { gamma: 0, episodes: 500 });
    const driver = start(env, {});
    play(driver, 3, 0, 1);
    expect(driver.rewards[0]).toBeCloseTo(3 / Math.sqrt(1.25), 1);
    expect(driver.rewards[0] / driver.rewards[2]).toBeCloseTo(3, 12);
    expect(env.declares?.({}).rewardBounds?.[1]).toBe(driver.rewards[0]);
  });

  it('stay as they are where nobody is ever paid', () => {
    const free: AnyEnv = { ...walkers, step: (state) => ++state.t === 4 };
    const driver = start(wrapWorld(free, normaliseRewards), {});
    play(driver, 1, 1, 1);
    expect([...driver.rewards]).toEqual([0, 0, 0]);
  });
});

describe('padding', () => {
  it('gives a speaker and a listener the same spaces', () => {
    const env = worlds.get('simple-speaker-listener');
    const before = start(env, {}).layout.roles;
    const driver = start(wrapWorld(env, pad), {});
    const [speaker, listener] = driver.layout.roles;
    // A speaker of 3 words sees 3 numbers, a listener of 5 moves sees 11.
    expect(before.map((role) => [role.observationSize, role.maskSize])).toEqual([
      [3, 3],
      [11, 5],
    ]);
    expect([speaker.observationSize, speaker.action]).toEqual([listener.observationSize, { kind: 'discrete', n: 5 }]);
    expect([...driver.maskOf(0, 0)]).toEqual([1, 1, 1, 0, 0]);
    expect([...driver.maskOf(0, 1)]).toEqual([1, 1, 1, 1, 1]);
    expect(rowOf(driver, 0).slice(3)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('keeps what is illegal illegal, and lets roles do nothing in parts that they do not have', () => {
    const mixed = defineEnv<{ t: number; did: number[] }>({
      id: 'mixed',
      roles: () => [
        { name: 'mover', count: 1, observation: box([1], 0, 9), action: discrete(3) },
        { name: 'talker', count: 1, observation: box([1], 0, 9), action: { kind: 'multiDiscrete', sizes: [2, 4] } },
      ],
      init: () => ({ t: 0, did: [] }),
      observe(state, _agent, out) {
        out[0] = state.t;
      },
      legal(_state, agent, mask) {
        mask[agent === 0 ? 1 : 3] = 0;
      },
      step(state, actions) {
        state.did.push(...actions);
        return ++state.t === 3;
      },
    });
    const driver = start(wrapWorld(mixed, pad), {});
    expect(driver.layout.roles.map(({ action }) => action)).toEqual([
      { kind: 'multiDiscrete', sizes: [3, 4] },
      { kind: 'multiDiscrete', sizes: [3, 4] },
    ]);
    expect([...driver.maskOf(0, 0)]).toEqual([1, 0, 1, 1, 0, 0, 0]);
    expect([...driver.maskOf(0, 1)]).toEqual([1, 1, 0, 1, 0, 1, 1]);
    play(driver, 2, 0, 1, 3);
    expect((driver.stateOf(0) as { did: number[] }).did).toEqual([2, 0, 1, 3]);
  });

  it('holds numbers of one role within its own bounds', () => {
    const pushers = defineEnv<{ did: number[] }>({
      id: 'pushers',
      roles: () => [
        { name: 'weak', count: 1, observation: box([1], 0, 1), action: box([1], -1, 1) },
        { name: 'strong', count: 1, observation: box([1], 0, 1), action: box([2], -5, 5) },
      ],
      init: () => ({ did: [] }),
      observe(_state, _agent, out) {
        out[0] = 0;
      },
      step(state, actions) {
        state.did = [...actions];
        return true;
      },
    });
    const driver = start(wrapWorld(pushers, pad), {});
    expect([...(driver.layout.roles[0].action.kind === 'box' ? driver.layout.roles[0].action.high : [])]).toEqual([
      5, 5,
    ]);
    play(driver, 4, 4, 4, -4);
    expect((driver.stateOf(0) as { did: number[] }).did).toEqual([1, 0, 4, -4]);
  });

  it('is refused where one role chooses and the other gives numbers', () => {
    const odd: AnyEnv = {
      ...walkers,
      roles: () => [
        ...walkers.roles({}),
        { name: 'other', count: 1, observation: box([1], 0, 1), action: box([1], 0, 1) },
      ],
    };
    expect(() => start(wrapWorld(odd, pad), {})).toThrow(
      'pad › walkers: roles that choose and roles that give numbers cannot be made alike: got walker: discrete, other: box',
    );
  });
});

describe('death masking', () => {
  it('keeps agents that have left or not come yet, with zeros to see and one thing to do', () => {
    const driver = start(wrapWorld(hall, deathMasking), {});
    expect([...driver.alive]).toEqual([1, 1, 1]);
    expect([rowOf(driver, 0), rowOf(driver, 2)]).toEqual([[1], [0]]);
    // Two choices and three: of an absent guest the first of each.
    expect([[...driver.maskOf(0, 0)], [...driver.maskOf(0, 2)]]).toEqual([
      [1, 1, 1, 1, 1],
      [1, 0, 1, 0, 0],
    ]);
    play(driver, 0, 0, 0, 0, 0, 0);
    expect([rowOf(driver, 0), rowOf(driver, 1)]).toEqual([[0], [2]]);
    expect([...driver.acting]).toEqual([1, 1, 1]);
  });

  it('can keep the rows without asking for actions', () => {
    const driver = start(wrapWorld(hall, deathMasking, { act: false }), {});
    expect([[...driver.alive], [...driver.acting]]).toEqual([
      [1, 1, 1],
      [1, 1, 0],
    ]);
  });
});

describe('sticky actions', () => {
  it('do again what was done before as often as they say', () => {
    // One draw for each of three walkers, from their second turn on: below a quarter is a slip.
    const driver = start(
      wrapWorld(walkers, stickyActions, { probability: 0.25 }),
      {},
      {
        rng: () => fixedRng([0.1, 0.25, 0.9, 0.2, 0.2, 0.9]),
      },
    );
    play(driver, 1, 2, 3);
    expect([...driver.rewards]).toEqual([1, 2, 3]);
    play(driver, 3, 3, 0);
    expect([...driver.rewards]).toEqual([1, 3, 0]);
    // What the first walker did before, against its choice, is what it does again.
    play(driver, 0, 0, 2);
    expect([...driver.rewards]).toEqual([1, 3, 2]);
  });

  it('do what was chosen where the action before is illegal now', () => {
    const alternating: AnyEnv = {
      ...walkers,
      legal(state: { t: number }, _agent, mask) {
        for (let i = 0; i < 4; i++) mask[i] = i % 2 === state.t % 2 ? 1 : 0;
      },
    };
    const driver = start(wrapWorld(alternating, stickyActions, { probability: 1 }), {});
    play(driver, 2, 0, 2);
    play(driver, 1, 3, 1);
    expect([...driver.rewards]).toEqual([1, 3, 1]);
  });
});

describe('rewards of others', () => {
  const paid = (env: AnyEnv, ...actions: number[]) => {
    const driver = start(env, {});
    play(driver, ...actions);
    return [...driver.rewards];
  };

  it('as a common reward are the mean or the sum of all', () => {
    expect(paid(wrapWorld(walkers, commonReward), 3, 0, 0)).toEqual([1, 1, 1]);
    expect(paid(wrapWorld(walkers, commonReward, { of: 'sum' }), 3, 0, 1)).toEqual([4, 4, 4]);
    expect(wrapWorld(walkers, commonReward, { of: 'sum' }).declares?.({})).toEqual({
      symmetric: true,
      commonReward: true,
      rewardBounds: [0, 9],
    });
  });

  it('are shared by those who take part in the step alone', () => {
    // Step 1 pays 5, 1 and guest 2, who is not there yet, nothing; step 2 pays guests 1 and 2, who joins with it, 2 and 3.
    const driver = start(wrapWorld(hall, commonReward), {});
    play(driver, 0, 0, 0, 0, 0, 0);
    expect([...driver.rewards]).toEqual([3, 3, 0]);
    play(driver, 0, 0, 0, 0, 0, 0);
    expect([...driver.rewards]).toEqual([0, 2.5, 2.5]);
  });

  it('are blended from selfish to prosocial', () => {
    // Rewards 3, 0, 0 have the mean 1.
    const share = (prosociality: number) => paid(wrapWorld(walkers, rewardSharing, { prosociality }), 3, 0, 0);
    expect(share(0)).toEqual([3, 0, 0]);
    expect(share(0.5)).toEqual([2, 0.5, 0.5]);
    expect(share(1)).toEqual([1, 1, 1]);
    // Own and sum: 0.5 · 3 + 0.5 · 3 and 0.5 · 0 + 0.5 · 3.
    const env = wrapWorld(walkers, rewardSharing, { prosociality: 0.5, of: 'sum' });
    expect(paid(env, 3, 0, 0)).toEqual([3, 1.5, 1.5]);
    expect(env.declares?.({}).rewardBounds).toEqual([0, 6]);
    expect(wrapWorld(walkers, rewardSharing, { prosociality: 1 }).declares?.({}).commonReward).toBe(true);
  });

  it('hurt by the formula of Fehr and Schmidt when nothing is remembered', () => {
    const env = wrapWorld(walkers, inequityAversion, { alpha: 2, beta: 0.5, lambda: 0 });
    // 3: two others have 3 and 2 less, 3 - 0.5/2 · 5. 0: they have 3 and 1 more, 0 - 2/2 · 4. 1: 1 - 2/2 · 2 - 0.5/2 · 1.
    expect(paid(env, 3, 0, 1)).toEqual([1.75, -4, -1.25]);
    // The worst: to have nothing where both others have 3, 0 - 2 · 3.
    expect(env.declares?.({}).rewardBounds).toEqual([-6, 3]);
  });

  it('hurt by smoothed rewards as in Hughes et al.', () => {
    const driver = start(wrapWorld(walkers, inequityAversion, { alpha: 1, beta: 0.5, gamma: 0.5, lambda: 0.5 }), {});
    play(driver, 2, 0, 0);
    // e = 2, 0, 0: 2 - 0.5/2 · 4 and 0 - 1/2 · 2.
    expect([...driver.rewards]).toEqual([1, -1, -1]);
    play(driver, 0, 1, 0);
    // e = 0.5, 1, 0. 0: 1/2 · 0.5 and 0.5/2 · 0.5; 1: 0.5/2 · (0.5 + 1); 2: 1/2 · (0.5 + 1).
    expect([...driver.rewards]).toEqual([-0.375, 0.625, -0.75]);
  });

  it('hurt nobody who is alone, and nobody where all have the same', () => {
    const single: AnyEnv = { ...walkers, roles: () => walkers.roles({}).map((role) => ({ ...role, count: 1 })) };
    expect(paid(wrapWorld(single, inequityAversion), 3)).toEqual([3]);
    expect(paid(wrapWorld(walkers, inequityAversion), 2, 2, 2)).toEqual([2, 2, 2]);
  });
});

describe('a wrapped world', () => {
  it('is called by what is around it, and found by that name', () => {
    const env = wrapWorld(wrapWorld(worlds.get('simple-spread'), commonReward), frameStack, { frames: 2 });
    expect(env.id).toBe('simple-spread+common-reward:of=mean+frame-stack:frames=2,fill=first');
    const found = worlds.get('simple-spread+common-reward+frame-stack:frames=2');
    expect(found.id).toBe(env.id);
    expect(worlds.get(env.id).declares?.(found.params.parse({})).commonReward).toBe(true);
    expect(worlds.has(env.id)).toBe(true);
    expect(worlds.has('simple-spread+frame-stuck')).toBe(false);
    expect(worlds.ids).not.toContain(env.id);
  });

  it('can be played by those who play the world inside, unless it is seen or played otherwise', () => {
    const spread = worlds.get('simple-spread');
    expect(wrapWorld(spread, commonReward).seatsAs).toBe('simple-spread');
    expect(wrapWorld(wrapWorld(spread, commonReward), stickyActions).seatsAs).toBe('simple-spread');
    expect(wrapWorld(wrapWorld(spread, commonReward), frameStack).seatsAs).toBeUndefined();
    const stacked = wrapWorld(spread, frameStack);
    expect(wrapWorld(stacked, commonReward).seatsAs).toBe(stacked.id);
  });

  it('keeps its random return where it is only seen otherwise, and has it measured where it is paid otherwise', () => {
    const { randomReturn } = worlds.get('matrix-game').card;
    expect(worlds.get('matrix-game+frame-stack').card.randomReturn).toBe(randomReturn);
    const shared = worlds.get('matrix-game+common-reward').card;
    expect(shared.randomReturn?.episodes).toBe(256);
    // The mean for everybody has the sum of what everybody had.
    const error = Math.hypot(shared.randomReturn?.team.standardError ?? 0, randomReturn?.team.standardError ?? 0);
    expect(Math.abs((shared.randomReturn?.team.mean ?? 0) - (randomReturn?.team.mean ?? 0))).toBeLessThan(5 * error);
    expect(shared.title).toBe(`${worlds.get('matrix-game').card.title}, common reward`);
  });

  it.each([
    ['simple-spread+frame-stock', 'unknown wrapper: got "frame-stock". Did you mean "frame-stack"?'],
    ['simple-spraed+frame-stack', 'unknown world: got "simple-spraed". Did you mean "simple-spread"?'],
    ['simple-spread+frame-stack:frames=1', 'frame-stack › frames: out of range: got 1, expected 2..64'],
    ['simple-spread+frame-stack:frame=4', 'frame-stack › frame: unknown key. Did you mean "frames"?'],
    ['simple-spread+frame-stack:frames', 'an option cannot be read: got "frames", expected option=value'],
    ['simple-spread+reward-sharing:prosociality=2', 'prosociality: out of range: got 2, expected 0..1'],
  ])('of a wrong name is refused: %s', (id, message) => {
    expect(() => worlds.get(id)).toThrow(message);
  });

  it('does not take on what an author has added to the world inside', () => {
    expect('rules' in worlds.get('kuhn-poker')).toBe(true);
    expect('rules' in worlds.get('kuhn-poker+common-reward')).toBe(false);
    expect('rules' in worlds.get('kuhn-poker+inequity-aversion')).toBe(false);
  });

  it('leaves parameters to the world inside', () => {
    const seen: unknown[] = [];
    const sized = defineEnv<{ t: number }, { size: number }>({
      id: 'sized',
      params: z.strictObject({ size: z.int().min(1).default(2) }),
      roles: ({ size }) => [{ name: 'one', count: 1, observation: box([size], 0, 1), action: discrete(2) }],
      init: (params, _rng: Rng) => {
        seen.push(params);
        return { t: 0 };
      },
      observe(_state, _agent, out, { size }) {
        for (let i = 0; i < size; i++) out[i] = 1;
      },
      step: (state) => ++state.t === 2,
    });
    const env = wrapWorld(wrapWorld(sized, frameStack, { frames: 2 }), agentIndicator);
    expect(start(env, { size: 3 }).layout.roles[0].observationSize).toBe(3 * 2 + 1);
    expect(start(env, {}).layout.roles[0].observationSize).toBe(2 * 2 + 1);
    expect(seen).toEqual([{ size: 3 }, { size: 2 }]);
  });
});
