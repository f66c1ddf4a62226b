import { bargainingPoints, conflict, distanceToNearest, opposition } from '#metrics';
import { aspiration } from '#policies/bargaining/time-based';
import { type Binding, binding, type Matrix, type Vector } from '../binding.ts';
import { tolerance } from '../compare.ts';
import type { Fields, GoldenFile, Json } from '../entries.ts';

interface Domain {
  readonly id: string;
  readonly reserved: Vector;
  /** [party][outcome]. */
  readonly utilities: Matrix;
}

function domainOf({ header }: GoldenFile, id: Json): Domain {
  const domain = (header.domains as unknown as readonly Domain[]).find((candidate) => candidate.id === id);
  if (domain === undefined) throw new Error(`no domain called "${id}"`);
  return domain;
}

interface PointOutputs {
  readonly conflict?: number;
  readonly outcomes: readonly { readonly outcome: number }[];
}

/** Where an outcome lies with respect to the distinguished ones: distances, and one minus distances over the diagonal. */
function placeOf(outcome: number, points: ReturnType<typeof bargainingPoints>): Record<string, number> {
  const { feasible, diagonal, maxWelfare } = points;
  const total = (utilities: Vector) => utilities.reduce((sum, utility) => sum + utility, 0);
  const place: Record<string, number> = { outcome };
  for (const [name, list] of [
    ['pareto', points.frontier],
    ['nash', points.nash],
    ['kalai', points.egalitarian],
    ['ks', points.kalaiSmorodinsky],
  ] as const) {
    const distance = distanceToNearest(
      feasible[outcome],
      list.map((other) => feasible[other]),
    );
    place[`${name}Distance`] = distance;
    place[`${name}Optimality`] = 1 - distance / diagonal;
  }
  place.maxWelfareOptimality = total(feasible[outcome]) / total(feasible[maxWelfare[0]]);
  return place;
}

export const negotiationBindings: readonly Binding[] = [
  binding(
    'negotiation',
    /^ops\.pareto_frontier, nash_points, ks_points, kalai_points, max_welfare_points, opposition_level/,
    (inputs, { outputs }, file) => {
      const { utilities, reserved } = domainOf(file, inputs.get('domain'));
      const feasible = utilities[0].map((_, outcome) => utilities.map((ofParty) => ofParty[outcome]));
      const points = bargainingPoints(feasible, reserved);
      const given = outputs as unknown as PointOutputs;
      return {
        ...points,
        kalaiEgalitarian: points.egalitarian,
        opposition: opposition(feasible, reserved),
        oppositionMaxUtils1: opposition(
          feasible,
          reserved,
          reserved.map(() => 1),
        ),
        maxDistance: points.diagonal,
        // Quadratic in the outcomes, and absent from the large domains.
        ...(given.conflict === undefined ? {} : { conflict: conflict(feasible) }),
        outcomes: given.outcomes.map(({ outcome }) => placeOf(outcome, points)),
      };
    },
    tolerance(1e-9),
  ),
  binding(
    'negotiation',
    /^PolyAspiration\(1\.0, exponent\)\.utility_at\(t\)/,
    (_inputs, { outputs }) =>
      (outputs as readonly Fields[]).map(({ curve, exponent, times }) => ({
        curve,
        exponent,
        times,
        targets: (times as Vector).map((time) => aspiration(time, Number(exponent))),
      })),
    tolerance(1e-9),
  ),
];
