import { PolityError, type Rng } from '#core';
import type { Numbers } from '../numbers.ts';
import { type Alternative, pValueOf, type TestResult } from './hypothesis.ts';
import { mean } from './summary.ts';

export interface PermutationOptions {
  readonly alternative?: Alternative;
  /**
   * Where there are more rearrangements than this, as many random ones are tried, and the observed one is counted in.
   * Default 20 000.
   */
  readonly most?: number;
  /** Needed where there are more rearrangements than `most`. */
  readonly rng?: Rng;
}

export interface PermutationResult extends TestResult {
  /** The share of rearrangements whose statistic is at least as far from 0: the other two-sided definition. */
  readonly shareAsFar: number;
}

/**
 * Whether two independent samples differ in their means, by dealing the pooled numbers out in all ways (or many random ones).
 *
 * Shapes: a [n], b [m]; the statistic is mean(a) - mean(b).
 * Throws: PolityError (contract) when random rearrangements are needed and no `rng` was given.
 * Source: Fisher (1935); Pitman (1937). The two-sided p-value is twice the smaller tail.
 *
 * @example
 * permutationTest([3, 4], [1, 2], { alternative: 'greater' }).pValue // 1 / 6
 */
export function permutationTest(a: Numbers, b: Numbers, options: PermutationOptions = {}): PermutationResult {
  const pooled = [...Array.from(a), ...Array.from(b)];
  const total = pooled.reduce((sum, value) => sum + value, 0);
  const [n, m] = [a.length, b.length];
  const differenceOf = (sum: number) => sum / n - (total - sum) / m;
  const observed = mean(a) - mean(b);
  const tally = new Tally(observed);
  if (binomial(n + m, n) <= (options.most ?? defaultMost)) {
    forEachChoiceSum(pooled, n, (sum) => tally.add(differenceOf(sum)));
    return tally.result(options.alternative);
  }
  return tally.sample(options, (rng) => {
    const order = rng.permutation(n + m);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += pooled[order[i]];
    return differenceOf(sum);
  });
}

/**
 * Whether pairs differ on average, by turning the signs of their differences in all ways (or many random ones).
 *
 * Shapes: a, b [n]; the statistic is the mean of a[i] - b[i].
 * Throws: PolityError (contract) when random rearrangements are needed and no `rng` was given.
 * Source: Fisher (1935), "The design of experiments", section 21.
 *
 * @example
 * signFlipTest([2, 3], [1, 1], { alternative: 'greater' }).pValue // 1 / 4
 */
export function signFlipTest(a: Numbers, b: Numbers, options: PermutationOptions = {}): PermutationResult {
  const differences = Array.from(a, (value, i) => value - b[i]);
  const n = differences.length;
  const tally = new Tally(mean(differences));
  if (2 ** n <= (options.most ?? defaultMost)) {
    const walk = (at: number, sum: number): void => {
      if (at === n) {
        tally.add(sum / n);
        return;
      }
      walk(at + 1, sum + differences[at]);
      walk(at + 1, sum - differences[at]);
    };
    walk(0, 0);
    return tally.result(options.alternative);
  }
  return tally.sample(options, (rng) => {
    let sum = 0;
    for (const difference of differences) sum += rng.integer(0, 2) === 0 ? difference : -difference;
    return sum / n;
  });
}

const defaultMost = 20_000;

/** Counts rearrangements by how they compare with the observed statistic; rounding must not break ties. */
class Tally {
  readonly #observed: number;
  readonly #slack: number;
  #count = 0;
  #greater = 0;
  #less = 0;
  #asFar = 0;

  constructor(observed: number) {
    this.#observed = observed;
    this.#slack = 1e-12 * Math.max(1, Math.abs(observed));
  }

  add(statistic: number): void {
    this.#count++;
    if (statistic >= this.#observed - this.#slack) this.#greater++;
    if (statistic <= this.#observed + this.#slack) this.#less++;
    if (Math.abs(statistic) >= Math.abs(this.#observed) - this.#slack) this.#asFar++;
  }

  sample({ alternative, most = defaultMost, rng }: PermutationOptions, draw: (rng: Rng) => number): PermutationResult {
    if (rng === undefined) {
      throw new PolityError({
        code: 'contract',
        where: 'permutation test',
        message: 'too many rearrangements to try them all, and nothing to draw some with',
        got: 'no rng',
        expected: `an rng, or at most ${most} rearrangements`,
      });
    }
    this.add(this.#observed);
    for (let i = 0; i < most; i++) this.add(draw(rng));
    return this.result(alternative);
  }

  result(alternative: Alternative = 'two-sided'): PermutationResult {
    const count = this.#count;
    return {
      statistic: this.#observed,
      pValue: pValueOf(alternative, this.#greater / count, this.#less / count),
      shareAsFar: this.#asFar / count,
    };
  }
}

/** Calls `visit` with the sum of every choice of `count` numbers. */
function forEachChoiceSum(values: readonly number[], count: number, visit: (sum: number) => void): void {
  const walk = (from: number, left: number, sum: number): void => {
    if (left === 0) visit(sum);
    else for (let i = from; i <= values.length - left; i++) walk(i + 1, left - 1, sum + values[i]);
  };
  walk(0, count, 0);
}

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}
