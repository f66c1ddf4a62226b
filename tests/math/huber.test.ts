import { expect, test } from 'vitest';
import { huber, huberDerivative, smoothL1, smoothL1Derivative } from '#math';
import { expectGradient } from './finite-differences.ts';

test("Huber's loss is half the square up to delta and a line of slope delta beyond", () => {
  expect([huber(0.5, 1), huber(1, 1), huber(3, 1), huber(-3, 2)]).toEqual([0.125, 0.5, 2.5, 4]);
});

test('an infinite delta leaves half the square everywhere', () => {
  expect(huber(10, Number.POSITIVE_INFINITY)).toBe(50);
  expect(huberDerivative(-10, Number.POSITIVE_INFINITY)).toBe(-10);
});

test("smooth L1 is Huber's loss over delta, so its line has slope 1", () => {
  expect(smoothL1(3, 0.5)).toBe(2.75);
  expect(smoothL1Derivative(3, 0.5)).toBe(1);
  expect(smoothL1Derivative(-0.25, 0.5)).toBe(-0.5);
});

test.each([-4, -0.9, -0.2, 0.3, 2])('derivatives at %d are those of the losses', (error) => {
  expectGradient(([x]) => huber(x, 1), [error], [huberDerivative(error, 1)]);
  expectGradient(([x]) => smoothL1(x, 0.7), [error], [smoothL1Derivative(error, 0.7)]);
});
