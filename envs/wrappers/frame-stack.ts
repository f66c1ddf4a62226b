import { z } from 'zod';
import { type BoxSpace, layOutAgents, type Wrapper } from '#core';
import { type Holding, holdingWorld, isAlive } from './inner-world.ts';
import { fieldsOf } from './observation-fields.ts';
import { perParams } from './per-params.ts';

const options = z.strictObject({
  frames: z.int().min(2).max(64).default(4).describe('F: how many observations are seen at once.'),
  fill: z
    .enum(['first', 'zeros'])
    .default('first')
    .describe('What stands for the time before the episode: its first observation again, or zeros.'),
});

/** Shapes: seen[role] [count, F, O], the oldest first; begun [A], 1 for agents that have been part of the episode. */
interface Stack extends Holding {
  readonly seen: readonly Float32Array[];
  readonly begun: Uint8Array;
}

/** Shows the last few observations instead of the last one: a short memory for networks without one. */
export const frameStack: Wrapper<z.infer<typeof options>> = {
  id: 'frame-stack',
  card: {
    title: 'Frame stack',
    description:
      'Every agent sees its observations of the last steps of the world, oldest first. The state vector is as before.',
    source: 'Mnih et al. (2015), preprocessing; Gymnasium FrameStackObservation, SuperSuit frame_stack_v1.',
    shapes: 'Observations [..] become [F, ..].',
  },
  changes: ['observations'],
  options,

  wrap(env, { frames, fill }) {
    const setup = perParams((params) => {
      const layout = layOutAgents(env, params);
      // Room for one observation: every use writes it anew.
      return { layout, rows: layout.roles.map((role) => new Float32Array(role.observationSize)) };
    });

    /** Takes in what every agent sees now. */
    const look = (state: Stack, params: unknown) => {
      const { layout, rows } = setup(params);
      for (let agent = 0; agent < layout.count; agent++) {
        if (!isAlive(env, state.inner, agent, params)) continue;
        const r = layout.roleOf[agent];
        const row = rows[r];
        const seen = state.seen[r];
        const size = row.length;
        const from = (agent - layout.roles[r].first) * frames * size;
        const newest = from + (frames - 1) * size;
        env.observe(state.inner, agent, row, params);
        if (state.begun[agent] === 0) {
          state.begun[agent] = 1;
          for (let i = from; i < newest; i++) seen[i] = fill === 'zeros' ? 0 : row[(i - from) % size];
        } else {
          seen.copyWithin(from, from + size, newest + size);
        }
        for (let i = 0; i < size; i++) seen[newest + i] = row[i];
      }
    };

    return {
      ...holdingWorld(env),
      roles: (params) =>
        env.roles(params).map((role) => ({ ...role, observation: stacked(role.observation, frames, fill) })),
      init(params, rng): Stack {
        const { layout } = setup(params);
        const seen = layout.roles.map((role) => new Float32Array(role.count * frames * role.observationSize));
        const state = { inner: env.init(params, rng), seen, begun: new Uint8Array(layout.count) };
        look(state, params);
        return state;
      },
      observe(state: Stack, agent, out, params) {
        const { layout } = setup(params);
        const r = layout.roleOf[agent];
        const { first, observationSize } = layout.roles[r];
        const length = frames * observationSize;
        const from = (agent - first) * length;
        for (let i = 0; i < length; i++) out[i] = state.seen[r][from + i];
      },
      step(state: Stack, actions, rewards, rng, params) {
        const ended = env.step(state.inner, actions, rewards, rng, params);
        look(state, params);
        return ended;
      },
    };
  },
};

/** The newest observation keeps the names of its fields; `place[-1]` is `place` one step before. */
function stacked(space: BoxSpace, frames: number, fill: 'first' | 'zeros'): BoxSpace {
  const size = space.low.length;
  const repeat = (bounds: Float32Array, hold: (bound: number) => number) =>
    Float32Array.from({ length: frames * size }, (_, i) => hold(bounds[i % size]));
  const ages = Array.from({ length: frames }, (_, f) => frames - 1 - f);
  return {
    kind: 'box',
    shape: [frames, ...space.shape],
    low: repeat(space.low, (low) => (fill === 'zeros' ? Math.min(0, low) : low)),
    high: repeat(space.high, (high) => (fill === 'zeros' ? Math.max(0, high) : high)),
    fields: ages.flatMap((age) =>
      fieldsOf(space).map(({ name, size }) => ({ name: age === 0 ? name : `${name}[-${age}]`, size })),
    ),
  };
}
