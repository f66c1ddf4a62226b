import type { NegotiationOutcome } from '#core';
import { forNewest } from '#core/once-for';
import { ofNegotiation } from '../agreement.ts';
import type { Emit, Metric } from '../metric.ts';
import { greatestOf } from '../utility-share.ts';

/** What a party's own offers ask for, as shares of the most it can gain, with their times. */
interface Asked {
  readonly shares: readonly number[];
  readonly times: readonly number[];
}

/** How many stretches of time a concession curve has. */
const stretches = 5;
const stretchNames = Array.from({ length: stretches }, (_, stretch) => ((stretch + 1) / stretches).toFixed(1));

/**
 * What parties ask for in their own offers over time: one value for each fifth of the time to the deadline.
 *
 * Units: share of the most that the party can gain.
 * Source: concession curves, (u - r) / (max - r) of own offers.
 */
export const concessionCurve: Metric = {
  id: 'negotiation/asks',
  title: 'What is asked for',
  description:
    'Own offers as shares of the most that the party can gain; by fifths of the time to the deadline, which makes a concession curve. Without a name: all offers.',
  unit: 'share',
  range: [Number.NEGATIVE_INFINITY, 1],
  source: '(u - r) / (max - r) of own offers.',
  measure: ofParties(({ shares, times }, emit) => {
    shares.forEach((share, i) => {
      emit(share);
      emit(share, 1, stretchNames[Math.min(stretches - 1, Math.floor(times[i] * stretches))]);
    });
  }),
};

/**
 * How much less parties ask for in their last offer than in their first.
 *
 * Units: share of the most that the party can gain.
 * Source: total concession of NegMAS.
 */
export const totalConcession: Metric = {
  id: 'negotiation/concession',
  title: 'Concession',
  description:
    'What a party asks for in its first offer less what it asks for in its last one; parties that made two or more.',
  unit: 'share',
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  source: 'First less last own offer, as shares of the most that can be gained.',
  measure: ofParties(({ shares }, emit) => {
    if (shares.length > 1) emit(shares[0] - shares[shares.length - 1]);
  }),
};

/**
 * Share of steps from one own offer to the next that do not ask for more.
 *
 * Units: share.
 * Source: monotone concession, Rosenschein and Zlotkin (1994), "Rules of encounter".
 */
export const monotonicity: Metric = {
  id: 'negotiation/monotonicity',
  title: 'Monotone concession',
  description: 'Share of own offers, from the second on, that ask for no more than the one before.',
  unit: 'share',
  range: [0, 1],
  source: 'Count.',
  measure: ofParties(({ shares }, emit) => {
    for (let i = 1; i < shares.length; i++) emit(shares[i] <= shares[i - 1] + 1e-9 ? 1 : 0);
  }),
};

/**
 * How much of the time was left at an agreement.
 *
 * Units: share of the time to the deadline.
 * Source: 1 - t.
 */
export const agreementSpeed: Metric = {
  id: 'negotiation/agreementSpeed',
  title: 'Agreement speed',
  description: 'In agreements: the share of the time to the deadline that was left.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: '1 - relative time of the agreement.',
  measure: ofNegotiation(({ agreement, endTime }, emit) => {
    if (agreement && endTime !== undefined) emit(1 - endTime);
  }),
};

/** Measures each party's own offers, where the world tells them. */
export function ofParties(measure: (asked: Asked, emit: Emit) => void): Metric['measure'] {
  return ofNegotiation((outcome, emit) => {
    for (const asked of askedIn(outcome)) measure(asked, emit);
  });
}

/** Several metrics look at the same offers. */
const askedIn = forNewest(({ offers, disagreement, feasible }: NegotiationOutcome): readonly Asked[] => {
  if (offers === undefined) return [];
  const best = greatestOf(feasible);
  return disagreement.flatMap((reserved, party) => {
    const span = Math.max(0, best[party]) - reserved;
    if (!(span > 0)) return [];
    const own = offers.filter((offer) => offer.party === party);
    const shares = own.map(({ utilities }) => (utilities[party] - reserved) / span);
    return [{ shares, times: own.map(({ time }) => time) }];
  });
});
