import { expect, test } from 'vitest';
import { createStreams } from '#core';
import { Gaussian } from '#math';
import { expectGradient } from './finite-differences.ts';

function loaded(outputs: readonly number[]): Gaussian {
  const normal = new Gaussian(outputs.length / 2);
  normal.load(outputs, 0);
  return normal;
}

test('the density is that of the normal distribution, one dimension after the other', () => {
  // Mean 1, deviation 2 at 2: z = 0.5; mean 0, deviation 1 at 1.
  const density = (z: number, deviation: number) => Math.exp(-0.5 * z * z) / (deviation * Math.sqrt(2 * Math.PI));
  const expected = Math.log(density(0.5, 2) * density(1, 1));
  expect(loaded([1, 0, Math.log(2), 0]).logProbability([2, 1], 0)).toBeCloseTo(expected, 12);
});

test('the entropy is log sigma + (1 + log 2 pi) / 2 a dimension', () => {
  expect(loaded([3, 0, Math.log(2), 0]).entropy()).toBeCloseTo(Math.log(2) + 1 + Math.log(2 * Math.PI), 12);
});

test('the greedy action is the mean', () => {
  const action = [0, 0];
  const normal = loaded([3, -1, 0.5, 0]);
  expect(normal.greedy(action, 0)).toBeCloseTo(normal.logProbability([3, -1], 0), 12);
  expect(action).toEqual([3, -1]);
});

test('samples have the mean and the deviation that were asked for', () => {
  const normal = loaded([2, Math.log(3)]);
  const draws = createStreams(1).stream('gaussian');
  const action = [0];
  let [sum, squares] = [0, 0];
  const n = 20_000;
  for (let i = 0; i < n; i++) {
    expect(normal.sample(draws, action, 0)).toBe(normal.logProbability(action, 0));
    sum += action[0];
    squares += (action[0] - 2) ** 2;
  }
  // Standard errors: 3 / sqrt(n) = 0.021 of the mean, 3 / sqrt(2 n) = 0.015 of the deviation.
  expect(Math.abs(sum / n - 2)).toBeLessThan(0.085);
  expect(Math.abs(Math.sqrt(squares / n) - 3)).toBeLessThan(0.06);
});

test('rows are read and gradients written at their places', () => {
  const normal = new Gaussian(1);
  normal.load([9, 9, 1, 0], 2);
  expect(normal.logProbability([5, 1], 1)).toBeCloseTo(-0.5 * Math.log(2 * Math.PI), 12);
  const grads = [0, 0, 0, 0];
  normal.addGrad([5, 2], 1, 1, 0, grads, 2);
  expect(grads).toEqual([0, 0, 1, 0]);
});

test('gradients are those of log-probability and entropy', () => {
  const outputs = [0.3, -1, 0.2, -0.4];
  const action = [1, -1.3];
  const grads = [0, 0, 0, 0];
  loaded(outputs).addGrad(action, 0, 0.7, 0.3, grads, 0);
  expectGradient((x) => 0.7 * loaded(x).logProbability(action, 0) + 0.3 * loaded(x).entropy(), outputs, grads);
});
