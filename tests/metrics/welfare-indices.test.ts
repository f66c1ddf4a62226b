import { expect, test } from 'vitest';
import { atkinsonIndex, generalisedGiniWelfare, jainIndex, logNashWelfare, theilIndex } from '#metrics';

test("Jain's index is 1 for equals and 1 / n where one has all", () => {
  expect(jainIndex([3, 3, 3])).toBeCloseTo(1, 12);
  expect(jainIndex([0, 0, 5, 0])).toBe(0.25);
  expect(jainIndex([1, 2, 3, 4])).toBeCloseTo(100 / 120, 12);
  expect(jainIndex([0, 0])).toBeUndefined();
});

test("Atkinson's index is the share that equality would save", () => {
  expect(atkinsonIndex([2, 2], 0.5)).toBeCloseTo(0, 12);
  // Geometric mean sqrt(3) over mean 2.
  expect(atkinsonIndex([1, 3], 1)).toBeCloseTo(1 - Math.sqrt(3) / 2, 12);
  // ((1 + 2) / 2)^2 over mean 2.5.
  expect(atkinsonIndex([1, 4], 0.5)).toBeCloseTo(1 - 2.25 / 2.5, 12);
  expect(atkinsonIndex([0, 4], 1)).toBe(1);
  expect(atkinsonIndex([-1, 4], 1)).toBeUndefined();
  expect(atkinsonIndex([0, 0], 0.5)).toBeUndefined();
});

test("Theil's index is 0 for equals and log n where one has all", () => {
  expect(theilIndex([4, 4])).toBe(0);
  expect(theilIndex([0, 0, 6])).toBeCloseTo(Math.log(3), 12);
  expect(theilIndex([-1, 2])).toBeUndefined();
  expect(theilIndex([])).toBeUndefined();
});

test("Nash's welfare is the product, and undefined where somebody has nothing", () => {
  expect(logNashWelfare([1, 2, 3])).toBeCloseTo(Math.log(6), 12);
  expect(logNashWelfare([0, 2])).toBeUndefined();
});

test('generalised Gini welfare counts the poorest most', () => {
  expect(generalisedGiniWelfare([4, 1])).toBe(1 + 4 / 2);
  expect(generalisedGiniWelfare([8, 4, 2])).toBe(2 + 4 / 2 + 8 / 4);
});
