import { describe, expect, test } from 'vitest';
import { type AnyEnv, type Policy, PolityError } from '#core';
import { findPolicy, isFamily, policies } from '#policies';
import { bargaining } from '../../envs/bargaining.ts';
import { matrixGame } from '../../envs/matrix-game.ts';
import { simpleSpread } from '../../envs/simple-spread.ts';
import { play, seat, type Turn } from './play.ts';

const worlds: readonly { readonly env: AnyEnv; readonly params: object; readonly agents: number }[] = [
  { env: bargaining, params: {}, agents: 2 },
  { env: bargaining, params: { instances: 'generated', maxTurns: 3, discount: 0.9, probEnd: 0.1 }, agents: 2 },
  { env: matrixGame, params: {}, agents: 2 },
  { env: matrixGame, params: { game: 'chicken', view: 'seats', encoding: 'joint', endless: true }, agents: 2 },
  { env: simpleSpread, params: {}, agents: 3 },
  { env: simpleSpread, params: { agents: 4, continuous: true, landmarkNeighbours: 6, agentNeighbours: 2 }, agents: 4 },
];

/** The members that stand for the shelf: a family with an argument where it needs one. */
const minds: readonly Policy[] = policies.items.map((policy) =>
  isFamily(policy) ? findPolicy(policy.argument.example) : policy,
);

/** Whether a mind takes the seats of a world; a refusal has to be one that people can read. */
function plays(policy: Policy, { env, params, agents }: (typeof worlds)[number]): boolean {
  try {
    seat(env, params, Array(agents).fill(policy), 0);
    return true;
  } catch (error) {
    if (!(error instanceof PolityError)) throw error;
    expect(error.detail).toMatchObject({
      code: 'input',
      where: expect.stringContaining(`${policy.id} › ${env.id} › `),
    });
    expect(error.detail.got).toBeTruthy();
    expect(error.detail.expected).toBeTruthy();
    return false;
  }
}

const pairs = minds.flatMap((policy) =>
  worlds
    .filter((world) => plays(policy, world))
    .map((world) => ({ policy, world, name: `${policy.id} in ${world.env.id} ${JSON.stringify(world.params)}` })),
);

test('each mind plays in the worlds that its card names, and refuses the others', () => {
  for (const policy of minds) {
    for (const world of worlds) {
      const named = policy.card.worlds.includes('*') || policy.card.worlds.includes(world.env.id);
      // One action for all: where the action is a box, there is none.
      const boxed = policy.id.startsWith('always') && JSON.stringify(world.params).includes('continuous');
      expect(plays(policy, world), `${policy.id} in ${world.env.id}`).toBe(named && !boxed);
    }
  }
});

describe.each(pairs)('$name', ({ policy, world: { env, params, agents } }) => {
  const rival = (agent: number) => (agent === 0 ? policy : policies.get('random'));
  const seats = Array.from({ length: agents }, (_, agent) => rival(agent));
  test('makes only legal moves against the random policy, in either seat', () => {
    // The driver checks every action against space and mask.
    for (const order of [seats, [...seats].reverse()]) {
      for (const game of play(env, params, order, { episodes: 50 })) expect(game.length).toBeGreaterThan(0);
    }
  });

  test('plays the same from the same seed', () => {
    const twice = [0, 1].map(() => play(env, params, seats, { episodes: 5, seed: 'twice' }));
    expect(twice[0]).toEqual(twice[1]);
  });

  test.each([1, 2, 3])('goes on as it would have after a snapshot %d steps into an episode', (steps) => {
    for (let seed = 0; seed < 10; seed++) {
      const { interrupted, whole } = interrupt(env, params, seats, steps, seed);
      // Talks may be over by now, but never after the first offer; the other worlds go on for at least ten rounds.
      if (steps === 1 || env.id !== 'bargaining') expect(whole.length).toBeGreaterThan(0);
      expect(interrupted).toEqual(whole);
    }
  });
});

/** The rest of an episode, played through, and played after everything was kept as JSON, thrown off course and put back. */
function interrupt(env: AnyEnv, params: object, seats: readonly Policy[], steps: number, seed: number) {
  const whole = seat(env, params, seats, seed);
  const half = seat(env, params, seats, seed);
  for (const { driver, step } of [whole, half]) {
    driver.reset();
    for (let n = 0; n < steps; n++) step();
  }
  const kept = JSON.stringify(half.actors.map((actor) => actor.snapshot?.() ?? null));
  const moment = half.driver.snapshot(0);
  const streams = half.rngs.map((rng) => rng.state());
  half.actors.forEach((actor, agent) => {
    actor.begin(half.rowOf(agent));
  });
  half.step();
  half.driver.restore(0, moment);
  (JSON.parse(kept) as unknown[]).forEach((snapshot, agent) => {
    half.actors[agent].restore?.(snapshot);
    half.rngs[agent].restore(streams[agent]);
  });
  const rest = ({ driver, step }: typeof whole) => {
    const turns: Turn[] = [];
    for (let n = 0; n < 30 && driver.acting.includes(1); n++) step(turns);
    return turns;
  };
  return { whole: rest(whole), interrupted: rest(half) };
}

test('random takes every legal choice about equally often, and never another', () => {
  const mask = [0, 1, 1, 0, 1];
  const counts = [0, 0, 0, 0, 0];
  const { actors } = seat(simpleSpread, {}, Array(3).fill(policies.get('random')), 'even');
  const actions = new Float64Array(3);
  const observations = new Float32Array(3 * 18);
  for (let n = 0; n < 3000; n++) {
    const masks = Uint8Array.from([...mask, ...mask, ...mask]);
    actors[0].act({ rows: Int32Array.of(1), count: 1, observations, masks, actions });
    counts[actions[1]]++;
  }
  expect(counts[0] + counts[3]).toBe(0);
  // 1000 each, standard deviation sqrt(3000 * 1/3 * 2/3) = 25.8; five of them.
  for (const choice of [1, 2, 4]) expect(Math.abs(counts[choice] - 1000)).toBeLessThan(129);
});
