import { expect, test } from 'vitest';
import { averageScoreProfile, performanceProfile, probabilityOfImprovement } from '#math';

test('a performance profile counts the scores that lie strictly above each threshold', () => {
  expect(
    performanceProfile(
      [
        [1, 2],
        [2, 3],
      ],
      [0, 1, 2, 2.5, 3, 1],
    ),
  ).toEqual([1, 0.75, 0.25, 0.25, 0, 0.75]);
});

test('an average-score profile counts tasks by their mean over runs', () => {
  expect(
    averageScoreProfile(
      [
        [1, 5],
        [3, 5],
      ],
      [2, 1.9, 4, 5],
    ),
  ).toEqual([0.5, 1, 0.5, 0]);
});

test('equal scores count half in the probability of improvement', () => {
  // 1 > 1 is half, 1 > 2 no, 3 > 1 and 3 > 2 yes: (0.5 + 0 + 1 + 1) / 4.
  expect(probabilityOfImprovement([[1], [3]], [[1], [2]])).toBe(0.625);
});

test('the probability of improvement is averaged over tasks, and the two sides add up to one', () => {
  const a = [
    [1, 0],
    [2, 0],
  ];
  const b = [[0, 1]];
  expect(probabilityOfImprovement(a, b)).toBe(0.5);
  expect(probabilityOfImprovement([[1, 9, 4]], [[0, 8, 5]]) + probabilityOfImprovement([[0, 8, 5]], [[1, 9, 4]])).toBe(
    1,
  );
});

test('scores against themselves improve with probability one half', () => {
  const scores = [[1], [4], [2], [8]];
  expect(probabilityOfImprovement(scores, scores)).toBe(0.5);
});
