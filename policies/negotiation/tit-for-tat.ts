import { acNext } from './acceptance.ts';
import { type Party, type Strategy, tolerance } from './party.ts';
import { leastStep } from './relative-table.ts';

/**
 * Gives way by the share that the others have given way by: what they ask for is taken to be all that their offer leaves out.
 *
 * Source: Faratin, Sierra and Jennings (1998), relative tit-for-tat, over utilities: x' = x · o_k / o_(k-1) with o = 1 - offer.
 */
export const relativeTitForTat = imitating((last, now, before) => (before > 0 ? (last * now) / before : last));

/**
 * Gives way by as much as the others have given way.
 *
 * Source: Faratin, Sierra and Jennings (1998), absolute tit-for-tat without a random part: x' = x + (o_k - o_(k-1)).
 */
export const absoluteTitForTat = imitating((last, now, before) => last + (now - before));

/** Offers that the averaged tit-for-tat looks back over. */
const window = 4;

/**
 * Gives way by the share that the others have given way by over the last few offers.
 *
 * Source: Faratin, Sierra and Jennings (1998), averaged tit-for-tat: x' = x · o_k / o_(k-γ), here with the root for one step.
 */
export const averagedTitForTat: Strategy = {
  propose({ heard, own }) {
    const span = Math.min(window, heard.length - 1);
    if (own.length === 0) return 1;
    const last = own[own.length - 1];
    if (span < 1) return last;
    const before = 1 - heard[heard.length - 1 - span];
    return before > 0 ? clip(last * Math.max(0, (1 - heard[heard.length - 1]) / before) ** (1 / span)) : last;
  },
  accepts: acNext(),
};

/**
 * Concedes towards a fair agreement as far as the others have: the share of the way from their first offer to it that their best has
 * come. Near the deadline it goes on alone, up to half of what is left.
 *
 * Source: Baarslag, Hindriks and Jonker (2013), "A tit for tat negotiation strategy for real-time bilateral negotiations".
 */
export const niceTitForTat: Strategy = {
  models: true,
  propose({ heard, fair, time }) {
    if (heard.length === 0) return 1;
    const first = heard[0];
    let best = first;
    for (let i = 1; i < heard.length; i++) best = Math.max(best, heard[i]);
    const way = fair > first ? clip((best - first) / (fair - first)) : 1;
    const late = time > nearEnd ? (0.5 * (time - nearEnd)) / (1 - nearEnd) : 0;
    return 1 - (1 - fair) * Math.min(1, way + (1 - way) * late);
  },
  accepts: acNext(),
};

const nearEnd = 0.9;

/**
 * NegMAS's naive tit-for-tat: what the offer on the table brings is taken for a concession of as much, and answered with it. It may
 * offer what is worth less to it than no agreement, and takes half of what can be gained from the second round on.
 *
 * Source: as observed of NegMAS 0.16, NaiveTitForTatNegotiator(must_concede=False).
 */
export const naiveTitForTat: Strategy = {
  propose: (party) => party.worst + (1 - party.worst) * (1 - givenBy(party)),
  accepts: (party) => party.standing >= 1 - givenBy(party) - tolerance / party.span,
};

function givenBy({ round, standing }: Party): number {
  return round === 0 || !(standing > 0) ? 0 : Math.min(1, standing);
}

/**
 * The same, but made to give way in its second and third round, by as little as two outcomes that follow each other in its order
 * differ: each time that it judges an offer or makes one, the next two. What it was offered does not count in these rounds.
 *
 * Source: as observed of NegMAS 0.16, NaiveTitForTatNegotiator().
 */
export const yieldingTitForTat: Strategy = {
  propose(party, rng) {
    if (!isYielding(party)) return naiveTitForTat.propose(party, rng);
    return party.worst + (1 - party.worst) * (1 - stepBelow(party, firstRank(party) + 2));
  },
  accepts(party, proposal) {
    if (!isYielding(party)) return naiveTitForTat.accepts(party, proposal);
    return party.standing >= 1 - stepBelow(party, firstRank(party)) - tolerance / party.span;
  },
};

function isYielding({ round }: Party): boolean {
  return round === 1 || round === 2;
}

/** How far down its order it has come before this turn: two for the offer that it judged last time, two more for its own, if it made one. */
function firstRank({ round, offeredIn }: Party): number {
  if (round === 1) return 0;
  return offeredIn === 1 ? 4 : 2;
}

/**
 * What the outcome of a rank is worth above the next, as a share of what lies between best and worst; past the last outcome stands
 * no agreement. 0 where no agreement is worth more, and where that is more than lies between best and worst; the least that can be
 * asked less where it does not see its outcomes.
 */
function stepBelow({ ranked, worst, without }: Party, rank: number): number {
  if (ranked.length === 0) return leastStep;
  const at = (k: number) => (k < ranked.length ? ranked[k] : without);
  const step = (at(rank) - at(rank + 1)) / (1 - worst);
  return step >= 0 && step <= 1 + 1e-7 ? step : 0;
}

/** A strategy that begins at its best outcome and then follows what the others ask for. */
function imitating(step: (last: number, now: number, before: number) => number): Strategy {
  return {
    propose({ heard, own }) {
      if (own.length === 0) return 1;
      const last = own[own.length - 1];
      const k = heard.length - 1;
      return k < 1 ? last : clip(step(last, 1 - heard[k], 1 - heard[k - 1]));
    },
    accepts: acNext(),
  };
}

function clip(share: number): number {
  return Math.max(0, Math.min(1, share));
}
