import { expect, test } from 'vitest';
import { createStreams, PolityError } from '#core';
import {
  adjustPValues,
  averageRanks,
  pairedTTest,
  permutationTest,
  pooledTTest,
  rankSumTest,
  signedRankTest,
  signFlipTest,
  tieSizes,
  welchTTest,
} from '#math';

test('a paired test is a t test of the differences', () => {
  // Differences 1 and 3: mean 2, standard error 1, one degree of freedom: p = 1 - 2 atan(2) / pi.
  const result = pairedTTest([2, 4], [1, 1]);
  expect(result.statistic).toBe(2);
  expect(result.freedom).toBe(1);
  expect(result.pValue).toBeCloseTo(1 - (2 * Math.atan(2)) / Math.PI, 12);
  expect(result.interval).toEqual([expect.closeTo(2 - 12.7062047362, 8), expect.closeTo(2 + 12.7062047362, 8)]);
});

test('with equal sizes and variances Welch and the pooled test agree', () => {
  const [a, b] = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  // Difference -3, error sqrt(1/3 + 1/3).
  expect(welchTTest(a, b).statistic).toBeCloseTo(-3 / Math.sqrt(2 / 3), 12);
  expect(pooledTTest(a, b).statistic).toBeCloseTo(welchTTest(a, b).statistic, 12);
  expect(welchTTest(a, b).freedom).toBeCloseTo(4, 12);
  expect(pooledTTest(a, b).freedom).toBe(4);
});

test("Welch's degrees of freedom fall towards the sample that varies more", () => {
  const result = welchTTest([0, 10, 20], [5, 5.1, 4.9, 5, 5.05, 4.95]);
  expect(result.freedom).toBeGreaterThan(2);
  expect(result.freedom).toBeLessThan(2.01);
});

test('equal numbers share the mean of their ranks', () => {
  expect([...averageRanks([10, 30, 10, 20])]).toEqual([1.5, 4, 1.5, 3]);
  expect(tieSizes([1, 2, 2, 3, 3, 3])).toEqual([2, 3]);
});

test('the exact rank sum test counts all orders of the pooled sample', () => {
  // Six orders of two against two; all of a above all of b is one of them.
  const result = rankSumTest([3, 4], [1, 2], { alternative: 'greater' });
  expect(result.statistic).toBe(4);
  expect(result.pValue).toBeCloseTo(1 / 6, 12);
  expect(rankSumTest([3, 4], [1, 2]).pValue).toBeCloseTo(1 / 3, 12);
  expect(rankSumTest([3, 4], [1, 2], { alternative: 'less' }).pValue).toBe(1);
});

test('the exact rank sum test agrees with counting every split by hand', () => {
  const [a, b] = [
    [2.5, 7, 9],
    [1, 3, 4, 8],
  ];
  const pooled = [...a, ...b];
  const u = (chosen: number[]) =>
    chosen.reduce((sum, i) => sum + pooled.filter((value, j) => !chosen.includes(j) && value < pooled[i]).length, 0);
  const observed = u([0, 1, 2]);
  let [greater, all] = [0, 0];
  for (let i = 0; i < 7; i++) {
    for (let j = i + 1; j < 7; j++) {
      for (let k = j + 1; k < 7; k++) {
        all++;
        if (u([i, j, k]) >= observed) greater++;
      }
    }
  }
  const result = rankSumTest(a, b, { alternative: 'greater' });
  expect(result.statistic).toBe(observed);
  expect(result.pValue).toBeCloseTo(greater / all, 12);
});

test('with ties the rank sum test goes over to the normal approximation', () => {
  const tied = rankSumTest([1, 2, 2, 3], [2, 4, 5, 6]);
  expect(tied).toEqual(rankSumTest([1, 2, 2, 3], [2, 4, 5, 6], { method: 'normal' }));
  // U counts 2 against 2 as half, twice.
  expect(tied.statistic).toBe(0 + 0.5 + 0.5 + 1);
});

test('the continuity correction only makes the test more careful', () => {
  const [a, b] = [
    [1, 2, 3, 9],
    [4, 5, 6, 7, 8],
  ];
  const [with_, without] = [true, false].map(
    (continuity) => rankSumTest(a, b, { method: 'normal', continuity }).pValue,
  );
  expect(with_).toBeGreaterThan(without);
});

