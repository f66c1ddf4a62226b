import { ofNegotiation } from '../agreement.ts';
import { pointsOf } from '../efficiency.ts';
import type { Metric } from '../metric.ts';
import { distanceToNearest } from '../pareto.ts';
import { gainShares } from '../utility-share.ts';

/**
 * How near an agreement is to the nearest of the fair solutions.
 *
 * Units: 1 less diagonals of the box that holds all outcomes.
 * Source: NegMAS's fairness, the greatest of the Nash, Kalai and Kalai-Smorodinsky optimalities, max(0, 1 - d / d_max).
 */
export const fairness: Metric = {
  id: 'negotiation/fairness',
  title: 'Fairness',
  description:
    'In agreements: 1 less the distance to the nearest of the Nash, egalitarian and Kalai–Smorodinsky solutions, where 1 is the diagonal of the box that holds all outcomes.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: 'The greatest of the three optimalities max(0, 1 - d / d_max).',
  measure: ofNegotiation((outcome, emit) => {
    const points = outcome.agreement ? pointsOf(outcome) : undefined;
    if (points === undefined || points.frontier.length === 0 || !(points.diagonal > 0)) return;
    const fair = [...points.nash, ...points.egalitarian, ...points.kalaiSmorodinsky];
    const nearest = distanceToNearest(
      outcome.utilities,
      fair.map((at) => points.feasible[at]),
    );
    emit(Math.max(0, 1 - nearest / points.diagonal));
  }),
};

/**
 * What a party's opponents gained: the mean of their shares of their best possible gains.
 *
 * Units: share.
 * Source: opponent advantage, (u - d) / (max - d) of the others.
 */
export const opponentAdvantage: Metric = {
  id: 'negotiation/opponentAdvantage',
  title: 'Advantage of the others',
  description:
    'For each party: what the others gained, as shares of the most that each could have gained; failed negotiations count.',
  unit: 'share',
  range: [0, 1],
  source: 'Individual advantage (u - d) / (max - d) of the other parties, mean.',
  measure: ofNegotiation((outcome, emit, { agents }) => {
    const shares = gainShares(outcome);
    if (shares === undefined || shares.length < 2 || shares.length !== agents.length) return;
    const total = shares.reduce((sum, share) => sum + share, 0);
    shares.forEach((share, party) => {
      emit((total - share) / (shares.length - 1), 1, agents[party]);
    });
  }),
};

/**
 * Share of parties of agreements whose advantage is below half of that of the others.
 *
 * Units: share.
 * Source: count of (u - d) / (max - d) below half of the mean of the others.
 */
export const exploited: Metric = {
  id: 'negotiation/exploited',
  title: 'Exploited parties',
  description:
    'In agreements: the share of parties whose part of their best gain is below half of what the others have of theirs on average.',
  unit: 'share',
  range: [0, 1],
  better: 'lower',
  source: 'Count of advantages below half of the mean advantage of the others.',
  measure: ofNegotiation((outcome, emit) => {
    const shares = outcome.agreement ? gainShares(outcome) : undefined;
    if (shares === undefined || shares.length < 2) return;
    const total = shares.reduce((sum, share) => sum + share, 0);
    for (const share of shares) emit(share < (total - share) / (shares.length - 1) / 2 ? 1 : 0);
  }),
};

/**
 * Mean utility of the parties, over all negotiations, failed ones included.
 *
 * Units: utility.
 * Source: utilitarian welfare.
 */
export const welfare: Metric = {
  id: 'negotiation/welfare',
  title: 'Welfare',
  description: 'Mean utility of the parties; failed negotiations count with what each has without an agreement.',
  unit: 'utility',
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  better: 'higher',
  source: 'Mean u.',
  measure: ofNegotiation(({ utilities }, emit) => {
    emit(utilities.reduce((sum, utility) => sum + utility, 0) / utilities.length);
  }),
};

/**
 * What the parties gained together over what they have without an agreement.
 *
 * Units: utility.
 * Source: gains from trade, sum of (u - r).
 */
export const gainsFromTrade: Metric = {
  id: 'negotiation/gainsFromTrade',
  title: 'Gains from trade',
  description: 'What the parties gained together over what they have without an agreement; failed negotiations count.',
  unit: 'utility',
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  better: 'higher',
  source: 'Sum of (u - r).',
  measure: ofNegotiation(({ utilities, disagreement }, emit) => {
    emit(utilities.reduce((sum, utility, party) => sum + utility - disagreement[party], 0));
  }),
};
