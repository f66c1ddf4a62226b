import { z } from 'zod';
import { defineProtocol } from '../protocol.ts';
import type { RuleView } from '../rule.ts';

/** Parties take turns: each offers an outcome, accepts the one on the table, or ends it all. */
export const alternatingOffers = defineProtocol({
  id: 'alternating-offers',
  card: {
    title: 'Stacked alternating offers',
    description:
      'Two or more parties speak in turns. Each offers an outcome, accepts the offer on the table, or ends the negotiation. It is a deal when all others have accepted the same offer, wherever a round began; a new offer drops earlier acceptances. The last offer before the deadline is never answered.',
    source:
      'Aydoğan et al. (2017), "Alternating offers protocols for multilateral negotiation"; details as observed of NegMAS 0.16.',
  },
  options: z.strictObject({
    parties: z.int().min(2).max(50).default(2).describe('How many parties negotiate.'),
    issues: z.array(z.int().min(2)).min(1).default([11]).describe('How many values each issue has.'),
    rounds: z.int().min(1).default(20).describe('Rounds until the deadline; in each every party speaks once.'),
    offeringIsAccepting: z.boolean().default(true).describe('Whether the one who made an offer need not accept it.'),
    oneActARound: z.boolean().default(false).describe('Whether a round is over after a single act.'),
    rejectedMayReturn: z.boolean().default(true).describe('Whether an offer may repeat the one that it turns down.'),
  }),
  declare: ({ parties, issues, rounds, offeringIsAccepting, oneActARound, rejectedMayReturn }) => ({
    roles: [{ name: 'party', count: parties }],
    order: 'ring',
    parameters: {
      offer: { says: 'number of the offer', key: true },
      outcome: {
        says: 'a value for each issue',
        content: z.tuple(
          issues.map((values) =>
            z
              .int()
              .min(0)
              .max(values - 1),
          ) as [z.ZodInt],
        ),
        under: 'offer',
      },
    },
    states: [
      { name: 'opening' },
      { name: 'standing' },
      { name: 'agreed', ends: 'success' },
      { name: 'ended', ends: 'failure' },
      { name: 'timed-out', ends: 'failure' },
    ],
    moves: [
      {
        id: 'offer',
        performative: 'propose',
        by: 'party',
        from: ['opening', 'standing'],
        to: 'standing',
        out: ['offer', 'outcome'],
      },
      {
        id: 'accept',
        performative: 'accept-proposal',
        by: 'party',
        from: ['standing'],
        to: 'standing',
        onceAll: 'agreed',
        countsAll: !offeringIsAccepting,
        in: ['offer'],
      },
      { id: 'end', performative: 'cancel', by: 'party', from: ['opening', 'standing'], to: 'ended' },
    ],
    rules: rejectedMayReturn ? [] : [notTheRejected],
    deadline: { ticks: oneActARound ? rounds : rounds * parties, to: 'timed-out' },
  }),
});

const notTheRejected = {
  id: 'not-the-rejected',
  says: 'An offer is another one than the one it turns down.',
  moves: ['offer'],
  parameter: 'outcome',
  permits: (view: RuleView, value: number) =>
    !view.inState(view.thread, 'standing') || view.value(view.thread, 'outcome') !== value,
};
