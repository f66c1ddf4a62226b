import { z } from 'zod';
import type { Algorithm } from './algorithm.ts';
import { QLearner } from './q-learner.ts';
import { replayBytesOf } from './replay-bytes.ts';
import { valueOptions, valueSchedules } from './value-options.ts';

const iqlOptions = z.strictObject({
  ...valueOptions.shape,
  hysteresis: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Weight of errors that would lower a value; below 1 for teams whose best joint action is shadowed'),
});

/**
 * Independent Q-learning: every policy learns the values of its own actions from its own rows, as if the others were part of the
 * world. With `hysteresis` below 1 it is hysteretic Q-learning: bad outcomes, which may be a partner's exploring, count less than
 * good ones, so that a joint action that pays only when both choose it can still be found.
 *
 * Source: Tan (1993), "Multi-agent reinforcement learning: independent vs. cooperative agents"; double Q: van Hasselt et al.
 * (2016); hysteresis: Matignon et al. (2007), "Hysteretic Q-learning", with networks Omidshafiei et al. (2017).
 */
export const iql: Algorithm<z.infer<typeof iqlOptions>> = {
  id: 'iql',
  card: {
    title: 'IQL, independent Q-learning',
    description: 'Action values learned from a replay, each policy for itself; optionally slow to lower them.',
    source: 'Tan 1993; van Hasselt et al. 2016 (arXiv 1509.06461); Matignon et al. 2007',
  },
  needs: {
    actions: ['discrete', 'multiDiscrete'],
    onPolicy: false,
    centralState: false,
    commonReward: false,
    memory: true,
  },
  options: iqlOptions,
  schedules: valueSchedules,
  // A moment of an independent learner is one row, so each policy has a replay of its own.
  replayBytes: (options, policies) =>
    policies.reduce((sum, sizes) => sum + replayBytesOf(options, [{ ...sizes, agents: 1 }]), 0),
  createLearner: (context) => new QLearner([context], 'none', context.options.hysteresis).learners[0],
};
