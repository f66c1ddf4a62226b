import { z } from 'zod';
import type { Wrapper } from '#core';
import { attendanceOf } from './attendance.ts';
import { sameWorld } from './inner-world.ts';
import { blendBounds, shareRewards } from './reward-sharing.ts';

const options = z.strictObject({
  of: z
    .enum(['mean', 'sum'])
    .default('mean')
    .describe('What everybody receives: the mean of all rewards, or their sum.'),
});

/** Pays everybody the same, so that learners of a common reward (VDN, QMIX) can train in any world. */
export const commonReward: Wrapper<z.infer<typeof options>> = {
  id: 'common-reward',
  card: {
    title: 'Common reward',
    description:
      'Everybody who takes part in a step receives the mean (or the sum) of what all of them would have received.',
    source: 'The team reward of a Dec-POMDP: Oliehoek and Amato (2016), §2.3; as EPyMARL and BenchMARL share rewards.',
    shapes: 'Rewards [A] as before, all equal.',
  },
  changes: ['rewards'],
  options,

  wrap(env, { of }) {
    const attendance = attendanceOf(env);
    return {
      ...sameWorld(env),
      declares: (params) => ({ ...blendBounds(env, params, 1, of), commonReward: true }),
      step(state, actions, rewards, rng, params) {
        const list = attendance(params);
        list.before(state, params);
        const ended = env.step(state, actions, rewards, rng, params);
        list.after(state, params);
        shareRewards(rewards, list.here, 1, of === 'sum');
        return ended;
      },
    };
  },
};
