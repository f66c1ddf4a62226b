import type { Numbers } from '../numbers.ts';

/** The scores that count as 0 and as 1. */
export interface ScoreRange {
  readonly low: number;
  readonly high: number;
}

/**
 * The lowest and the highest of some scores.
 *
 * Shapes: scores [n], n at least 1.
 *
 * @example
 * rangeOfScores([3, -1, 2]) // { low: -1, high: 3 }
 */
export function rangeOfScores(scores: Numbers): ScoreRange {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] < low) low = scores[i];
    if (scores[i] > high) high = scores[i];
  }
  return { low, high };
}

/**
 * A score on the scale of its task: 0 at the low end (random play, or the worst seen), 1 at the high end (a reference, or the best
 * seen). `epsilon` is added to the width, so that a range of no width gives 0.
 *
 * Source: Gorsane et al. (2022), "Towards a standardised performance evaluation protocol for cooperative MARL", section 4;
 * marl-eval's epsilon is 1e-6.
 *
 * @example
 * normaliseScore(15, { low: 10, high: 20 }) // 0.5
 */
export function normaliseScore(score: number, { low, high }: ScoreRange, epsilon = 0): number {
  return (score - low) / (high - low + epsilon);
}
