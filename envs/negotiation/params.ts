import { z } from 'zod';
import { ruleIds } from '#protocol';

/** Most outcomes that a domain may have: utilities are worked out once for each of them. */
export const mostOutcomes = 1_000_000;
/** Most outcomes whose utilities fit into an observation. */
export const mostListedOutcomes = 4096;

const share = z.number().min(0).max(1);
const issueCount = z.int().min(1).max(12);
const valueCount = z.int().min(2).max(1000);

const additive = z.strictObject({
  kind: z.literal('additive').describe('A value for each option of each issue, added up by weight'),
  weights: z.array(z.number().min(0)).min(1).describe('What each issue counts for; divided by their sum.'),
  values: z.array(z.array(share).min(1)).min(1).describe('What each value of each issue is worth, 0 to 1.'),
});

const table = z.strictObject({
  kind: z.literal('table').describe('A value for each whole outcome'),
  utilities: z
    .array(share)
    .min(2)
    .describe('Utility of every outcome, 0 to 1; the last issue changes fastest from one to the next.'),
});

const constraints = z.strictObject({
  kind: z.literal('constraints').describe('Values of ranges that an outcome falls into, added up'),
  boxes: z
    .array(
      z.strictObject({
        from: z.array(z.int().min(0)).min(1).describe('Lowest value of each issue that lies within.'),
        to: z.array(z.int().min(0)).min(1).describe('Highest value of each issue that lies within.'),
        worth: z.number().min(0).describe('What an outcome within gains.'),
      }),
    )
    .min(1)
    .describe(
      'Boxes of outcomes; a utility is the worth of the boxes that an outcome lies in, over the most that any has.',
    ),
});

export const utilitySpec = z.discriminatedUnion('kind', [additive, table, constraints]);
export type UtilitySpec = z.infer<typeof utilitySpec>;

const given = z.strictObject({
  sizes: z.array(z.int().min(1).max(mostOutcomes)).min(1).max(20).describe('How many values each issue has.'),
  utilities: z.array(utilitySpec).min(2).describe('What outcomes are worth to each party.'),
  reserved: z.array(share).min(2).describe('What each party has without an agreement.'),
});
export type GivenDomain = z.infer<typeof given>;

const counts = <T extends z.ZodType<number>>(count: T) => z.union([count, z.tuple([count, count])]);
const shares = z.union([share, z.tuple([share, share])]);

const settings = z.strictObject({
  parties: z.int().min(2).max(8).default(2).describe('How many negotiate; all of them have to agree.'),
  face: z
    .enum(['outcomes', 'relative'])
    .default('outcomes')
    .describe(
      'How parties see and act. outcomes: they see what every outcome is worth to them and choose one; for small domains of one size. relative: they see utilities as shares of what can be gained and choose how much to ask for, whatever the domain; the outcome is found through a model of the others.',
    ),
  rounds: z.int().min(1).max(1000).default(20).describe('Rounds until the deadline; in each every party acts once.'),
  breakdown: share
    .default(0)
    .describe('Probability that the deadline comes after a round, unforeseen; 0: only the deadline that is known.'),
  discount: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('What an agreement is multiplied by for each round before its own.'),
  reward: z
    .union([z.enum(['utility', 'advantage', 'joint']), share])
    .default('utility')
    .describe(
      'What parties are paid at the end: their utility; its share of what they can gain over having no agreement; the mean of these shares; or a blend (0 is own, 1 is joint).',
    ),
  issues: counts(issueCount).default(3).describe('How many issues made-up domains have, or between what bounds.'),
  values: counts(valueCount).default(4).describe('How many values each issue has, or between what bounds.'),
  utilities: z
    .enum(['additive', 'table', 'constraints'])
    .default('additive')
    .describe('Made-up utilities: sums over issues, a number for each outcome, or boxes of outcomes that overlap.'),
  opposition: shares
    .default([0.2, 0.7])
    .describe('How far the nearest outcome is from the best for everybody (0: no conflict), or between what bounds.'),
  reserved: shares.default([0, 0.4]).describe('What parties have without an agreement, or between what bounds.'),
  domains: z.int().min(1).max(1_000_000).default(1000).describe('How many made-up domains an episode is drawn from.'),
  seed: z
    .union([z.string(), z.int()])
    .default('train')
    .describe('What they are made from: another seed, other domains.'),
  rules: z
    .array(z.enum(ruleIds))
    .default([])
    .describe(
      'Rules that close what breaks them: R1 nothing below the reserved value, R2 no offer twice, R3 no offer that asks for more, R4 only the standing offer is accepted. Face outcomes only; offers are then chosen as a whole.',
    ),
  fine: z
    .number()
    .min(0)
    .nullable()
    .default(null)
    .describe('Rules close nothing, but breaking one costs this much, taken from the reward. Null: they close.'),
  domain: given.nullable().default(null).describe('One domain in full, in place of made-up ones.'),
});

export type NegotiationParams = z.infer<typeof settings>;

/** Parameters of `negotiation`. */
export const negotiationParams = settings
  .refine((params) => outcomesOf(largestSizes(params)) <= mostOutcomes, {
    path: ['values'],
    message: `at most ${mostOutcomes} outcomes, values to the power of issues`,
  })
  .refine(
    ({ face, domain, issues, values }) => face === 'relative' || domain !== null || (one(issues) && one(values)),
    {
      path: ['face'],
      message: 'relative, where domains differ in their issues or values',
    },
  )
  .refine((params) => params.face === 'relative' || outcomesOf(largestSizes(params)) <= mostListedOutcomes, {
    path: ['face'],
    message: `relative, where there are more than ${mostListedOutcomes} outcomes`,
  })

  .refine(({ face, rules }) => face === 'outcomes' || rules.length === 0, {
    path: ['rules'],
    message: 'face: outcomes, where offers are chosen one by one',
  });

/** The largest domain that parameters can make: what messages have room for. */
export function largestSizes({ issues, values, domain }: NegotiationParams): readonly number[] {
  if (domain !== null) return domain.sizes;
  return Array.from({ length: boundsOf(issues)[1] }, () => boundsOf(values)[1]);
}

/** Two numbers as bounds, whether one was given or both. */
export function boundsOf(given: number | readonly [number, number]): readonly [number, number] {
  return typeof given === 'number' ? [given, given] : [Math.min(...given), Math.max(...given)];
}

function outcomesOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

function one(given: number | readonly [number, number]): boolean {
  const [least, most] = boundsOf(given);
  return least === most;
}
