import { z } from 'zod';
import { schedule } from './schedule-option.ts';

/** What all learners of action values have in common. */
export const valueOptions = z.strictObject({
  learningRate: schedule(0, 1).default(5e-4).describe('Step size of Adam; a number or a formula in progress'),
  gamma: z.number().min(0).max(1).default(0.99).describe('Discount of the next turn'),
  epsilon: schedule(0, 1)
    .default('max(0.05, 1 - 4.75 * progress)')
    .describe('Probability of a random action; a number or a formula in progress'),
  replayMoments: z.int().min(1).default(50_000).describe('Moments that the replay holds, over all shards'),
  warmUpMoments: z.int().min(1).default(1000).describe('Moments that the replay must hold before learning begins'),
  batchMoments: z.int().min(1).default(256).describe('Moments of a gradient step, over all shards'),
  sequenceSteps: z
    .int()
    .min(1)
    .max(1024)
    .default(16)
    .describe('Moments of the sequences that networks with memory are replayed in'),
  stepsPerUpdate: z.int().min(1).default(16).describe('Gradient steps after each rollout'),
  targetTau: z.number().positive().max(1).default(0.02).describe('Share by which target networks follow after a step'),
  doubleQ: z
    .boolean()
    .default(true)
    .describe('Let the online network choose the action that the target network values'),
  huberDelta: z.number().positive().nullable().default(1).describe('Where the loss turns linear; null: never'),
  maxGradNorm: z.number().positive().nullable().default(10).describe('Limit of the norm of all gradients together'),
});

export type ValueOptions = z.infer<typeof valueOptions>;

/** Options that may be formulas. */
export const valueSchedules = ['learningRate', 'epsilon'] as const;
