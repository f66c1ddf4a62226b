import { z } from 'zod';
import { schedule } from './schedule-option.ts';

/** The options of `ppo` and of what is built on it. */
export const ppoOptions = z.strictObject({
  learningRate: schedule(0, 1).default(5e-4).describe('Step size of Adam; a number or a formula in progress'),
  epochs: z.int().min(1).default(4).describe('Passes over every rollout'),
  minibatches: z.int().min(1).default(4).describe('Gradient steps a pass'),
  gamma: z.number().min(0).max(1).default(0.99).describe('Discount of the next turn'),
  gaeLambda: z.number().min(0).max(1).default(0.95).describe('Lambda of the advantage estimates'),
  clip: schedule(0, 1).default(0.2).describe('How far the probability ratio may move from 1'),
  entropyWeight: schedule(0, 10).default(0.01).describe('Weight of the entropy bonus'),
  valueWeight: z.number().min(0).default(0.5).describe('Weight of the value loss'),
  valueClip: z.number().positive().nullable().default(null).describe('How far a value may move; null: no limit'),
  huberDelta: z.number().positive().nullable().default(null).describe('Where the value loss turns linear; null: never'),
  maxGradNorm: z.number().positive().nullable().default(0.5).describe('Limit of the norm of all gradients together'),
  normaliseAdvantages: z
    .boolean()
    .default(true)
    .describe('Mean 0 and deviation 1 over an update; deviations below 1 % of the returns are not stretched'),
  normaliseValues: z.boolean().default(false).describe('Let the critic learn returns of running mean 0, deviation 1'),
  targetKl: z.number().positive().nullable().default(null).describe('Stop the passes above this divergence'),
  adamEpsilon: z.number().positive().default(1e-5).describe('Epsilon of Adam'),
});

export type PpoOptions = z.infer<typeof ppoOptions>;
