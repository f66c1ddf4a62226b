import { z } from 'zod';
import { box, createStreams, Driver, type DriverOptions, defineEnv, discrete, type EnvDef, multiDiscrete } from '#core';

/** One guess at a side that is seen: right is worth 1, and the game is over. */
export const coin = defineEnv<{ side: number }>({
  id: 'coin',
  roles: () => [{ name: 'guesser', count: 1, observation: box([1], 0, 1), action: discrete(2) }],
  init: (_params, rng) => ({ side: rng.integer(0, 2) }),
  observe(state, _agent, out) {
    out[0] = state.side;
  },
  step(state, actions, rewards) {
    rewards[0] = actions[0] === state.side ? 1 : 0;
    return true;
  },
});

export interface TowerParams {
  /** Height at which the game ends. */
  readonly top: number;
  readonly limit: number;
}

export interface TowerState {
  height: number;
  mover: number;
  last: number;
}

/**
 * Two builders take turns to put 0, 1 or 2 blocks (never what the other has just put) on a tower. The mover is paid the
 * blocks, the other one a tenth of them; at `top` the mover is paid 10 more.
 */
export const tower: EnvDef<TowerParams, TowerState> = defineEnv<TowerState, TowerParams>({
  id: 'tower',
  params: z.strictObject({ top: z.int().min(1).default(5), limit: z.int().min(1).default(20) }),
  roles: ({ top }) => [{ name: 'builder', count: 2, observation: box([2], 0, top + 2), action: discrete(3) }],
  timeLimitSteps: ({ limit }) => limit,
  init: () => ({ height: 0, mover: 0, last: -1 }),
  acting: (state, agent) => agent === state.mover,
  observe(state, agent, out) {
    out[0] = state.height;
    out[1] = agent === state.mover ? 1 : 0;
  },
  legal(state, _agent, mask) {
    if (state.last >= 0) mask[state.last] = 0;
  },
  step(state, actions, rewards, _rng, { top }) {
    const { mover } = state;
    const blocks = actions[mover];
    state.height += blocks;
    state.last = blocks;
    state.mover = 1 - mover;
    const done = state.height >= top;
    rewards[mover] = blocks + (done ? 10 : 0);
    rewards[1 - mover] = blocks / 10;
    return done;
  },
  stateSize: () => 2,
  stateVector(state, out) {
    out[0] = state.height;
    out[1] = state.mover;
  },
  metrics: (state) => ({ height: state.height, perMover: state.height / 0 }),
  outcome: (state) => ({ game: { labels: [['0', '1', String(state.height)], ['0']] } }),
  text: (state, agent) => `builder ${agent}, height ${state.height}`,
  draw: (state) => ({
    width: 1,
    height: 10,
    shapes: [{ kind: 'rect', x: 0, y: 0, width: 1, height: state.height, fill: 'agent0' }],
  }),
});

export interface HallState {
  clock: number;
}

/**
 * Three guests; guest 0 leaves after step 1 with a goodbye of 5, guest 2 joins after step 2 with a welcome of 3, and the hall
 * closes after step 4. Everybody there is paid the number of the step.
 */
export const hall = defineEnv<HallState>({
  id: 'hall',
  roles: () => [{ name: 'guest', count: 3, observation: box([1], 1, 9), action: multiDiscrete([2, 3]) }],
  init: () => ({ clock: 0 }),
  alive: ({ clock }, agent) => (agent === 0 ? clock < 1 : agent === 1 || clock >= 2),
  observe(state, _agent, out) {
    out[0] = state.clock + 1;
  },
  step(state, _actions, rewards) {
    state.clock++;
    if (state.clock === 1) rewards[0] = 5;
    rewards[1] = state.clock;
    if (state.clock >= 2) rewards[2] = state.clock === 2 ? 3 : state.clock;
    return state.clock === 4;
  },
});

/** A walk on a line by throws of dice, with a box action that is added to it; never ends by itself. */
export const walk = defineEnv<{ place: number }>({
  id: 'walk',
  roles: () => [
    {
      name: 'walker',
      count: 1,
      observation: box([1], Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
      action: box([2], -1, 1),
    },
  ],
  init: (_params, rng) => ({ place: rng.random() }),
  observe(state, _agent, out) {
    out[0] = state.place;
  },
  step(state, actions, rewards, rng) {
    state.place += rng.uniform(-1, 1) + actions[0] + actions[1];
    rewards[0] = state.place;
    return false;
  },
});

/** A driver that is reset, with every env on its own stream. */
export function driverOf<P, S>(
  env: EnvDef<P, S>,
  params: object = {},
  options: Partial<DriverOptions> = {},
): Driver<P, S> {
  const driver = new Driver(env, env.params.parse(params), {
    rng: (e) => createStreams(1).stream(`env/${e}`),
    ...options,
  });
  driver.reset();
  return driver;
}
