import { onceFor } from '#core/once-for';
import { ofNegotiation } from '../agreement.ts';
import { conflict, opposition, winWin } from '../bargaining-points.ts';
import type { Metric } from '../metric.ts';

/** Worlds share one list of outcomes for each domain, so each is worked out once. */
const known = new WeakMap<object, number>();

/**
 * How far what the parties want is from being satisfiable together, over the rational outcomes.
 *
 * Units: distance of utilities as shares of each party's best.
 * Source: Baarslag et al. (2013), "Evaluating practical negotiating agents", opposition of a domain.
 */
export const domainOpposition: Metric = {
  id: 'negotiation/opposition',
  title: 'Opposition',
  description:
    'Distance from the best for everybody to the nearest outcome that nobody loses by: 0 is no conflict, 0.71 the split of a sum between two.',
  unit: 'distance',
  range: [0, Number.POSITIVE_INFINITY],
  source: 'min over rational outcomes of |1 - u / max u|.',
  measure: ofNegotiation(({ feasible, disagreement }, emit) => {
    let value = known.get(feasible);
    if (value === undefined) {
      value = opposition(feasible, disagreement);
      known.set(feasible, value);
    }
    // Nothing is rational, or somebody wants nothing.
    if (Number.isFinite(value)) emit(value);
  }),
};

/**
 * Share of the pairs of outcomes that two parties rank in opposite ways.
 *
 * Units: share.
 * Source: conflict level of NegMAS, over all pairs (there a sample above 141 outcomes).
 */
export const domainConflict: Metric = {
  id: 'negotiation/conflict',
  title: 'Conflict',
  description:
    'Two parties: share of the pairs of outcomes of which each prefers another; 1 where one’s gain is always the other’s loss.',
  unit: 'share',
  range: [0, 1],
  source: 'Discordant pairs over all pairs that are not equal to both.',
  measure: ofNegotiation(({ feasible, disagreement }, emit) => {
    if (disagreement.length === 2) emit(conflictOf(feasible));
  }),
};

/**
 * How much the parties stand to win together from one outcome to another.
 *
 * Units: utility, as shares of each party's best.
 * Source: win-win level of NegMAS, of whose random pairs this is the expectation.
 */
export const domainWinWin: Metric = {
  id: 'negotiation/winWin',
  title: 'Win-win level',
  description:
    'Two parties: of two outcomes, what the one that the first party prefers brings both together over the other one, on average over all pairs, in shares of each party’s best. 0 where one’s gain is the other’s loss.',
  unit: 'share',
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  source:
    'Mean of |u - u’| of the first party plus the same difference of the second, over pairs that are not equal to both.',
  measure: ofNegotiation(({ feasible, disagreement }, emit) => {
    const value = disagreement.length === 2 ? winWinOf(feasible) : undefined;
    if (value !== undefined) emit(value);
  }),
};

const conflictOf = onceFor(conflict);
const winWinOf = onceFor(winWin);
