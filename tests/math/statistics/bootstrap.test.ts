import { expect, test } from 'vitest';
import { createStreams } from '#core';
import { aggregate, bootstrapInterval, bootstrapIntervals, improvementInterval, mean, poolScores } from '#math';

const rng = () => createStreams('bootstrap').stream('report/bootstrap');
const meanOf = (scores: readonly (readonly number[])[]) => mean(poolScores(scores));

test('scores that do not vary have an interval of no width', () => {
  expect(bootstrapInterval([[4], [4], [4]], meanOf, rng(), { resamples: 50 })).toEqual([4, 4]);
});

test('the mean of two runs is resampled to its four equally likely values', () => {
  // Draws with replacement from 0 and 1: means 0, 1/2, 1/2, 1; the middle half of these is [1/2, 1/2] up to interpolation.
  const interval = bootstrapInterval([[0], [1]], meanOf, rng(), { resamples: 2000, confidence: 0.4 });
  expect(interval).toEqual([0.5, 0.5]);
  expect(bootstrapInterval([[0], [1]], meanOf, rng(), { resamples: 2000, confidence: 0.8 })).toEqual([0, 1]);
});

test('the interval of the mean of many runs is that of the normal distribution', () => {
  const scores = Array.from({ length: 400 }, (_, run) => [run % 2]);
  const [low, high] = bootstrapInterval(scores, meanOf, rng(), { resamples: 4000 });
  // Standard error 0.5 / sqrt(400) = 0.025.
  expect(Math.abs(low - (0.5 - 1.96 * 0.025))).toBeLessThan(0.004);
  expect(Math.abs(high - (0.5 + 1.96 * 0.025))).toBeLessThan(0.004);
});

test('tasks are strata: a score never moves to another task, and tasks are drawn apart from each other', () => {
  const seen = new Set<string>();
  bootstrapInterval(
    [
      [1, 10],
      [2, 20],
    ],
    (drawn) => {
      for (const [first, second] of drawn) seen.add(`${first},${second}`);
      return 0;
    },
    rng(),
    { resamples: 200 },
  );
  expect([...seen].sort()).toEqual(['1,10', '1,20', '2,10', '2,20']);
});

test('the same stream gives the same interval, and the scores stay as they were', () => {
  const scores = [[0.1], [0.7], [0.4], [0.9]];
  const once = bootstrapInterval(scores, (s) => aggregate(s).iqm, rng(), { resamples: 300 });
  expect(bootstrapInterval(scores, (s) => aggregate(s).iqm, rng(), { resamples: 300 })).toEqual(once);
  expect(scores).toEqual([[0.1], [0.7], [0.4], [0.9]]);
});

test('several statistics of several algorithms come from the same resamples', () => {
  const [difference, first] = bootstrapIntervals(
    [
      [[1], [2]],
      [[1], [2], [3]],
    ],
    ([a, b]) => [meanOf(a) - meanOf(b), meanOf(a)],
    rng(),
    { resamples: 1000, confidence: 0.999 },
  );
  expect(difference).toEqual([1 - 3, 2 - 1]);
  expect(first).toEqual([1, 2]);
});

test('an algorithm that always wins improves with certainty', () => {
  expect(improvementInterval([[5], [6]], [[1], [2], [3]], rng(), { resamples: 100 })).toEqual([1, 1]);
});

test('a ragged matrix is refused before anything is drawn', () => {
  expect(() => bootstrapInterval([[1, 2], [3]], meanOf, rng())).toThrow('bootstrap: run 1 has other tasks than run 0');
});
