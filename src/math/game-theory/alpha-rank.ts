import { type PayoffTable, payoffAt, profilesOf, sizesOf } from './normal-form.ts';

export interface AlphaRankOptions {
  /** Individuals in each population. */
  readonly populationSize?: number;
  /** How strongly payoff differences decide who spreads; 'infinite' for the limit. */
  readonly selection?: number | 'infinite';
  /** In the infinite limit, how often a worse strategy takes over nevertheless. */
  readonly noise?: number;
  /**
   * One population only: whether a mutant is compared with the others in encounters of the two (default), or each by its payoff
   * against everybody in the population.
   */
  readonly localEncounters?: boolean;
}

export interface AlphaRank {
  /** Combinations of one strategy a population, the last changing fastest. */
  readonly profiles: readonly (readonly number[])[];
  /** The share of time spent in each profile: the ranking. */
  readonly stationary: readonly number[];
  /** The probability that a mutant which leads from one profile to another takes over its population; 0 between others. */
  readonly fixation: readonly (readonly number[])[];
}

/**
 * Ranks strategies by how long evolution with rare mutations stays at each.
 *
 * Shapes: one table [strategies][strategies] for a symmetric game played within one population, or one table a population with an
 * axis for each.
 * Source: Omidshafiei et al. (2019), "α-Rank: multi-agent evaluation by evolution", eq. 7 to 15.
 *
 * @example
 * alphaRank([[[0, -1, 1], [1, 0, -1], [-1, 1, 0]]]).stationary // [1 / 3, 1 / 3, 1 / 3]
 */
export function alphaRank(tables: readonly PayoffTable[], options: AlphaRankOptions = {}): AlphaRank {
  const alone = tables.length === 1;
  const sizes = alone ? [sizesOf(tables[0])[0]] : sizesOf(tables[0]);
  const profiles = profilesOf(sizes);
  const logFixation = profiles.map((from) =>
    profiles.map((to) => {
      const changed = from.flatMap((strategy, population) => (strategy === to[population] ? [] : [population]));
      if (changed.length !== 1) return Number.NEGATIVE_INFINITY;
      if (alone) return logFixationWithin(tables[0], to[0], from[0], options);
      const table = tables[changed[0]];
      return logFixationBy(payoffAt(table, to) - payoffAt(table, from), options);
    }),
  );
  const fixation = logFixation.map((row) => row.map(Math.exp));
  return { profiles, stationary: stationaryOf(logFixation), fixation };
}

function logFixationWithin(table: PayoffTable, mutant: number, resident: number, options: AlphaRankOptions): number {
  const { populationSize = 50, selection = 100, localEncounters = true } = options;
  const payoff = (mine: number, other: number) => payoffAt(table, [mine, other]);
  const difference = payoff(mutant, resident) - payoff(resident, mutant);
  if (localEncounters || selection === 'infinite') return logFixationBy(difference, options);
  // Moran process: 1 / (1 + sum over l of the product over k <= l of the odds against the mutants when there are k).
  const others = populationSize - 1;
  let logSum = 0;
  let exponent = 0;
  for (let k = 1; k < populationSize; k++) {
    const ofMutant = ((k - 1) * payoff(mutant, mutant) + (populationSize - k) * payoff(mutant, resident)) / others;
    const ofResident = (k * payoff(resident, mutant) + (others - k) * payoff(resident, resident)) / others;
    exponent -= selection * (ofMutant - ofResident);
    logSum = logAdd(logSum, exponent);
  }
  return -logSum;
}

/** The logarithm of the probability that one mutant, better by `difference` in every comparison, takes over. */
function logFixationBy(difference: number, options: AlphaRankOptions): number {
  const { populationSize: m = 50, selection = 100, noise = 0.01 } = options;
  if (selection === 'infinite') return Math.log(difference > 0 ? 1 - noise : difference < 0 ? noise : 0.5);
  const u = selection * difference;
  if (Math.abs(u) < 1e-14) return -Math.log(m);
  // (1 - exp(-u)) / (1 - exp(-m u)), with what would overflow taken out where u is negative.
  const share = Math.log(Math.expm1(-Math.abs(u)) / Math.expm1(-m * Math.abs(u)));
  return u > 0 ? share : share + (m - 1) * u;
}

/**
 * The stationary distribution of the chain that tries one mutation at a time, by state reduction without subtractions and on
 * logarithms, which keeps its precision where transitions differ by hundreds of orders of magnitude.
 *
 * Source: Grassmann, Taksar and Heyman (1985), "Regenerative analysis and steady state distributions for Markov chains".
 */
function stationaryOf(logRates: readonly (readonly number[])[]): number[] {
  const n = logRates.length;
  const rates = logRates.map((row) => [...row]);
  for (let last = n - 1; last > 0; last--) {
    let out = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < last; j++) out = logAdd(out, rates[last][j]);
    for (let i = 0; i < last; i++) rates[i][last] -= out;
    for (let i = 0; i < last; i++) {
      for (let j = 0; j < last; j++) if (i !== j) rates[i][j] = logAdd(rates[i][j], rates[i][last] + rates[last][j]);
    }
  }
  const logShares = [0];
  for (let state = 1; state < n; state++) {
    let share = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < state; i++) share = logAdd(share, logShares[i] + rates[i][state]);
    logShares.push(share);
  }
  const total = logShares.reduce(logAdd);
  return logShares.map((share) => Math.exp(share - total));
}

/** log(exp(a) + exp(b)). */
function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
}
