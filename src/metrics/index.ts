import { createRegistry, type Registry } from '#core';
import { agreementRate, firstProposerAdvantage, roundsToAgreement } from './agreement.ts';
import { conditionalCooperation, cooperationRate } from './cooperation.ts';
import {
  egalitarianDistance,
  kalaiSmorodinskyDistance,
  nashDistance,
  nashProduct,
  paretoDistance,
  paretoEfficient,
} from './efficiency.ts';
import { returnGap, returnGini, worstReturn } from './inequality.ts';
import { jointAction, singleAction } from './joint-actions.ts';
import type { Metric } from './metric.ts';
import { agreementSpeed, concessionCurve, monotonicity, totalConcession } from './negotiation/concession.ts';
import { domainConflict, domainOpposition, domainWinWin } from './negotiation/difficulty.ts';
import { exploited, fairness, gainsFromTrade, opponentAdvantage, welfare } from './negotiation/fairness.ts';
import { concessionRate, exploration, offerVariability, patience, rationalOffers } from './negotiation/process.ts';
import { rationality, surplusShare, utilityGap, welfareShare } from './negotiation/surplus.ts';
import { episodeLength, episodeReturn } from './returns.ts';
import { jointUtilityShare, utilityShare } from './utility-share.ts';

/** Every metric, in the order of its column in the log. */
export const metrics: Registry<Metric> = createRegistry('metric', [
  episodeReturn,
  episodeLength,
  agreementRate,
  roundsToAgreement,
  utilityShare,
  jointUtilityShare,
  paretoEfficient,
  paretoDistance,
  nashProduct,
  nashDistance,
  kalaiSmorodinskyDistance,
  egalitarianDistance,
  firstProposerAdvantage,
  surplusShare,
  welfareShare,
  utilityGap,
  rationality,
  agreementSpeed,
  totalConcession,
  monotonicity,
  concessionCurve,
  domainOpposition,
  returnGini,
  returnGap,
  worstReturn,
  cooperationRate,
  conditionalCooperation,
  jointAction,
  singleAction,
]);

/**
 * Metrics of evaluations (`polity evaluate`, tournaments) beside all others: training logs leave them out, and so stay as they
 * are and cost no more.
 */
export const evaluationMetrics: Registry<Metric> = createRegistry('metric', [
  welfare,
  gainsFromTrade,
  fairness,
  opponentAdvantage,
  exploited,
  concessionRate,
  patience,
  exploration,
  offerVariability,
  rationalOffers,
  domainConflict,
  domainWinWin,
]);

export * from './bargaining-points.ts';
export { gini } from './inequality.ts';
export { countJointActions, jointActionNames, maxJointActions } from './joint-actions.ts';
export * from './language/index.ts';
export * from './metric.ts';
export * from './pareto.ts';
export { agentsByRole } from './returns.ts';
export * from './summary.ts';
export { gainShares } from './utility-share.ts';
export * from './welfare-indices.ts';
