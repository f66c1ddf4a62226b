import { type Architecture, createRegistry, type Policy } from '#core';
import { decoy, shadow } from './adversary/decoy.ts';
import { fair } from './bargaining/fair.ts';
import { greedy } from './bargaining/greedy.ts';
import { greedyTrader } from './colored-trails/greedy-trader.ts';
import { conditionalHarvester } from './commons/conditional-harvester.ts';
import { bestConvention } from './exact/best-convention.ts';
import { coinCollector } from './exact/coin-collector.ts';
import { halfBribe } from './exact/half-bribe.ts';
import { kuhnEquilibrium } from './exact/kuhn-equilibrium.ts';
import { matchPoints } from './exact/match-points.ts';
import { shadingBidder } from './exact/shading-bidder.ts';
import { steadyPush } from './exact/steady-push.ts';
import { truthTelling } from './exchange/truth-telling.ts';
import { zeroIntelligence } from './exchange/zero-intelligence.ts';
import { greedyForager } from './foraging/greedy-forager.ts';
import { cautious } from './hanabi/cautious.ts';
import { cheapestAward } from './market/cheapest-award.ts';
import { greedyBidder } from './market/greedy-bidder.ts';
import { truthfulBidder } from './market/truthful-bidder.ts';
import { always } from './matrix-game/always.ts';
import { grim } from './matrix-game/grim.ts';
import { pavlov } from './matrix-game/pavlov.ts';
import { titForTat } from './matrix-game/tit-for-tat.ts';
import { bidder } from './negotiation/bidder.ts';
import { topFraction } from './negotiation/top-fraction.ts';
import {
  absoluteTitForTat,
  averagedTitForTat,
  boulware,
  conceder,
  hardHeaded,
  hybrid,
  linear,
  micro,
  naiveTitForTat,
  niceTitForTat,
  relativeTitForTat,
  yieldingTitForTat,
} from './negotiation/zoo.ts';
import { haggler } from './negotiation-openspiel/haggler.ts';
import { cao } from './neural/cao.ts';
import { cnn } from './neural/cnn.ts';
import { gru } from './neural/gru.ts';
import { mlp } from './neural/mlp.ts';
import { greedyCook } from './overcooked/greedy-cook.ts';
import { tellAndGo } from './particles/tell-and-go.ts';
import { resolvePolicy } from './policy-family.ts';
import { random } from './random.ts';
import { carrier } from './rware/carrier.ts';
import { optimalSignaller } from './signals/optimal-signaller.ts';
import { greedySpread } from './spread/greedy-spread.ts';
import { tagEvade } from './tag/tag-evade.ts';
import { tagPursuit } from './tag/tag-pursuit.ts';

/** Every scripted mind, by id. Ids with an argument, such as `always(defect)`, are found by `findPolicy`. */
export const policies = createRegistry<Policy>('policy', [
  random,
  boulware,
  linear,
  conceder,
  greedy,
  fair,
  always,
  titForTat,
  grim,
  pavlov,
  greedySpread,
  tellAndGo,
  tagPursuit,
  tagEvade,
  decoy,
  shadow,
  greedyForager,
  carrier,
  greedyCook,
  greedyTrader,
  bestConvention,
  optimalSignaller,
  conditionalHarvester,
  coinCollector,
  halfBribe,
  kuhnEquilibrium,
  matchPoints,
  shadingBidder,
  steadyPush,
  cautious,
  haggler,
  hardHeaded,
  relativeTitForTat,
  absoluteTitForTat,
  averagedTitForTat,
  niceTitForTat,
  naiveTitForTat,
  yieldingTitForTat,
  micro,
  hybrid,
  topFraction,
  bidder,
  zeroIntelligence,
  truthTelling,
  truthfulBidder,
  greedyBidder,
  cheapestAward,
]);

/** Every kind of policy network, by the id that an experiment's `policy.network.architecture` names. */
export const architectures = createRegistry<Architecture>('architecture', [mlp, gru, cnn, cao]);

/**
 * The scripted mind called `id`, which may carry an argument: `boulware`, `always(0)`, `tit-for-tat(Stag)`.
 *
 * Throws: PolityError (input) for an unknown id or an argument that does not fit, with the nearest known one.
 */
export function findPolicy(id: string, where = 'policy'): Policy {
  return resolvePolicy(policies, id, where);
}

export * from './adversary/decoy.ts';
export * from './bargaining/fair.ts';
export * from './bargaining/greedy.ts';
export { aspiration } from './bargaining/time-based.ts';
export * from './colored-trails/greedy-trader.ts';
export * from './commons/conditional-harvester.ts';
export * from './exact/best-convention.ts';
export * from './exact/coin-collector.ts';
export * from './exact/half-bribe.ts';
export * from './exact/kuhn-equilibrium.ts';
export * from './exact/match-points.ts';
export * from './exact/shading-bidder.ts';
export * from './exact/steady-push.ts';
export * from './exchange/truth-telling.ts';
export * from './exchange/zero-intelligence.ts';
export * from './foraging/greedy-forager.ts';
export * from './hanabi/cautious.ts';
export * from './market/cheapest-award.ts';
export * from './market/greedy-bidder.ts';
export * from './market/truthful-bidder.ts';
export * from './matrix-game/always.ts';
export * from './matrix-game/grim.ts';
export * from './matrix-game/pavlov.ts';
export * from './matrix-game/tit-for-tat.ts';
export * from './negotiation/acceptance.ts';
export * from './negotiation/bidder.ts';
export * from './negotiation/top-fraction.ts';
export * from './negotiation/zoo.ts';
export * from './negotiation-openspiel/haggler.ts';
export * from './neural/cao.ts';
export * from './neural/cnn.ts';
export * from './neural/gru.ts';
export * from './neural/mlp.ts';
export * from './overcooked/greedy-cook.ts';
export * from './particles/tell-and-go.ts';
export * from './policy-family.ts';
export * from './random.ts';
export * from './rware/carrier.ts';
export * from './signals/optimal-signaller.ts';
export * from './spread/greedy-spread.ts';
export * from './tag/tag-evade.ts';
export * from './tag/tag-pursuit.ts';
