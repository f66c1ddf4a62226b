import type { NegotiationOutcome } from '#core';
import { onceFor } from '#core/once-for';
import { ofNegotiation } from './agreement.ts';
import { type BargainingPoints, bargainingPoints } from './bargaining-points.ts';
import type { Metric } from './metric.ts';
import { distanceToNearest } from './pareto.ts';
import { sameNumbers } from './utility-share.ts';

/** Agreements closer than this to the frontier lie on it; discounted utilities are products of rounded factors. */
const onFrontier = 1e-9;

/**
 * Share of agreements that no other outcome improves on for everybody.
 *
 * Units: share.
 * Source: Pareto efficiency; a discount counts, because the same split could have been had earlier.
 */
export const paretoEfficient: Metric = {
  id: 'negotiation/paretoEfficient',
  title: 'Pareto-efficient agreements',
  description:
    'Share of agreements on the Pareto frontier: nobody could have had more without somebody having less. Where delay is discounted, a late agreement is not efficient.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: 'Distance of the realised utilities to the frontier below 1e-9.',
  measure: ofAgreement((point, points, emit) => {
    emit(distanceTo(point, points, 'frontier') <= onFrontier ? 1 : 0);
  }),
};

/**
 * Distance from agreements to the Pareto frontier.
 *
 * Units: diagonals of the box that holds all outcomes.
 * Source: NegMAS, one minus its Pareto optimality.
 */
export const paretoDistance = distanceMetric(
  'pareto',
  'Pareto frontier',
  'the nearest outcome on the frontier',
  'frontier',
);

/**
 * Distance from agreements to the Nash solution.
 *
 * Units: diagonals of the box that holds all outcomes.
 * Source: Nash (1950).
 */
export const nashDistance = distanceMetric(
  'nash',
  'Nash solution',
  'the Nash solution (greatest product of gains)',
  'nash',
);

/**
 * Distance from agreements to the Kalai-Smorodinsky solution.
 *
 * Units: diagonals of the box that holds all outcomes.
 * Source: Kalai and Smorodinsky (1975).
 */
export const kalaiSmorodinskyDistance = distanceMetric(
  'kalaiSmorodinsky',
  'Kalai–Smorodinsky solution',
  'the Kalai–Smorodinsky solution (gains as equal as possible as shares of each best)',
  'kalaiSmorodinsky',
);

/**
 * Distance from agreements to the egalitarian solution.
 *
 * Units: diagonals of the box that holds all outcomes.
 * Source: Kalai (1977).
 */
export const egalitarianDistance = distanceMetric(
  'egalitarian',
  'egalitarian solution',
  'the egalitarian solution (greatest gain of the party that gains least)',
  'egalitarian',
);

/**
 * Product of the gains as a share of the greatest possible product, over all negotiations, failed ones included.
 *
 * Units: share.
 * Source: Nash (1950).
 */
export const nashProduct: Metric = {
  id: 'negotiation/nashProduct',
  title: 'Nash product, share of best',
  description:
    'Product of the gains of all parties as a share of the greatest possible product; failed negotiations count as 0. High only where everybody does well.',
  unit: 'share',
  range: [0, 1],
  better: 'higher',
  source: 'Nash (1950).',
  measure: ofNegotiation((outcome, emit) => {
    const points = pointsOf(outcome);
    if (points.nash.length === 0) return;
    const product = (utilities: readonly number[]) =>
      utilities.reduce((so, utility, party) => so * Math.max(0, utility - points.base[party]), 1);
    const best = product(points.feasible[points.nash[0]]);
    if (best > 0) emit(product(outcome.utilities) / best);
  }),
};

type Target = 'frontier' | 'nash' | 'kalaiSmorodinsky' | 'egalitarian';

function distanceTo(point: readonly number[], points: BargainingPoints, list: Target): number {
  return distanceToNearest(point, targetsOf(points)[list]);
}

/** Utilities of the outcomes that distances are measured to. */
const targetsOf = onceFor(({ feasible, ...points }: BargainingPoints) => {
  const utilities = (list: Target) => points[list].map((outcome) => feasible[outcome]);
  return {
    frontier: utilities('frontier'),
    nash: utilities('nash'),
    kalaiSmorodinsky: utilities('kalaiSmorodinsky'),
    egalitarian: utilities('egalitarian'),
  };
});

function distanceMetric(name: string, title: string, target: string, list: Target): Metric {
  return {
    id: `negotiation/${name}Distance`,
    title: `Distance to ${title}`,
    description: `Distance from agreements to ${target}, where 1 is the diagonal of the box that holds all outcomes.`,
    unit: 'diagonal',
    range: [0, 1],
    better: 'lower',
    source: 'Euclidean distance of utilities / diagonal, one minus the optimality of NegMAS 0.16.',
    measure: ofAgreement((point, points, emit) => {
      if (points.diagonal > 0) emit(distanceTo(point, points, list) / points.diagonal);
    }),
  };
}

function ofAgreement(
  measure: (point: readonly number[], points: BargainingPoints, emit: (value: number) => void) => void,
): Metric['measure'] {
  return ofNegotiation((outcome, emit) => {
    if (!outcome.agreement) return;
    const points = pointsOf(outcome);
    if (points.frontier.length > 0) measure(outcome.utilities, points, emit);
  });
}

/** Worlds share one list of feasible outcomes per instance, so each is worked out once. */
const known = new WeakMap<object, { disagreement: readonly number[]; points: BargainingPoints }>();

/** Frontier and solutions of a negotiation, or those found before for the same outcomes. */
export function pointsOf({ feasible, disagreement }: NegotiationOutcome): BargainingPoints {
  const before = known.get(feasible);
  if (before !== undefined && sameNumbers(before.disagreement, disagreement)) return before.points;
  const points = bargainingPoints(feasible, disagreement);
  known.set(feasible, { disagreement: [...disagreement], points });
  return points;
}
