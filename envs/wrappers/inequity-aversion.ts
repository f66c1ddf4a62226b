import { z } from 'zod';
import { layOutAgents, type Wrapper } from '#core';
import { attendanceOf } from './attendance.ts';
import { type Holding, holdingWorld } from './inner-world.ts';

const options = z.strictObject({
  alpha: z.number().min(0).default(5).describe('What it costs to have less than others (disadvantageous inequity).'),
  beta: z.number().min(0).default(0.05).describe('What it costs to have more than others (advantageous inequity).'),
  gamma: z
    .number()
    .min(0)
    .max(1)
    .default(0.99)
    .describe('Discount of the learner, which past rewards are smoothed by.'),
  lambda: z
    .number()
    .min(0)
    .max(1)
    .default(0.975)
    .describe('How long past rewards are compared; 0 compares those of the present step alone (Fehr and Schmidt).'),
});

/** Shapes: smoothed [A], e of every agent. */
interface Averse extends Holding {
  readonly smoothed: Float64Array;
}

/** Makes agents mind having less, or more, than the others, by rewards that are smoothed over time. */
export const inequityAversion: Wrapper<z.infer<typeof options>> = {
  id: 'inequity-aversion',
  card: {
    title: 'Inequity aversion',
    description:
      'With e_i <- γλ e_i + r_i the smoothed rewards of N agents, everybody receives u_i = r_i - α/(N-1) Σ max(e_j - e_i, 0) - β/(N-1) Σ max(e_i - e_j, 0).',
    source:
      'Hughes et al. (2018), "Inequity aversion improves cooperation in intertemporal social dilemmas", equations 2 and 3; utility of Fehr and Schmidt (1999).',
    shapes: 'Rewards [A] as before.',
  },
  changes: ['rewards'],
  options,

  wrap(env, { alpha, beta, gamma, lambda }) {
    const attendance = attendanceOf(env);
    const decay = gamma * lambda;
    return {
      ...holdingWorld(env),
      declares(params) {
        const { rewardBounds, zeroSum: _, ...promises } = env.declares?.(params) ?? {};
        if (rewardBounds === undefined) return promises;
        const [low, high] = rewardBounds;
        // Somebody else has either less or more: at most the whole range, for as long as it is remembered.
        const apart = (high - low) / (1 - decay);
        const worst = Math.max(alpha, beta);
        return { ...promises, rewardBounds: [worst === 0 ? low : low - worst * apart, high] };
      },
      init: (params, rng): Averse => ({
        inner: env.init(params, rng),
        smoothed: new Float64Array(layOutAgents(env, params).count),
      }),
      step(state: Averse, actions, rewards, rng, params) {
        const list = attendance(params);
        list.before(state.inner, params);
        const ended = env.step(state.inner, actions, rewards, rng, params);
        list.after(state.inner, params);
        const { smoothed } = state;
        const { here } = list;
        const count = here.length;
        let taking = 0;
        for (let i = 0; i < count; i++) {
          smoothed[i] = decay * smoothed[i] + rewards[i];
          taking += here[i];
        }
        if (taking < 2) return ended;
        for (let i = 0; i < count; i++) {
          if (here[i] === 0) continue;
          let less = 0;
          let more = 0;
          for (let j = 0; j < count; j++) {
            if (here[j] === 0) continue;
            const apart = smoothed[j] - smoothed[i];
            if (apart > 0) less += apart;
            else more -= apart;
          }
          rewards[i] -= (alpha * less + beta * more) / (taking - 1);
        }
        return ended;
      },
    };
  },
};
