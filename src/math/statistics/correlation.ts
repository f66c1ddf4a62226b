import type { Numbers } from '../numbers.ts';
import { pValueOf, type TestResult } from './hypothesis.ts';
import { normalDistribution } from './normal.ts';
import { averageRanks, tieSizes } from './ranks.ts';
import { studentTwoSided } from './student-t.ts';
import { mean } from './summary.ts';

/**
 * How closely two variables follow a line, -1 to 1, with the two-sided p-value of no relation; NaN where one does not vary.
 *
 * Shapes: x, y [n], n at least 3.
 * Source: Pearson (1895); t with n - 2 degrees of freedom.
 *
 * @example
 * pearson([1, 2, 3], [2, 4, 6]).statistic // 1
 */
export function pearson(x: Numbers, y: Numbers): TestResult {
  const [centreX, centreY] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i] - centreX, y[i] - centreY];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  const statistic = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  const freedom = x.length - 2;
  const t = statistic * Math.sqrt(freedom / ((1 - statistic) * (1 + statistic)));
  return { statistic, pValue: studentTwoSided(t, freedom) };
}

/**
 * Pearson's correlation of ranks: whether two variables rise together, along whatever curve.
 *
 * Shapes: x, y [n], n at least 3.
 * Source: Spearman (1904), equal numbers sharing their mean rank.
 */
export function spearman(x: Numbers, y: Numbers): TestResult {
  return pearson(averageRanks(x), averageRanks(y));
}

/**
 * The balance of pairs that two variables order alike over those they order oppositely, corrected for ties (tau-b), with the
 * two-sided p-value: exact without ties up to 33 numbers, else by the normal approximation. NaN where a variable does not vary.
 *
 * Shapes: x, y [n], n at least 2.
 * Source: Kendall (1945), "The treatment of ties in ranking problems"; exact counts after Kendall (1938), "A new measure of
 * rank correlation".
 *
 * @example
 * kendall([1, 2, 3], [1, 3, 2]).statistic // (2 - 1) / 3
 */
export function kendall(x: Numbers, y: Numbers): TestResult {
  const n = x.length;
  const pairs = (n * (n - 1)) / 2;
  const { alike, opposite } = pairCounts(x, y);
  const [tiesX, tiesY] = [tieSizes(x), tieSizes(y)];
  const tied = (ties: readonly number[], term: (size: number) => number) =>
    ties.reduce((sum, size) => sum + term(size), 0);
  const pairsTied = (ties: readonly number[]) => tied(ties, (size) => (size * (size - 1)) / 2);
  const [tiedX, tiedY] = [pairsTied(tiesX), pairsTied(tiesY)];
  const statistic = (alike - opposite) / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY);
  if (tiesX.length === 0 && tiesY.length === 0 && n <= 33) {
    return { statistic, pValue: exactPValue(n, opposite) };
  }
  const cubic = (ties: readonly number[]) => tied(ties, (t) => t * (t - 1) * (2 * t + 5));
  const triple = (ties: readonly number[]) => tied(ties, (t) => t * (t - 1) * (t - 2));
  const variance =
    (n * (n - 1) * (2 * n + 5) - cubic(tiesX) - cubic(tiesY)) / 18 +
    (2 * tiedX * tiedY) / (n * (n - 1)) +
    (triple(tiesX) * triple(tiesY)) / (9 * n * (n - 1) * (n - 2));
  return { statistic, pValue: 2 * normalDistribution(-Math.abs(alike - opposite) / Math.sqrt(variance)) };
}

/**
 * Kendall's tau-c, which can reach -1 and 1 where the variables take different numbers of values.
 *
 * Shapes: x, y [n].
 * Source: Stuart (1953), "The estimation and comparison of strengths of association in contingency tables".
 */
export function kendallC(x: Numbers, y: Numbers): number {
  const { alike, opposite } = pairCounts(x, y);
  const values = Math.min(new Set(Array.from(x)).size, new Set(Array.from(y)).size);
  return (2 * (alike - opposite)) / (x.length ** 2 * ((values - 1) / values));
}

function pairCounts(x: Numbers, y: Numbers): { alike: number; opposite: number } {
  let [alike, opposite] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const product = Math.sign(x[i] - x[j]) * Math.sign(y[i] - y[j]);
      if (product > 0) alike++;
      else if (product < 0) opposite++;
    }
  }
  return { alike, opposite };
}

/** From the number of orders of n things that have each number of inversions, over all n! orders. */
function exactPValue(n: number, opposite: number): number {
  let shares = new Float64Array([1]);
  for (let size = 2; size <= n; size++) {
    const next = new Float64Array(shares.length + size - 1);
    shares.forEach((share, inversions) => {
      for (let more = 0; more < size; more++) next[inversions + more] += share / size;
    });
    shares = next;
  }
  let [greater, less] = [0, 0];
  shares.forEach((share, inversions) => {
    if (inversions >= opposite) greater += share;
    if (inversions <= opposite) less += share;
  });
  return pValueOf('two-sided', greater, less);
}
