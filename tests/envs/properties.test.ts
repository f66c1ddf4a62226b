import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type AnyEnv,
  createStreams,
  Driver,
  layOutAgents,
  partsOf,
  type Rng,
  type RoleLayout,
  sampleSpace,
} from '#core';
import { worlds } from '#envs';

/** Drawn anew with another seed, the properties hold too; fixed, a failure is the same on every machine. */
const drawn = { seed: 5, numRuns: 6 } as const;
/** Most steps of an episode that is looked at. */
const longest = 40;

/** Settings of the parameters that are yes or no, or one of a few words; those left out have their defaults. */
function settingsOf(env: AnyEnv): fc.Arbitrary<Record<string, unknown>> {
  const { properties = {} } = z.toJSONSchema(env.params, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string; enum?: unknown[] }>;
  };
  const choices: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [key, { type, enum: words }] of Object.entries(properties)) {
    if (words !== undefined) choices[key] = fc.constantFrom(...words);
    else if (type === 'boolean') choices[key] = fc.boolean();
  }
  return fc.record(choices, { requiredKeys: [] });
}

/** A driver over env `env`, reset, under settings that fit each other; others are drawn in place of those that do not. */
function begin(env: AnyEnv, settings: object, seed: number): Driver {
  const parsed = env.params.safeParse(settings);
  fc.pre(parsed.success);
  const params = parsed.data;
  const limit = Math.min(longest, env.timeLimitSteps?.(params) ?? longest);
  const rng = () => createStreams(seed).stream('env');
  const driver: Driver = new Driver(env, params, {
    autoreset: 'disabled',
    observeAll: true,
    timeLimitSteps: limit,
    rng,
  });
  driver.reset();
  return driver;
}

/** Legal random actions of everybody who acts. */
function choose(driver: Driver, rng: Rng): void {
  const { roles, roleOf, count, actionStride } = driver.layout;
  for (let agent = 0; agent < count; agent++) {
    if (driver.acting[agent] === 0) continue;
    const role = roles[roleOf[agent]];
    const row = driver.actions.subarray(agent * actionStride, agent * actionStride + role.actionSize);
    sampleSpace(role.action, rng, row, role.maskSize === 0 ? undefined : driver.maskOf(0, agent));
  }
}

/** What can be seen from outside, as text; of the first moment nothing that tells of the step before. */
function momentOf(driver: Driver, first: boolean): string {
  const { observations, masks, acting, alive, returns, rewards, terminated, truncated } = driver;
  const seen = [...observations, ...masks, acting, alive, returns];
  return [...seen, ...(first ? [] : [rewards, terminated, truncated])].map((list) => list.join()).join('\n');
}

function playOn(driver: Driver, choices: Rng, steps: number): string[] {
  const moments = [momentOf(driver, true)];
  for (let step = 0; step < steps && !driver.isOver(0); step++) {
    choose(driver, choices);
    driver.step();
    moments.push(momentOf(driver, false));
  }
  return moments;
}

describe('a snapshot of every world', () => {
  for (const env of worlds.items) {
    it(`${env.id}: restored at any moment of any episode, it has the same future`, () => {
      const check = (settings: object, seed: number, at: number) => {
        const driver = begin(env, settings, seed);
        const choices = createStreams(seed).stream('choices');
        playOn(driver, choices, at);
        const snapshot = driver.snapshot(0);
        const kept = choices.state();
        const future = playOn(driver, choices, longest);
        // Into the driver that has gone on, and into one that knows only another episode.
        const other = begin(env, settings, seed + 1);
        for (const target of [driver, other]) {
          target.restore(0, snapshot);
          choices.restore(kept);
          expect(playOn(target, choices, longest)).toEqual(future);
        }
      };
      fc.assert(fc.property(settingsOf(env), fc.nat(), fc.nat(longest), check), drawn);
    });
  }
});

describe('declarations of every world', () => {
  for (const env of worlds.items) {
    it(`${env.id}: zero sum, common reward and bounds hold at every step`, () => {
      const check = (settings: object, seed: number) => {
        const driver = begin(env, settings, seed);
        const {
          zeroSum,
          commonReward,
          rewardBounds = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
        } = env.declares?.(driver.params) ?? {};
        const choices = createStreams(seed).stream('choices');
        while (!driver.isOver(0)) {
          const was = driver.alive.slice();
          choose(driver, choices);
          driver.step();
          const rewards = [...driver.rewards];
          const slack = 1e-9 * Math.max(1, ...rewards.map(Math.abs));
          for (const reward of rewards) {
            expect(reward).toBeGreaterThanOrEqual(rewardBounds[0] - slack);
            expect(reward).toBeLessThanOrEqual(rewardBounds[1] + slack);
          }
          if (zeroSum === true) {
            const sum = rewards.reduce((total, reward) => total + reward, 0);
            expect(Math.abs(sum)).toBeLessThanOrEqual(slack * rewards.length);
          }
          if (commonReward === true) {
            const taking = rewards.filter((_, agent) => was[agent] === 1 || driver.alive[agent] === 1);
            for (const reward of taking) expect(Math.abs(reward - taking[0])).toBeLessThanOrEqual(slack);
          }
        }
      };
      fc.assert(fc.property(settingsOf(env), fc.nat(), check), { ...drawn, numRuns: 12 });
    });
  }
});

