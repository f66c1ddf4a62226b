import { expect, test } from 'vitest';
import { PolityError } from '#core';
import { aggregate, interquartileMean, optimalityGap, poolScores, requireScores, taskMeans } from '#math';

test('the interquartile mean leaves out a quarter of the numbers at each end, rounded down', () => {
  // Of 7 numbers floor(7 / 4) = 1 falls at each end: (2 + 3 + 4 + 5 + 6) / 5.
  expect(interquartileMean([100, 2, 3, 6, 5, 4, -100])).toBe(4);
  // Of 8 numbers two fall at each end: (3 + 4 + 5 + 6) / 4.
  expect(interquartileMean([1, 2, 3, 4, 5, 6, 7, 8])).toBe(4.5);
});

test('of fewer than four numbers the interquartile mean leaves out none', () => {
  expect(interquartileMean([0, 0, 9])).toBe(3);
});

test('the interquartile mean does not reorder what it is given', () => {
  const values = [3, 1, 2, 0];
  interquartileMean(values);
  expect(values).toEqual([3, 1, 2, 0]);
});

test('what lies above the target does not close the optimality gap', () => {
  expect(optimalityGap([0.5, 3])).toBe(0.25);
  expect(optimalityGap([0.5, 3], 2)).toBe(0.75);
});

test('the median is over the means of the tasks, the interquartile mean over all runs', () => {
  // Tasks have the means 1, 2 and 9; all scores in order: 0 1 1 2 2 2 3 8 10.
  const scores = [
    [0, 1, 8],
    [1, 2, 10],
    [2, 3, 9],
  ];
  expect([...taskMeans(scores)]).toEqual([1, 2, 9]);
  expect([...poolScores(scores)]).toEqual([0, 1, 8, 1, 2, 10, 2, 3, 9]);
  // 0 1 | 1 2 2 3 8 | 9 10 with floor(9 / 4) = 2 left out at each end: (1 + 2 + 2 + 3 + 8) / 5.
  const { mean, median, iqm, optimalityGap: gap } = aggregate(scores, 2);
  expect({ mean, median, iqm }).toEqual({ mean: 4, median: 2, iqm: 16 / 5 });
  // Cut at 2: 0 1 2 1 2 2 2 2 2.
  expect(gap).toBeCloseTo(2 - 14 / 9, 14);
});

test.each([
  [[], 'no scores'],
  [[[]], 'no scores'],
  [[[1, 2], [1]], 'run 1 has other tasks than run 0'],
  [[[1], [Number.NaN]], 'run 1, task 0 has no score'],
])('scores %j are refused: %s', (scores, message) => {
  expect(() => requireScores(scores, 'here')).toThrow(PolityError);
  expect(() => aggregate(scores)).toThrow(message);
});
