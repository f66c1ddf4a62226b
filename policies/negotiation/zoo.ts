import type { Policy } from '#core';
import { timeBasedBargainers } from '../bargaining/time-based.ts';
import { micro as microStrategy } from './micro.ts';
import { defineNegotiator, negotiates } from './negotiator.ts';
import { hardHeaded as hardHeadedStrategy, hybrid as hybridStrategy, timeBased } from './time-based.ts';
import * as imitating from './tit-for-tat.ts';

const faratin = 'Faratin, Sierra and Jennings (1998), "Negotiation decision functions for autonomous agents"';
const negmas = 'as observed of NegMAS 0.16';

/** A time-based party plays both worlds in which one concedes over time. */
export const boulware = inBoth(timeBasedBargainers.boulware, 4);
export const linear = inBoth(timeBasedBargainers.linear, 1);
export const conceder = inBoth(timeBasedBargainers.conceder, 0.25);

export const hardHeaded = defineNegotiator(
  'hard-headed',
  {
    title: 'Hard-headed',
    description: 'Asks for its best outcome to the end and accepts nothing less.',
    source: `The limit of time-based tactics (${faratin}); ToughNegotiator ${negmas}.`,
  },
  hardHeadedStrategy,
);

export const relativeTitForTat = defineNegotiator(
  'relative-tit-for-tat',
  {
    title: 'Relative tit-for-tat',
    description: 'Begins at its best outcome and then asks for less by the share by which the others ask for less.',
    source: faratin,
  },
  imitating.relativeTitForTat,
);

export const absoluteTitForTat = defineNegotiator(
  'absolute-tit-for-tat',
  {
    title: 'Absolute tit-for-tat',
    description: 'Begins at its best outcome and then gives way by as much as the others do.',
    source: faratin,
  },
  imitating.absoluteTitForTat,
);

export const averagedTitForTat = defineNegotiator(
  'averaged-tit-for-tat',
  {
    title: 'Averaged tit-for-tat',
    description: 'Gives way by the share by which the others have given way a turn over their last four offers.',
    source: faratin,
  },
  imitating.averagedTitForTat,
);

export const niceTitForTat = defineNegotiator(
  'nice-tit-for-tat',
  {
    title: 'Nice tit-for-tat',
    description:
      'Concedes towards the outcome that it thinks is fair as far as the others have come towards it; near the deadline it goes on alone.',
    source:
      'Baarslag, Hindriks and Jonker (2013), "A tit for tat negotiation strategy for real-time bilateral negotiations", with a Bayesian model of the others (Hindriks and Tykhonov 2008).',
  },
  imitating.niceTitForTat,
);

export const naiveTitForTat = defineNegotiator(
  'naive-tit-for-tat',
  {
    title: 'Naive tit-for-tat',
    description:
      'Answers what the offer on the table brings it with as much of a concession; takes half of what can be gained from the second round on.',
    source: `NaiveTitForTatNegotiator(must_concede=False) ${negmas}.`,
  },
  imitating.naiveTitForTat,
);

export const yieldingTitForTat = defineNegotiator(
  'yielding-tit-for-tat',
  {
    title: 'Yielding tit-for-tat',
    description:
      'Naive tit-for-tat that gives way in its second and third round whatever it is offered, by as little as two of its outcomes differ.',
    source: `NaiveTitForTatNegotiator() ${negmas}.`,
  },
  imitating.yieldingTitForTat,
);

export const micro = defineNegotiator(
  'micro',
  {
    title: 'MiCRO',
    description:
      'Offers its outcomes from the best down, a new one for each new one that it is offered; else repeats itself.',
    source: `de Jonge (2022), "An analysis of the linear bilateral ANAC domains using the MiCRO benchmark strategy", IJCAI; details ${negmas}.`,
  },
  microStrategy,
);

export const hybrid = defineNegotiator(
  'hybrid',
  {
    title: 'Hybrid',
    description:
      'A Bézier curve over time mixed with imitation of the last offers of the others: imitation early, the clock late.',
    source: 'Keskin, Buzcu and Aydoğan (2023), "Conflict-based negotiation strategy for human-agent negotiation".',
  },
  hybridStrategy,
);

function inBoth(bargainer: Policy, exponent: number): Policy {
  const { id, card } = bargainer;
  const negotiator = defineNegotiator(id, card, timeBased(exponent));
  return {
    id,
    card: {
      ...card,
      description: `${card.description} In negotiation it asks for that share of what it can gain over no agreement.`,
      worlds: [...card.worlds, 'negotiation'],
    },
    createActor: (context) => (negotiates(context) ? negotiator : bargainer).createActor(context),
  };
}
