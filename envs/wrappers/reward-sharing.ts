import { z } from 'zod';
import { type AnyEnv, type Declarations, layOutAgents, type Wrapper } from '#core';
import { attendanceOf } from './attendance.ts';
import { sameWorld } from './inner-world.ts';

const options = z.strictObject({
  prosociality: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('w: 0 pays everybody their own reward, 1 the same to all.'),
  of: z.enum(['mean', 'sum']).default('mean').describe('What is shared: the mean of all rewards, or their sum.'),
});

/** Pays a blend of one's own reward and everybody's: the axis from selfish to prosocial. */
export const rewardSharing: Wrapper<z.infer<typeof options>> = {
  id: 'reward-sharing',
  card: {
    title: 'Reward sharing',
    description: 'Everybody receives (1 - w) times their own reward and w times the mean (or the sum) of all.',
    source:
      'A weighted sum of own and shared reward; such agents are studied by Peysakhovich and Lerer (2018), "Prosocial learning agents solve generalized stag hunts better than selfish ones".',
    shapes: 'Rewards [A] as before.',
  },
  changes: ['rewards'],
  options,

  wrap(env, { prosociality, of }) {
    const attendance = attendanceOf(env);
    return {
      ...sameWorld(env),
      declares: (params) => blendBounds(env, params, prosociality, of),
      step(state, actions, rewards, rng, params) {
        const list = attendance(params);
        list.before(state, params);
        const ended = env.step(state, actions, rewards, rng, params);
        list.after(state, params);
        shareRewards(rewards, list.here, prosociality, of === 'sum');
        return ended;
      },
    };
  },
};

/** r_i <- (1 - w) r_i + w · mean (or sum) of the rewards of those who take part. Shapes: rewards, here [A]. */
export function shareRewards(rewards: Float64Array, here: Uint8Array, weight: number, sum: boolean): void {
  let total = 0;
  let taking = 0;
  for (let agent = 0; agent < here.length; agent++) {
    if (here[agent] === 0) continue;
    total += rewards[agent];
    taking++;
  }
  const shared = sum ? total : total / taking;
  for (let agent = 0; agent < here.length; agent++) {
    if (here[agent] === 1) rewards[agent] = weight === 1 ? shared : (1 - weight) * rewards[agent] + weight * shared;
  }
}

/** What a world still promises when its rewards are shared. */
export function blendBounds(env: AnyEnv, params: unknown, weight: number, of: 'mean' | 'sum'): Declarations {
  const { rewardBounds, ...declared } = env.declares?.(params) ?? {};
  const promises = { ...declared, ...(weight === 1 ? { commonReward: true } : {}) };
  if (rewardBounds === undefined) return promises;
  const [low, high] = rewardBounds;
  if (of === 'mean') return { ...promises, rewardBounds };
  const { count } = layOutAgents(env, params);
  // Of those who take part there are between one and all.
  const sums = [Math.min(low, count * low), Math.max(high, count * high)] as const;
  const blend = (own: number, shared: number) =>
    (weight === 1 ? 0 : (1 - weight) * own) + (weight === 0 ? 0 : weight * shared);
  return { ...promises, rewardBounds: [blend(low, sums[0]), blend(high, sums[1])] };
}
