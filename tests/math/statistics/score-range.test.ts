import { expect, test } from 'vitest';
import { normaliseScore, rangeOfScores } from '#math';

test('the range goes from the lowest to the highest score', () => {
  expect(rangeOfScores([3, -1, 2])).toEqual({ low: -1, high: 3 });
  expect(rangeOfScores([4])).toEqual({ low: 4, high: 4 });
});

test('a score is placed between the two ends, and beyond them', () => {
  const range = { low: 10, high: 20 };
  expect([5, 10, 15, 25].map((score) => normaliseScore(score, range))).toEqual([-0.5, 0, 0.5, 1.5]);
});

test('with an epsilon a range of no width gives 0', () => {
  expect(normaliseScore(4, { low: 4, high: 4 }, 1e-6)).toBe(0);
});
