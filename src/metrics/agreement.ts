import type { EpisodeRecord, NegotiationOutcome } from '#core';
import type { Emit, Metric } from './metric.ts';
import { gainShares } from './utility-share.ts';

/**
 * Share of negotiations that ended in an agreement.
 *
 * Units: share.
 * Source: count.
 */
export const agreementRate: Metric = {
  id: 'negotiation/agreementRate',
  title: 'Agreement rate',
  description: 'Share of negotiations that ended in an agreement.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: 'Agreements / negotiations.',
  measure: ofNegotiation(({ agreement }, emit) => emit(agreement ? 1 : 0)),
};

/**
 * Offers made until an agreement, over negotiations that reached one.
 *
 * Units: offers.
 * Source: count.
 */
export const roundsToAgreement: Metric = {
  id: 'negotiation/roundsToAgreement',
  title: 'Rounds to agreement',
  description: 'Offers made until an agreement, over the negotiations that reached one.',
  unit: 'offers',
  range: [0, Number.POSITIVE_INFINITY],
  source: 'Count of offers.',
  measure: ofNegotiation(({ agreement, rounds }, emit) => {
    if (agreement) emit(rounds);
  }),
};

/**
 * What opening is worth: the first proposer's share of its best possible gain, minus the mean share of the others, over
 * agreements.
 *
 * Units: difference of shares, -1 to 1.
 * Source: difference of individual advantages (u - d) / (max - d).
 */
export const firstProposerAdvantage: Metric = {
  id: 'negotiation/firstProposerAdvantage',
  title: 'First-proposer advantage',
  description:
    'In agreements: the share of its best possible gain that the party which opened got, minus the mean share of the others. 0 means that opening is worth nothing.',
  unit: 'share',
  range: [-1, 1],
  source: 'Difference of individual advantages (u - d) / (max - d).',
  measure: ofNegotiation((outcome, emit) => {
    const shares = outcome.agreement ? gainShares(outcome) : undefined;
    if (shares === undefined || shares.length < 2 || outcome.firstProposer < 0) return;
    const others = shares.filter((_, party) => party !== outcome.firstProposer);
    emit(shares[outcome.firstProposer] - others.reduce((sum, share) => sum + share, 0) / others.length);
  }),
};

/**
 * Restricts a measure to episodes that were negotiations.
 *
 * @example
 * measure: ofNegotiation((outcome, emit) => emit(outcome.rounds))
 */
export function ofNegotiation(
  measure: (outcome: NegotiationOutcome, emit: Emit, episode: EpisodeRecord) => void,
): Metric['measure'] {
  return (episode, emit) => {
    const { negotiation } = episode.outcome;
    if (negotiation !== undefined) measure(negotiation, emit, episode);
  };
}
