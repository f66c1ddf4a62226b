import type { NegotiationOutcome } from '#core';
import {
  bayesianEstimate,
  createBayesianModel,
  createFrequencyModel,
  frequencyEstimate,
  kendall,
  noteOffer,
  updateBayesianModel,
} from '#math';
import type { Metric } from '#metrics';

/** Outcomes whose order is compared: so many, evenly out of all. */
const mostCompared = 256;

/**
 * How well opponent models know what a party wants by the end, from its offers alone: Kendall's correlation of what outcomes are
 * thought to be worth to it with what they are worth.
 *
 * Units: Kendall's tau-b, -1 to 1.
 * Source: rank correlation of utilities as a measure of opponent models, Baarslag et al. (2013), "Predicting the performance of
 * opponent models in automated negotiation".
 */
export const opponentModelAccuracy: Metric = {
  id: 'negotiation/opponentModelTau',
  title: 'Accuracy of opponent models',
  description: `Kendall’s correlation of what a party’s outcomes are worth to it with what a frequency model and a Bayesian model think after its offers; parties that made any, over at most ${mostCompared} outcomes. Without a name: mean of both.`,
  unit: 'correlation',
  range: [-1, 1],
  better: 'higher',
  source: 'Kendall’s tau-b; models of van Krimpen et al. (2013) and Hindriks and Tykhonov (2008).',
  measure({ outcome }, emit) {
    const { negotiation } = outcome;
    if (negotiation?.issues === undefined || negotiation.offers === undefined) return;
    for (const party of negotiation.disagreement.keys()) {
      const models = estimatesOf(negotiation, negotiation.issues, party);
      for (const [name, estimates] of Object.entries(models ?? {})) {
        const compared = someOf(estimates.length);
        const worth = compared.map((at) => negotiation.feasible[at][party]);
        // Before anything is known all outcomes are alike, and there is no order to compare.
        const { statistic } = kendall(
          compared.map((at) => estimates[at]),
          worth,
        );
        if (!Number.isFinite(statistic)) continue;
        // Rounding may lead beyond the ends.
        const tau = Math.max(-1, Math.min(1, statistic));
        emit(tau);
        emit(tau, 1, name);
      }
    }
  },
};

/** What each outcome is thought to be worth to a party after all its offers; undefined where it made none. */
function estimatesOf(
  { offers = [], feasible }: NegotiationOutcome,
  issues: readonly number[],
  party: number,
): Readonly<Record<'frequency' | 'bayesian', readonly number[]>> | undefined {
  const own = offers.filter((offer) => offer.party === party && offer.outcome !== undefined);
  if (own.length === 0) return undefined;
  const [frequency, bayesian] = [createFrequencyModel(issues), createBayesianModel(issues)];
  for (const { outcome, time } of own) {
    const digits = digitsOf(outcome as number, issues);
    noteOffer(frequency, digits);
    updateBayesianModel(bayesian, digits, time);
  }
  const all = feasible.map((_, outcome) => digitsOf(outcome, issues));
  return {
    frequency: all.map((digits) => frequencyEstimate(frequency, digits)),
    bayesian: all.map((digits) => bayesianEstimate(bayesian, digits)),
  };
}

function digitsOf(outcome: number, issues: readonly number[]): readonly number[] {
  const digits = new Array<number>(issues.length);
  let left = outcome;
  for (let issue = issues.length - 1; issue >= 0; issue--) {
    digits[issue] = left % issues[issue];
    left = Math.floor(left / issues[issue]);
  }
  return digits;
}

function someOf(count: number): readonly number[] {
  const length = Math.min(count, mostCompared);
  return Array.from({ length }, (_, i) => Math.floor((i * count) / length));
}
