import { z } from 'zod';

const reference = z.string().min(1);
const opponent = z.union([
  reference.transform((policy) => ({ policy, weight: 1 })),
  z.strictObject({ policy: reference, weight: z.number().positive().default(1) }),
]);

const seat = z.strictObject({
  policy: reference.describe('learner, or a registered policy'),
  opponents: z.array(opponent).default([]).describe('Who plays the other seats of the role, drawn every episode'),
  selfPlay: z.number().min(0).max(1).default(0.5).describe('Share of episodes that the learner plays with itself'),
});

/** An experiment file as people write it; what is left out gets its default. */
export const experimentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/, 'expected small letters, digits, dots and dashes')
    .describe('Folder under results/'),
  description: z.string().default('').describe('The question'),
  env: z
    .strictObject({
      id: reference,
      params: z.record(z.string(), z.unknown()).default({}).describe("The world's own parameters"),
      timeLimitSteps: z.int().min(1).nullable().default(null).describe("Overrides the world's time limit"),
    })
    .describe('The world'),
  seats: z.record(z.string(), seat).optional().describe('Who sits in each role; absent: learners everywhere'),
  policy: z
    .strictObject({
      network: z.looseObject({ architecture: z.string().default('mlp') }).prefault({}),
      sharing: z.enum(['role', 'agent', 'all']).default('role'),
      normaliseObservations: z.boolean().default(false),
    })
    .prefault({}),
  learner: z.looseObject({ algorithm: z.string().default('ppo') }).prefault({}),
  rollout: z
    .strictObject({
      envs: z.int().min(1).default(64),
      steps: z.int().min(1).default(128),
      shards: z.int().min(1).default(8),
    })
    .prefault({}),
  budget: z.strictObject({
    envSteps: z.int().min(1).nullable().default(null),
    seconds: z.number().positive().nullable().default(null),
    target: z.strictObject({ metric: z.string(), atLeast: z.number() }).nullable().default(null),
  }),
  evaluation: z
    .strictObject({
      everyEnvSteps: z.int().min(1).optional().describe('Absent: a twentieth of the budget'),
      episodes: z.int().min(1).default(256),
      opponents: z.array(reference).default(['random']),
      greedy: z.boolean().default(false),
      replays: z.int().min(0).default(32),
    })
    .prefault({}),
  checkpoint: z.strictObject({ everyUpdates: z.int().min(1).default(20) }).prefault({}),
  engine: z
    .strictObject({ kind: z.enum(['simd']).default('simd'), kernels: z.enum(['auto', 'portable']).default('auto') })
    .prefault({}),
  seed: z.union([z.int(), z.string()]).default(1),
});
