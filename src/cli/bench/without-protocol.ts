import { type AnyEnv, createStreams, Driver } from '#core';
import { randomActions } from './random-actions.ts';

/** Episodes whose mean length the other world takes over. */
const episodes = 64;

/**
 * A world with the same roles, observations, actions and length of episodes as a world of turns, in which nothing is said: no
 * conversation, no mask, nothing to see, nothing to gain. Whatever training costs more in the real one, its rules and its protocol cost.
 */
export function withoutProtocol(env: AnyEnv, params: unknown): AnyEnv {
  const length = meanLength(env, params);
  const { id, card, params: schema, roles } = env;
  return {
    id: `${id}-without-protocol`,
    card,
    params: schema,
    roles,
    init: () => ({ step: 0, agents: roles(params).reduce((sum, { count }) => sum + count, 0) }),
    acting: (state: { step: number; agents: number }, agent: number) => state.step % state.agents === agent,
    observe(_state: unknown, _agent: number, out: Float32Array) {
      out.fill(0.5);
    },
    step(state: { step: number }) {
      state.step++;
      return state.step >= length;
    },
  } as AnyEnv;
}

function meanLength(env: AnyEnv, params: unknown): number {
  const streams = createStreams('without protocol');
  const driver = new Driver(env, params, { envs: 1, autoreset: 'disabled', rng: () => streams.stream('env') });
  const act = randomActions(driver, streams.stream('policy'));
  let steps = 0;
  for (let episode = 0; episode < episodes; episode++) {
    driver.reset();
    while (!driver.isOver(0)) {
      act();
      driver.step();
      steps++;
    }
  }
  return Math.max(1, Math.round(steps / episodes));
}
