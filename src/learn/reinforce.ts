import { z } from 'zod';
import { A2cLearner, type A2cOptions, a2c, a2cOptions } from './a2c.ts';
import type { Algorithm } from './algorithm.ts';

const reinforceOptions = z.strictObject({
  ...a2cOptions.shape,
  gaeLambda: z.literal(1).default(1).describe('Always 1: whole returns'),
  entropyWeight: a2cOptions.shape.entropyWeight.default(0),
});

/**
 * REINFORCE with a learned baseline: each action is weighted with the whole return that followed it, less what was expected.
 * Where a rollout ends before its episode does, the baseline stands in for the rest.
 *
 * Source: Williams (1992), "Simple statistical gradient-following algorithms for connectionist reinforcement learning";
 * baseline: Sutton and Barto (2018), section 13.4.
 */
export const reinforce: Algorithm<A2cOptions> = {
  ...a2c,
  id: 'reinforce',
  card: {
    title: 'REINFORCE with baseline, independent learners',
    description: 'Policy gradient with whole returns; one step on each rollout.',
    source: 'Williams 1992; Sutton and Barto 2018, section 13.4',
  },
  options: reinforceOptions,
  createLearner: (context) => new A2cLearner(context),
};
