import { expect, test } from 'vitest';
import {
  logGamma,
  mean,
  meanInterval,
  median,
  quantile,
  regularisedBeta,
  standardError,
  studentDistribution,
  studentQuantile,
  studentTwoSided,
  variance,
} from '#math';

test.each([
  [1, 12.7062047362],
  [2, 4.3026527297],
  [4, 2.7764451052],
  [9, 2.262157163],
  [30, 2.0422724563],
  [1e6, 1.9599666],
])('the 97.5 %% point of t with %d degrees of freedom is the one in the tables: %d', (freedom, point) => {
  expect(studentQuantile(0.975, freedom)).toBeCloseTo(point, 6);
  expect(studentQuantile(0.025, freedom)).toBeCloseTo(-point, 6);
});

test('t with one degree of freedom is the Cauchy distribution: 1/2 + atan(t) / pi', () => {
  for (const t of [-3, -0.4, 0, 0.7, 5, 200]) {
    expect(studentDistribution(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
    expect(studentTwoSided(t, 1)).toBeCloseTo(1 - (2 * Math.atan(Math.abs(t))) / Math.PI, 13);
  }
});

test('the quantile undoes the distribution function, in the middle too', () => {
  for (const p of [0.001, 0.3, 0.5, 0.6, 0.9, 0.9999]) {
    expect(studentDistribution(studentQuantile(p, 5.5), 5.5)).toBeCloseTo(p, 12);
  }
});

test('the incomplete beta function with whole parameters is a polynomial', () => {
  // I(x; 2, 3) = 1 - (1 - x)^4 - 4 x (1 - x)^3, a binomial tail.
  for (const x of [0.05, 0.3, 0.5, 0.8, 0.99]) {
    expect(regularisedBeta(x, 2, 3)).toBeCloseTo(1 - (1 - x) ** 4 - 4 * x * (1 - x) ** 3, 13);
  }
  expect([regularisedBeta(-1, 2, 3), regularisedBeta(2, 2, 3)]).toEqual([0, 1]);
});

test('the gamma function of whole numbers is a factorial, of a half the root of pi', () => {
  expect(logGamma(5)).toBeCloseTo(Math.log(24), 13);
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13);
  expect(logGamma(21)).toBeCloseTo(Math.log(2432902008176640000), 11);
});

test('mean, variance and standard error of four numbers', () => {
  // Mean 3, squared deviations 4 + 1 + 1 + 4 = 10.
  expect(mean([1, 2, 4, 5])).toBe(3);
  expect(variance([1, 2, 4, 5])).toBeCloseTo(10 / 3, 14);
  expect(variance([1, 2, 4, 5], 0)).toBe(2.5);
  expect(standardError([1, 2, 4, 5])).toBeCloseTo(Math.sqrt(10 / 3 / 4), 14);
});

test('quantiles are interpolated between neighbours in order', () => {
  expect(quantile([4, 1, 2], 0)).toBe(1);
  expect(quantile([4, 1, 2], 0.75)).toBe(3);
  expect(quantile([4, 1, 2], 1)).toBe(4);
  expect(median([5, 1, 2, 4])).toBe(3);
  expect(median([7])).toBe(7);
});

test('the interval of a mean has half the width t times the standard error', () => {
  // Mean 2, standard deviation 1, standard error 1 / sqrt(3), t(0.975, 2) = 4.30265.
  const interval = meanInterval([1, 2, 3]);
  expect(interval?.[0]).toBeCloseTo(2 - 4.3026527297 / Math.sqrt(3), 8);
  expect(interval?.[1]).toBeCloseTo(2 + 4.3026527297 / Math.sqrt(3), 8);
  // Of 50 % confidence: t(0.75, 2) = 0.816497.
  expect(meanInterval([1, 2, 3], 0.5)?.[1]).toBeCloseTo(2 + 0.8164965809 / Math.sqrt(3), 8);
});

test('one value has no interval', () => {
  expect(meanInterval([3])).toBeUndefined();
});
