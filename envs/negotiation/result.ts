import type { OfferMade, Outcome } from '#core';
import { onceFor } from '#core/once-for';
import type { Domain } from './domain.ts';
import type { NegotiationParams } from './params.ts';
import { domainOf } from './setting.ts';
import type { NegotiationState } from './state.ts';
import { utilityOf } from './turn.ts';

/** Larger domains are told to the metrics by their frontier and their extremes, which hold all that they look at. */
const mostToldOutcomes = 20_000;

/** How it ended, for the metrics. Nothing where the frontier would take too long to find: many parties in a large domain. */
export function negotiationOutcome(state: NegotiationState, params: NegotiationParams): Outcome {
  const { parties, rounds } = params;
  const domain = domainOf(params, state.domain);
  const feasible = feasibleOf(domain);
  if (feasible === undefined) return {};
  const timeOf = (act: number) => (Math.floor(act / parties) + 1) / (rounds + 1);
  const offers: OfferMade[] = [];
  for (let act = 0; act < state.acts; act++) {
    const outcome = state.offers[act];
    if (outcome < 0) continue;
    const utilities = domain.utilities.map((of) => of[outcome]);
    offers.push({ party: state.actors[act], time: timeOf(act), utilities, outcome });
  }
  return {
    negotiation: {
      agreement: state.agreement >= 0,
      utilities: domain.utilities.map((_, party) => utilityOf(state, party, domain, params)),
      disagreement: domain.reserved,
      feasible,
      rounds: offers.length,
      firstProposer: 0,
      offers,
      endTime: timeOf(state.acts - 1),
      ...(feasible.length === domain.count ? { issues: domain.sizes } : {}),
    },
  };
}

/** Utilities of all outcomes that are told, made once for each domain; undefined where they cannot be. */
const feasibleOf = onceFor((domain: Domain): readonly (readonly number[])[] | undefined => {
  const { count, utilities } = domain;
  if (count > mostToldOutcomes && utilities.length > 2) return undefined;
  const outcomes = count > mostToldOutcomes ? frontierAndExtremes(domain) : Array.from({ length: count }, (_, i) => i);
  return outcomes.map((outcome) => utilities.map((of) => of[outcome]));
});

/** Down one party's order, whatever is better for the other than all before it; and the best and worst outcome of each. */
function frontierAndExtremes({ order, utilities, count }: Domain): readonly number[] {
  const chosen = new Set<number>();
  let best = Number.NEGATIVE_INFINITY;
  for (let rank = 0; rank < count; rank++) {
    const outcome = order[0][rank];
    if (utilities[1][outcome] < best) continue;
    best = utilities[1][outcome];
    chosen.add(outcome);
  }
  for (const of of order) chosen.add(of[0]).add(of[count - 1]);
  return [...chosen].sort((a, b) => a - b);
}