/** How an agent behaves: with probability `bias` its legal choice number `pick` (counted round), else a random one. */
interface Behaviour {
  readonly bias: number;
  readonly pick: number;
}

const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  bias: fc.double({ min: 0.3, max: 1, noNaN: true }),
  pick: fc.nat(20),
});

function behave(
  { bias, pick }: Behaviour,
  { action }: RoleLayout,
  rng: Rng,
  row: Float64Array,
  mask: Uint8Array,
): void {
  sampleSpace(action, rng, row, mask.length === 0 ? undefined : mask);
  if (rng.random() > bias) return;
  if (action.kind === 'box') {
    for (let i = 0; i < row.length; i++) {
      const bound = (pick + i) % 2 === 0 ? action.low[i] : action.high[i];
      if (Number.isFinite(bound)) row[i] = bound;
    }
    return;
  }
  let offset = 0;
  for (const [part, size] of partsOf(action).entries()) {
    const legal = Array.from({ length: size }, (_, i) => i).filter((i) => mask[offset + i] === 1);
    row[part] = legal[(pick + part) % legal.length];
    offset += size;
  }
}

const episodes = 48;

/** Returns [episode][agent] when agent a behaves by `behaviours[seats[a]]`; a behaviour takes its draws along with it. */
function playSeated(
  env: AnyEnv,
  params: unknown,
  behaviours: readonly Behaviour[],
  seats: readonly number[],
  seed: number,
) {
  const { roles, roleOf, count, actionStride } = layOutAgents(env, params);
  return Array.from({ length: episodes }, (_, episode) => {
    const streams = createStreams(`${seed}/${episode}`);
    const limit = Math.min(longest, env.timeLimitSteps?.(params) ?? longest);
    const driver: Driver = new Driver(env, params, {
      autoreset: 'disabled',
      timeLimitSteps: limit,
      rng: () => streams.stream('env'),
    });
    const choices = behaviours.map((_, b) => streams.stream(`choices/${b}`));
    driver.reset();
    while (!driver.isOver(0)) {
      for (let agent = 0; agent < count; agent++) {
        if (driver.acting[agent] === 0) continue;
        const role = roles[roleOf[agent]];
        const row = driver.actions.subarray(agent * actionStride, agent * actionStride + role.actionSize);
        behave(behaviours[seats[agent]], role, choices[seats[agent]], row, driver.maskOf(0, agent));
      }
      driver.step();
    }
    return [...driver.returns];
  });
}

/** A permutation of agents that leaves each in its role. */
function withinRoles(roles: readonly RoleLayout[]): fc.Arbitrary<number[]> {
  const each = roles.map(({ first, count }) => {
    const agents = Array.from({ length: count }, (_, i) => first + i);
    return fc.shuffledSubarray(agents, { minLength: count });
  });
  return fc.tuple(...each).map((parts) => parts.flat());
}

describe('agents of a role, where a world is declared symmetric', () => {
  const symmetric = worlds.items.filter((env) => env.declares?.(env.params.parse({})).symmetric === true);

  it('are those of worlds of several kinds', () => {
    expect(symmetric.map(({ id }) => id)).toEqual(expect.arrayContaining(['matrix-game', 'simple-spread', 'blotto']));
  });

  for (const env of symmetric) {
    it(`${env.id}: exchanging what they do exchanges what they receive`, () => {
      const params = env.params.parse({});
      const { roles, count } = layOutAgents(env, params);
      const all = fc.tuple(...Array.from({ length: count }, () => behaviour));
      const check = (behaviours: readonly Behaviour[], order: readonly number[], seed: number) => {
        const usual = order.map((_, agent) => agent);
        const before = playSeated(env, params, behaviours, usual, seed);
        const after = playSeated(env, params, behaviours, order, seed);
        // Agent a now does what agent order[a] did before: its returns are those, on average over the chances of the world.
        for (const agent of usual) {
          const differences = after.map((returns, e) => returns[agent] - before[e][order[agent]]);
          const mean = differences.reduce((sum, value) => sum + value, 0) / episodes;
          const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (episodes - 1);
          const scale = Math.max(1, ...before.flat().map(Math.abs));
          expect(Math.abs(mean)).toBeLessThanOrEqual(6 * Math.sqrt(variance / episodes) + 1e-9 * scale);
        }
      };
      fc.assert(fc.property(all, withinRoles(roles), fc.nat(), check), { ...drawn, numRuns: 3 });
    });
  }
});

describe('the properties', () => {
  const spread = worlds.get('matrix-game');

  it('are seen to fail where a world does not keep them', () => {
    const favours: AnyEnv = {
      ...spread,
      step(state, actions, rewards, rng, params) {
        const ended = spread.step(state, actions, rewards, rng, params);
        rewards[0] += 1;
        return ended;
      },
    };
    const play = (env: AnyEnv) => {
      const params = env.params.parse({});
      const behaviours = [
        { bias: 1, pick: 0 },
        { bias: 1, pick: 1 },
      ];
      return [
        [0, 1],
        [1, 0],
      ].map((seats) => playSeated(env, params, behaviours, seats, 1)[0]);
    };
    // Who cooperates against a defector gets 0 in each of ten rounds, the defector 10: whoever sits where, unless seat 0 is favoured.
    expect(play(spread)).toEqual([
      [0, 100],
      [100, 0],
    ]);
    expect(play(favours)).toEqual([
      [10, 100],
      [110, 0],
    ]);
  });
});