test('samples that balance out exactly have p-value 1', () => {
  expect(rankSumTest([1, 4], [2, 3], { method: 'normal' }).pValue).toBe(1);
});

test('the signed rank test turns the signs of ranks in all ways', () => {
  // Differences 1, 2, 3, all positive: one of 8 sign patterns, twice for two sides.
  expect(signedRankTest([1, 5, 9], [0, 3, 6])).toEqual({ statistic: 0, pValue: 0.25 });
  // Differences -1, 2, 3: the negative sum is 1; sums of at most 1 have 2 of 8 patterns.
  expect(signedRankTest([0, 5, 9], [1, 3, 6])).toEqual({ statistic: 1, pValue: 0.5 });
});

test('pairs without a difference are left out of the signed rank test', () => {
  expect(signedRankTest([1, 5, 9, 4], [0, 3, 6, 4])).toEqual(signedRankTest([1, 5, 9], [0, 3, 6]));
});

test('a permutation test tries every way to deal the numbers out', () => {
  const greater = permutationTest([3, 4], [1, 2], { alternative: 'greater' });
  expect(greater.statistic).toBe(2);
  expect(greater.pValue).toBeCloseTo(1 / 6, 12);
  expect(permutationTest([3, 4], [1, 2], { alternative: 'less' }).pValue).toBe(1);
  expect(permutationTest([3, 4], [1, 2]).pValue).toBeCloseTo(1 / 3, 12);
  // As far from 0 on the other side: {1, 2} against {3, 4}.
  expect(greater.shareAsFar).toBeCloseTo(2 / 6, 12);
});

test('a sign flip test tries every pattern of signs', () => {
  const result = signFlipTest([2, 3], [1, 1], { alternative: 'greater' });
  expect(result).toEqual({ statistic: 1.5, pValue: 0.25, shareAsFar: 0.5 });
  expect(signFlipTest([2, 3], [1, 1]).pValue).toBe(0.5);
});

test('where there are too many ways, random ones come close to the exact p-value', () => {
  const [a, b] = [
    [3.1, 4.2, 5, 6.3, 2.2, 4.4],
    [2, 3, 4.1, 1.5, 2.5, 3.3],
  ];
  const rng = createStreams(3).stream('permutation');
  for (const run of [permutationTest, signFlipTest]) {
    const exact = run(a, b);
    const random = run(a, b, { most: 10, rng });
    expect(random.statistic).toBe(exact.statistic);
    // Ten draws and the observed one: a multiple of 1/11, doubled for two sides.
    expect(((random.pValue * 11) / 2) % 1).toBeCloseTo(0, 9);
  }
  const many = Array.from({ length: 20 }, (_, i) => i);
  const shifted = many.map((value) => value + 6.5 + (value % 3));
  const exact = rankSumTest(shifted, many).pValue;
  expect(Math.abs(permutationTest(shifted, many, { rng }).pValue - exact)).toBeLessThan(0.01);
  expect(signFlipTest(shifted, many, { rng }).pValue).toBeLessThan(0.001);
});

test('random rearrangements need a source of randomness', () => {
  const many = Array.from({ length: 30 }, (_, i) => i);
  expect(() => permutationTest(many, many)).toThrow(PolityError);
  expect(() => signFlipTest(many, many)).toThrow('no rng');
});

test('Bonferroni multiplies by the number of tests, up to 1', () => {
  expect(adjustPValues([0.01, 0.4, 0.03], 'bonferroni')).toEqual([0.03, 1, 0.09]);
});

test('Holm multiplies the smallest by all, the next by one less, and never lets the order change', () => {
  // 0.01 * 3, 0.02 * 2 = 0.04, 0.03 * 1 raised to 0.04.
  expect(adjustPValues([0.03, 0.01, 0.02], 'holm')).toEqual([0.04, 0.03, 0.04]);
  expect(adjustPValues([0.5, 0.6], 'holm')).toEqual([1, 1]);
});

test('Benjamini and Hochberg multiply by the number of tests over the rank', () => {
  // 0.01 * 3 / 1 = 0.03, 0.02 * 3 / 2 = 0.03, 0.9.
  expect(adjustPValues([0.9, 0.02, 0.01], 'falseDiscovery')).toEqual([
    0.9,
    expect.closeTo(0.03, 12),
    expect.closeTo(0.03, 12),
  ]);
});
