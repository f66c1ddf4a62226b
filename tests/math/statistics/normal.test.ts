import { expect, test } from 'vitest';
import { inverseMills, normalDensity, normalDistribution, normalQuantile } from '#math';

test.each([
  [0, 0.5],
  [1, 0.8413447460685429],
  [1.959963984540054, 0.975],
  [3, 0.9986501019683699],
])('the normal distribution at %d is %d', (x, p) => {
  expect(normalDistribution(x)).toBeCloseTo(p, 14);
  expect(normalDistribution(-x)).toBeCloseTo(1 - p, 14);
});

test.each([
  [-5, 2.866515718791939e-7],
  [-10, 7.619853024160527e-24],
  [-37, 5.725571222524577e-300],
])('the lower tail at %d keeps its relative precision: %d', (x, p) => {
  expect(normalDistribution(x) / p).toBeCloseTo(1, 10);
});

test('both formulas agree where one gives way to the other', () => {
  const slope = (normalDistribution(2.5 + 1e-9) - normalDistribution(2.5 - 1e-9)) / 2e-9;
  expect(slope).toBeCloseTo(normalDensity(2.5), 6);
  expect(normalDistribution(-2.5)).toBeCloseTo(0.006209665325776132, 15);
  expect(normalDistribution(-2.500001)).toBeCloseTo(0.006209665325776132 - 1e-6 * normalDensity(2.5), 11);
});

test('the quantile undoes the distribution', () => {
  for (const p of [1e-12, 0.001, 0.025, 0.3, 0.5, 0.8, 0.999]) {
    expect(normalDistribution(normalQuantile(p)) / p).toBeCloseTo(1, 9);
  }
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
});

test("the inverse of Mills's ratio stays finite where density and distribution both vanish", () => {
  expect(inverseMills(0)).toBeCloseTo(Math.sqrt(2 / Math.PI), 14);
  expect(inverseMills(-2.6)).toBeCloseTo(normalDensity(2.6) / normalDistribution(-2.6), 10);
  // Asymptotically y + 1 / y.
  expect(inverseMills(-1000)).toBeCloseTo(1000.001, 8);
});
