import { z } from 'zod';
import { type AnyEnv, box, type CheckOptions, defineEnv, discrete, type RuleId } from '#core';
import { type TowerParams, type TowerState, tower } from '../core/worlds.ts';

/** A turn-based world with everything in it that keeps every promise. */
export const good: AnyEnv = { ...tower, metrics: (state: TowerState) => ({ height: state.height }) };

/** Two birds that act at once for five steps; each is paid what the other chose. */
export interface Tick {
  t: number;
  readonly choices: number[];
}

export const tick = defineEnv<Tick, { order: number[] }>({
  id: 'tick',
  params: z.strictObject({ order: z.array(z.number()).default([2, 1]) }),
  roles: () => [{ name: 'bird', count: 2, observation: box([1], 0, 9), action: discrete(3) }],
  declares: () => ({ symmetric: true, rewardBounds: [0, 2] }),
  init: () => ({ t: 0, choices: [] }),
  observe(state, _agent, out) {
    out[0] = state.t;
  },
  step(state, actions, rewards) {
    state.t++;
    state.choices.push(actions[0], actions[1]);
    rewards[0] = actions[1];
    rewards[1] = actions[0];
    return state.t === 5;
  },
});

/** A broken world, the rule that it breaks, and what the message has to say. */
export type Case = [rule: RuleId, what: string, env: AnyEnv, message: string, options?: CheckOptions];

/** The good world with something else in its role. */
export const withRole = (change: object): AnyEnv => ({
  ...good,
  roles: (params: TowerParams) => tower.roles(params).map((role) => ({ ...role, ...change })),
});

/** A world with its step followed by something. */
export const afterStep = (
  base: AnyEnv,
  meddle: (state: never, rewards: Float64Array, actions: Float64Array) => void,
): AnyEnv => ({
  ...base,
  step(state, actions, rewards, rng, params) {
    const ended = base.step(state, actions, rewards, rng, params);
    meddle(state as never, rewards, actions);
    return ended;
  },
});
