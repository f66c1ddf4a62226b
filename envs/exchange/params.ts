import { z } from 'zod';

export const exchangeParams = z
  .strictObject({
    buyers: z.int().min(1).max(50).default(3).describe('How many buy.'),
    sellers: z.int().min(1).max(50).default(3).describe('How many sell.'),
    units: z.int().min(1).max(10).default(1).describe('How many units each can trade, one at a time.'),
    highestPrice: z
      .int()
      .min(1)
      .max(1000)
      .default(20)
      .describe('The highest price that can be quoted; values and costs are drawn from 0 up to it.'),
    turns: z
      .int()
      .min(1)
      .max(10_000)
      .default(60)
      .describe('Turns until the market closes; each is that of a trader drawn at random.'),
    losses: z
      .enum(['open', 'masked', 'priced'])
      .default('open')
      .describe('Prices at which a trader would lose (rule R1): open to it, masked, or open and fined.'),
    fine: z
      .number()
      .min(0)
      .default(1)
      .describe('What a trader pays for each act that would lose, where they are priced.'),
  })
  .describe('A market of private values.');

export type ExchangeParams = z.infer<typeof exchangeParams>;
