import { z } from 'zod';
import { shippedCount } from './instances.ts';
import { maxItemValue, maxPoolItems } from './offers.ts';

const quantity = z.int().min(0).max(maxPoolItems);
const value = z.int().min(0).max(maxItemValue);
const instanceNumber = z
  .int()
  .min(0)
  .max(shippedCount - 1);

const range = z
  .strictObject({
    from: instanceNumber.describe('First instance, counted from 0.'),
    to: z.int().min(1).max(shippedCount).describe('End of the range, not included.'),
  })
  .refine(({ from, to }) => from < to, { message: '`from` below `to`' });

const given = z.strictObject({
  pool: z
    .tuple([quantity, quantity, quantity])
    .refine((pool) => sum(pool) >= 1 && sum(pool) <= maxPoolItems, { message: `1 to ${maxPoolItems} items in all` })
    .describe('How many books, hats and balls there are.'),
  values: z
    .tuple([z.tuple([value, value, value]), z.tuple([value, value, value])])
    .describe('What a book, a hat and a ball are worth to the first and to the second party.'),
});

/** Parameters of `bargaining`. */
export const bargainingParams = z.strictObject({
  instances: z
    .union([z.enum(['all', 'generated']), range, z.array(instanceNumber).min(1), given])
    .default('all')
    .describe(
      'What may be bargained over: OpenSpiel’s 1000 instances, everything its generator can draw, a range of the 1000 ({ from: 0, to: 800 } to train, { from: 800, to: 1000 } to test), a list of their numbers, or one instance { pool, values }.',
    ),
  maxTurns: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('Offers until the talk ends; the last offer cannot be accepted.'),
  discount: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('Utilities are multiplied by this once for each move from the third on.'),
  probEnd: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Probability that the talk breaks down after an offer, from the second offer on.'),
  reward: z
    .union([z.enum(['own', 'joint']), z.number().min(0).max(1)])
    .default('own')
    .describe(
      'What the parties learn from: own utility, the mean of both, or a blend (0 is own, 1 is joint); their sum stays the same.',
    ),
});

export type BargainingParams = z.infer<typeof bargainingParams>;

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
