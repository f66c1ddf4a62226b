import { ofNegotiation } from '../agreement.ts';
import { opposition } from '../bargaining-points.ts';
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
