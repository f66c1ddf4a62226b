import type { NegotiationOutcome } from '#core';
import { onceFor } from '#core/once-for';
import { ofNegotiation } from '../agreement.ts';
import type { Metric } from '../metric.ts';
import { ofParties } from './concession.ts';

/**
 * How fast parties concede: what they give up from their first offer to their last over the time between the two.
 *
 * Units: share of the most that can be gained, per time to the deadline.
 * Source: (first - last share) / (last - first time) of own offers; 1 is all that there is over the whole time.
 */
export const concessionRate: Metric = {
  id: 'negotiation/concessionRate',
  title: 'Concession rate',
  description:
    'What a party gives up from its first offer to its last, over the share of the time between the two; parties that made two or more. 1 gives up everything from the beginning to the deadline.',
  unit: 'share per time',
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  source: '(First less last own offer, as shares of the most that can be gained) / time between them.',
  measure: ofParties(({ shares, times }, emit) => {
    const last = shares.length - 1;
    if (last > 0 && times[last] > times[0]) emit((shares[0] - shares[last]) / (times[last] - times[0]));
  }),
};

/**
 * When parties concede: the mean time of their concessions, each counted by its size.
 *
 * Units: share of the time to the deadline.
 * Source: sum of (drop x time) / sum of drops, over own offers that ask for less than the one before.
 */
export const patience: Metric = {
  id: 'negotiation/patience',
  title: 'Patience',
  description:
    'When a party makes its concessions, on average and counted by size: near 0 at once, near 1 at the deadline. Parties that conceded something.',
  unit: 'share',
  range: [0, 1],
  source: 'Time of each drop in what own offers ask for, weighted by the drop.',
  measure: ofParties(({ shares, times }, emit) => {
    let [total, weighed] = [0, 0];
    for (let i = 1; i < shares.length; i++) {
      const drop = Math.max(0, shares[i - 1] - shares[i]);
      total += drop;
      weighed += drop * times[i];
    }
    if (total > 1e-9) emit(weighed / total);
  }),
};

/**
 * How much of the outcome space a party offers.
 *
 * Units: share.
 * Source: distinct offers / outcomes; outcomes that are worth the same to everybody count as one.
 */
export const exploration: Metric = {
  id: 'negotiation/exploration',
  title: 'Exploration',
  description:
    'Different outcomes that a party offers, over all there are; outcomes that are worth the same to everybody count as one. Large domains are told by a part of their outcomes only, and leave this out.',
  unit: 'share',
  range: [0, 1],
  source: 'Count.',
  measure: ofNegotiation(({ offers, feasible, disagreement }, emit) => {
    if (offers === undefined) return;
    const all = worthsIn(feasible);
    for (const party of disagreement.keys()) {
      const own = new Set(offers.flatMap((offer) => (offer.party === party ? [worthOf(offer.utilities)] : [])));
      if (own.size > 0 && [...own].every((worth) => all.has(worth))) emit(own.size / all.size);
    }
  }),
};

/**
 * How much what a party asks for varies.
 *
 * Units: share of the most that can be gained.
 * Source: standard deviation of own offers (divided by their number).
 */
export const offerVariability: Metric = {
  id: 'negotiation/offerVariability',
  title: 'Variability of offers',
  description: 'Standard deviation of what a party asks for in its offers; parties that made two or more.',
  unit: 'share',
  range: [0, Number.POSITIVE_INFINITY],
  source: 'Population standard deviation of (u - r) / (max - r) of own offers.',
  measure: ofParties(({ shares }, emit) => {
    if (shares.length < 2) return;
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    emit(Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length));
  }),
};

/**
 * Share of offers by which their maker would not lose.
 *
 * Units: share.
 * Source: count of u >= r.
 */
export const rationalOffers: Metric = {
  id: 'negotiation/rationalOffers',
  title: 'Rational offers',
  description: 'Share of own offers that are worth no less to their maker than no agreement.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: 'Count of own offers with u >= r.',
  measure: ofParties(({ shares }, emit) => {
    for (const share of shares) emit(share >= 0 ? 1 : 0);
  }),
};

const worthsIn = onceFor((feasible: NegotiationOutcome['feasible']): ReadonlySet<string> => {
  return new Set(feasible.map(worthOf));
});

function worthOf(utilities: readonly number[]): string {
  return utilities.join();
}
