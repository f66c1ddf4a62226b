import { z } from 'zod';

export const taskMarketParams = z.strictObject({
  workshops: z.int().min(1).max(20).default(3).describe('How many workshops can be called.'),
  jobs: z.int().min(1).max(14).default(4).describe('Jobs of an episode, called one after the other.'),
  capacity: z
    .tuple([z.int().min(0).max(14), z.int().min(0).max(14)])
    .default([1, 2])
    .describe('Jobs that a workshop can do in an episode: drawn between these.'),
  highestCost: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('Hours that a job takes a workshop, each costing it 1: drawn from 1 to this for every pair.'),
  highestPrice: z.int().min(1).max(1000).default(20).describe('The highest price that can be named; the lowest is 0.'),
  jobValue: z.number().min(0).default(20).describe('What the manager gets for a job that is done.'),
  protocol: z
    .enum(['contract-net', 'iterated-contract-net', 'subcontract-net'])
    .default('contract-net')
    .describe(
      'Whether the manager can only take or leave a proposal, or call the same workshop again; or all is said in the open, and jobs and claims to them can be passed on.',
    ),
  calls: z.int().min(2).max(10).default(3).describe('Calls of a workshop for one job, where it can be called again.'),
  breakPrice: z
    .number()
    .min(0)
    .default(5)
    .describe('What a workshop pays the manager for a job that was accepted and is not done.'),
  promises: z
    .enum(['open', 'masked', 'priced'])
    .default('open')
    .describe('Proposals by a workshop without capacity (rule R6): open to it, masked, or open and fined.'),
  fine: z.number().min(0).default(1).describe('What a workshop pays for each such proposal, where they are priced.'),
});

export type TaskMarketParams = z.infer<typeof taskMarketParams>;
