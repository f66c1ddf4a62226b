import { z } from 'zod';
import { type BoxSpace, layOutAgents, partsOf, type Wrapper } from '#core';
import { isAlive, sameWorld } from './inner-world.ts';
import { perParams } from './per-params.ts';

const options = z.strictObject({
  act: z
    .boolean()
    .default(true)
    .describe('Whether agents that are not there go on acting, without effect, so that every step has as many rows.'),
});

/** Keeps the rows of agents that have left, or not yet come, until the episode ends: they see zeros and change nothing. */
export const deathMasking: Wrapper<z.infer<typeof options>> = {
  id: 'death-masking',
  card: {
    title: 'Death masking',
    description:
      'Agents that have left, or not come yet, stay in the episode: they see zeros, their first choices are the only legal ones and have no effect, and they are paid nothing of their own.',
    source: 'Yu et al. (2022), "The surprising effectiveness of PPO", §5: death masking; SuperSuit black_death_v3.',
    shapes: 'As before; the bounds of observations take in zero.',
  },
  changes: ['observations', 'rows'],
  options,

  wrap(env, { act }) {
    if (env.alive === undefined) return sameWorld(env);
    const { alive: _, ...world } = sameWorld(env);
    const setup = perParams((params) => {
      const { roles, roleOf } = layOutAgents(env, params);
      return { roleOf, parts: roles.map(({ action }) => (action.kind === 'box' ? [] : partsOf(action))) };
    });
    return {
      ...world,
      roles: (params) => env.roles(params).map((role) => ({ ...role, observation: withZero(role.observation) })),
      acting(state, agent, params) {
        if (!isAlive(env, state, agent, params)) return act;
        return env.acting === undefined || env.acting(state, agent, params);
      },
      observe(state, agent, out, params) {
        if (isAlive(env, state, agent, params)) env.observe(state, agent, out, params);
        else for (let i = 0; i < out.length; i++) out[i] = 0;
      },
      legal(state, agent, mask, params) {
        if (isAlive(env, state, agent, params)) {
          env.legal?.(state, agent, mask, params);
          return;
        }
        const { roleOf, parts } = setup(params);
        const sizes = parts[roleOf[agent]];
        let offset = 0;
        for (let part = 0; part < sizes.length; part++) {
          for (let i = 1; i < sizes[part]; i++) mask[offset + i] = 0;
          offset += sizes[part];
        }
      },
    };
  },
};

function withZero(space: BoxSpace): BoxSpace {
  return { ...space, low: space.low.map((low) => Math.min(0, low)), high: space.high.map((high) => Math.max(0, high)) };
}
