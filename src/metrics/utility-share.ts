import type { NegotiationOutcome } from '#core';
import { onceFor } from '#core/once-for';
import type { Metric } from './metric.ts';

/**
 * What each party got above its disagreement utility, as a share of the most it could have got. Undefined (`undefined`)
 * where some party could gain nothing at all.
 *
 * Shapes: -> [party].
 * Source: individual advantage (u - d) / (max - d).
 *
 * @example
 * gainShares({ ...outcome, utilities: [6, 3], disagreement: [0, 0], feasible: [[10, 0], [6, 3], [0, 10]] }) // [0.6, 0.3]
 */
export function gainShares(outcome: NegotiationOutcome): readonly number[] | undefined {
  const { utilities, disagreement } = outcome;
  const greatest = greatestOf(outcome.feasible);
  const shares = utilities.map((utility, party) => {
    const best = Math.max(disagreement[party], greatest[party]);
    return (utility - disagreement[party]) / (best - disagreement[party]);
  });
  return shares.every(Number.isFinite) ? shares : undefined;
}

/** The greatest utility of each party; worlds share one list of outcomes for each instance. */
export const greatestOf = onceFor((feasible: readonly (readonly number[])[]): readonly number[] =>
  (feasible[0] ?? []).map((_, party) =>
    feasible.reduce((most, of) => Math.max(most, of[party]), Number.NEGATIVE_INFINITY),
  ),
);

/**
 * Each party's gain as a share of its best possible one, over all negotiations, failed ones included.
 *
 * Units: share.
 * Source: individual advantage (u - d) / (max - d).
 */
export const utilityShare: Metric = {
  id: 'negotiation/utilityShare',
  title: 'Own utility, share of best',
  description:
    'What a party gained above its disagreement utility, as a share of the most it could have gained; failed negotiations count. Without a name: mean over the parties.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: 'Individual advantage (u - d) / (max - d).',
  measure(episode, emit) {
    const outcome = episode.outcome.negotiation;
    const shares = outcome && gainShares(outcome);
    if (shares === undefined) return;
    emit(shares.reduce((sum, share) => sum + share, 0) / shares.length);
    if (shares.length === episode.agents.length) {
      shares.forEach((share, party) => {
        emit(share, 1, episode.agents[party]);
      });
    }
  },
};

/**
 * The parties' total gain as a share of the greatest possible total, over all negotiations, failed ones included.
 *
 * Units: share.
 * Source: utilitarian welfare over its maximum, both counted from the disagreement point.
 */
export const jointUtilityShare: Metric = {
  id: 'negotiation/jointUtilityShare',
  title: 'Joint utility, share of best',
  description:
    'What the parties gained together, as a share of the most they could have gained together; failed negotiations count.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: 'Sum of (u - d) / greatest sum of (u - d).',
  measure(episode, emit) {
    const outcome = episode.outcome.negotiation;
    if (outcome === undefined) return;
    const best = greatestJointGain(outcome);
    if (best > 0) emit(jointGain(outcome.utilities, outcome.disagreement) / best);
  },
};

function jointGain(utilities: readonly number[], disagreement: readonly number[]): number {
  return utilities.reduce((sum, utility, party) => sum + utility - disagreement[party], 0);
}

const known = new WeakMap<object, { disagreement: readonly number[]; gain: number }>();

function greatestJointGain({ feasible, disagreement }: NegotiationOutcome): number {
  const before = known.get(feasible);
  if (before !== undefined && sameNumbers(before.disagreement, disagreement)) return before.gain;
  const gain = feasible.reduce((top, point) => Math.max(top, jointGain(point, disagreement)), 0);
  known.set(feasible, { disagreement: [...disagreement], gain });
  return gain;
}

/** Whether two lists hold the same numbers. */
export function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}
