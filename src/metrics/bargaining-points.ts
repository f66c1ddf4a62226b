import { paretoFrontier, utilityTolerance } from './pareto.ts';

/** A bargaining problem with its distinguished outcomes, given as numbers of outcomes in ascending order. */
export interface BargainingPoints {
  readonly feasible: readonly (readonly number[])[];
  /** What each party's gain is counted from: its disagreement utility, or its worst outcome where that is higher. */
  readonly base: readonly number[];
  /** Each party's highest utility over all outcomes. */
  readonly best: readonly number[];
  /** Length of the diagonal of the box that all outcomes lie in: the unit of distances. */
  readonly diagonal: number;
  readonly frontier: readonly number[];
  /** Greatest product of gains. */
  readonly nash: readonly number[];
  /** Smallest spread between the parties' gains, each as a share of its greatest possible gain. */
  readonly kalaiSmorodinsky: readonly number[];
  /** Greatest gain of the party that gains least. */
  readonly egalitarian: readonly number[];
  /** Greatest sum of utilities. */
  readonly maxWelfare: readonly number[];
  /** Greatest sum of gains as shares. */
  readonly maxRelativeWelfare: readonly number[];
}

/**
 * Works out the Pareto frontier and the bargaining solutions of a finite problem; solutions lie on the frontier, and all
 * outcomes that tie for one are listed. Without a rational outcome all lists are empty.
 *
 * Shapes: feasible [outcome][party], disagreement [party].
 * Source: Nash (1950); Kalai and Smorodinsky (1975) and Kalai (1977), in the reading for finite sets of outcomes that
 * NegMAS 0.16 uses (least spread of relative gains; greatest minimum gain).
 *
 * @example
 * bargainingPoints([[0, 4], [1, 3], [4, 0]], [0, 0]).nash // [1], because 1 * 3 > 0
 */
export function bargainingPoints(
  feasible: readonly (readonly number[])[],
  disagreement: readonly number[],
): BargainingPoints {
  const parties = disagreement.map((_, party) => party);
  const worst = parties.map((party) => extreme(Math.min, feasible, party));
  const best = parties.map((party) => extreme(Math.max, feasible, party));
  const base = parties.map((party) => Math.max(disagreement[party], worst[party]));
  const frontier = paretoFrontier(feasible, disagreement);
  const gains = (outcome: number) => parties.map((party) => feasible[outcome][party] - base[party]);
  const shares = (outcome: number) => gains(outcome).map((gain, party) => gain / (best[party] - base[party] || 1));
  const atMost = (score: (outcome: number) => number) => highest(frontier, score);
  return {
    feasible,
    base,
    best,
    diagonal: Math.hypot(...parties.map((party) => best[party] - worst[party])),
    frontier,
    nash: atMost((outcome) => gains(outcome).reduce((product, gain) => product * gain, 1)),
    kalaiSmorodinsky: atMost((outcome) => Math.min(...shares(outcome)) - Math.max(...shares(outcome))),
    egalitarian: atMost((outcome) => Math.min(...gains(outcome))),
    maxWelfare: atMost((outcome) => total(feasible[outcome])),
    maxRelativeWelfare: atMost((outcome) => total(shares(outcome))),
  };
}

/**
 * How far the parties' wishes are from being satisfiable together: the distance, in utilities as shares of `scale`, from the
 * best of all worlds (everyone gets 1) to the nearest rational outcome; 0 means no conflict, infinity that nothing is rational.
 *
 * Shapes: feasible [outcome][party], disagreement [party], scale [party] (default: each party's highest utility).
 * Source: Baarslag et al. (2013), Evaluating practical negotiating agents, opposition of a domain.
 *
 * @example
 * opposition([[1, 0], [0, 1]], [0, 0]) // 1
 */
export function opposition(
  feasible: readonly (readonly number[])[],
  disagreement: readonly number[],
  scale: readonly number[] = disagreement.map((_, party) => extreme(Math.max, feasible, party)),
): number {
  const rational = feasible.filter((utilities) => utilities.every((utility, party) => utility >= disagreement[party]));
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...rational.map((utilities) => Math.hypot(...utilities.map((utility, party) => 1 - utility / scale[party]))),
  );
}

/**
 * Share of the pairs of outcomes that two parties rank in opposite ways; pairs that are equal to both are left out.
 *
 * Shapes: feasible [outcome][2].
 * Source: the discordant pairs of Kendall's tau, over all pairs.
 *
 * @example
 * conflict([[0, 2], [1, 1], [2, 0]]) // 1
 */
export function conflict(feasible: readonly (readonly number[])[]): number {
  let opposed = 0;
  let pairs = 0;
  for (let i = 0; i < feasible.length; i++) {
    for (let j = i + 1; j < feasible.length; j++) {
      const first = feasible[i][0] - feasible[j][0];
      const second = feasible[i][1] - feasible[j][1];
      if (first === 0 && second === 0) continue;
      pairs++;
      if (first * second < 0) opposed++;
    }
  }
  return pairs === 0 ? 1 : opposed / pairs;
}

function highest(outcomes: readonly number[], score: (outcome: number) => number): readonly number[] {
  const scores = outcomes.map(score);
  const top = Math.max(...scores);
  return outcomes.filter((_, i) => scores[i] >= top - utilityTolerance);
}

function extreme(
  pick: (...values: number[]) => number,
  feasible: readonly (readonly number[])[],
  party: number,
): number {
  return feasible.reduce((so, utilities) => pick(so, utilities[party]), feasible[0]?.[party] ?? Number.NaN);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
