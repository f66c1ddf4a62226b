import { z } from 'zod';
import { type AnyEnv, layOutAgents, type Wrapper } from '#core';
import { playAtRandom } from '../random-play.ts';
import { sameWorld } from './inner-world.ts';
import { perParams } from './per-params.ts';

const options = z.strictObject({
  gamma: z.number().min(0).max(1).default(0.99).describe('Discount of the returns whose spread is measured.'),
  episodes: z.int().min(1).default(64).describe('Episodes of random play that are measured.'),
  seed: z.int().default(0).describe('Seed of those episodes.'),
});

type Options = z.infer<typeof options>;

/** Divides rewards by the spread of discounted returns under random play, so that value losses are of about 1. */
export const normaliseRewards: Wrapper<Options> = {
  id: 'normalise-rewards',
  card: {
    title: 'Normalised rewards',
    description:
      'All rewards are divided by one number: the deviation of discounted returns, R <- γR + r, over all agents and steps of random play of a fixed seed. What sums to zero, or is the same for all, stays so.',
    source: 'Gymnasium NormalizeReward, with the spread of random play in place of a running one.',
    shapes: 'Rewards [A] as before.',
  },
  changes: ['rewards'],
  options,

  wrap(env, chosen) {
    const spreadOf = perParams((params) => measure(env, params, chosen));
    return {
      ...sameWorld(env),
      declares(params) {
        const { rewardBounds, ...promises } = env.declares?.(params) ?? {};
        if (rewardBounds === undefined) return promises;
        const spread = spreadOf(params);
        return { ...promises, rewardBounds: [rewardBounds[0] / spread, rewardBounds[1] / spread] };
      },
      step(state, actions, rewards, rng, params) {
        const ended = env.step(state, actions, rewards, rng, params);
        const spread = spreadOf(params);
        for (let agent = 0; agent < rewards.length; agent++) rewards[agent] /= spread;
        return ended;
      },
    };
  },
};

/** The deviation of discounted returns so far; 1 where random play is never paid differently. */
function measure(env: AnyEnv, params: unknown, { gamma, episodes, seed }: Options): number {
  const { count } = layOutAgents(env, params);
  const running = new Float64Array(count);
  let [seen, mean, squares] = [0, 0, 0];
  playAtRandom(
    env,
    params,
    { episodes, seed },
    {
      begun: () => {
        running.fill(0);
      },
      stepped({ rewards }) {
        for (let agent = 0; agent < count; agent++) {
          running[agent] = gamma * running[agent] + rewards[agent];
          const before = running[agent] - mean;
          mean += before / ++seen;
          squares += before * (running[agent] - mean);
        }
      },
    },
  );
  return squares > 0 ? Math.sqrt(squares / seen + 1e-8) : 1;
}
