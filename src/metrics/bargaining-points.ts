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
  const order = inOrder(feasible);
  const pairs = pairsNotEqual(order);
  // Down the first party's order, what the second would have the other way round; where the first has the same, none.
  return pairs === 0 ? 1 : inversions(order.map(([, second]) => second)) / pairs;
}

/**
 * What the better of two outcomes for the first party brings both together over the other one, on average over all pairs that
 * are not equal to both, in shares of each party's best; undefined where all are equal or a party wants nothing.
 *
 * Shapes: feasible [outcome][2].
 * Source: the win-win level of NegMAS 0.16 takes random neighbours of a shuffled list: this is its expectation.
 *
 * @example
 * winWin([[0, 0], [1, 1]]) // 2
 */
export function winWin(feasible: readonly (readonly number[])[]): number | undefined {
  const best = [0, 1].map((party) => extreme(Math.max, feasible, party));
  if (!(best[0] > 0 && best[1] > 0)) return undefined;
  const order = inOrder(feasible);
  const pairs = pairsNotEqual(order);
  if (pairs === 0) return undefined;
  // An outcome at place k is the better one of k pairs and the worse one of all others.
  const sum = order.reduce((so, [first, second], k) => {
    return so + (2 * k - order.length + 1) * (first / best[0] + second / best[1]);
  }, 0);
  return sum / pairs;
}

/** By what the first party has, then the second. */
function inOrder(feasible: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return [...feasible].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** Pairs of a list in order that differ for somebody. */
function pairsNotEqual(order: readonly (readonly number[])[]): number {
  let pairs = (order.length * (order.length - 1)) / 2;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && order[to][0] === order[from][0] && order[to][1] === order[from][1]) to++;
    pairs -= ((to - from) * (to - from - 1)) / 2;
    from = to;
  }
  return pairs;
}

/** Pairs of which the earlier is the greater one: those within each half, and across the two once these are in order. */
function inversions(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const half = values.length >> 1;
  const [left, right] = [values.slice(0, half), values.slice(half)];
  let count = inversions(left) + inversions(right);
  left.sort((a, b) => a - b);
  right.sort((a, b) => a - b);
  let smaller = 0;
  for (const value of left) {
    while (smaller < right.length && right[smaller] < value) smaller++;
    count += smaller;
  }
  return count;
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
