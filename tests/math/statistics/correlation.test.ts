import { expect, test } from 'vitest';
import { kendall, kendallC, pearson, spearman } from '#math';

test('points on a line correlate fully, in either direction', () => {
  expect(pearson([1, 2, 3], [2, 4, 6])).toEqual({ statistic: 1, pValue: 0 });
  expect(pearson([1, 2, 3], [6, 4, 2]).statistic).toBe(-1);
});

test('a correlation by hand', () => {
  // Centred -1, 0, 1 and -1, 1, 0: 1 / sqrt(2 * 2).
  const { statistic, pValue } = pearson([1, 2, 3], [1, 3, 2]);
  expect(statistic).toBeCloseTo(0.5, 12);
  // t = 0.5 / sqrt(0.75), one degree of freedom.
  expect(pValue).toBeCloseTo(1 - (2 * Math.atan(0.5 / Math.sqrt(0.75))) / Math.PI, 12);
});

test('rank correlation sees any rising curve as full', () => {
  expect(spearman([1, 2, 3, 4], [1, 8, 27, 640]).statistic).toBe(1);
});

test('a variable that does not vary correlates with nothing', () => {
  expect(spearman([1, 2, 3], [5, 5, 5]).statistic).toBeNaN();
  expect(kendall([1, 2, 3], [5, 5, 5]).statistic).toBeNaN();
});

test("Kendall's tau is the balance of pairs in order", () => {
  const { statistic, pValue } = kendall([1, 2, 3], [1, 3, 2]);
  expect(statistic).toBeCloseTo(1 / 3, 12);
  // Of the six orders of three, three have at most one inversion and five at least one: twice the smaller is all.
  expect(pValue).toBe(1);
  // No inversion in four: one of 24 orders, twice.
  expect(kendall([1, 2, 3, 4], [1, 2, 3, 4]).pValue).toBeCloseTo(2 / 24, 12);
});

test('ties are left out of the pairs that could be in order', () => {
  // Pairs: (0,1) tie in x, (0,2) and (1,2) in order; 2 / sqrt(2 * 3).
  expect(kendall([1, 1, 2], [1, 2, 3]).statistic).toBeCloseTo(2 / Math.sqrt(6), 12);
  // 2 * 2 / (9 * (1 / 2)).
  expect(kendallC([1, 1, 2], [1, 2, 3])).toBeCloseTo(4 / 4.5, 12);
});

test('with many numbers the exact p-value and the normal approximation come close', () => {
  const x = Array.from({ length: 33 }, (_, i) => i);
  const y = x.map((i) => (i * 7) % 33);
  const exact = kendall(x, y);
  const longer = kendall([...x, 33], [...y, 33]);
  expect(Math.abs(exact.statistic)).toBeLessThan(0.3);
  expect(Math.abs(exact.pValue - longer.pValue)).toBeLessThan(0.25);
});
