/**
 * Beliefs about what a party wants, from what it offers: for each issue, which shape its values' worths have and how much the
 * issue matters. Plain data of fixed size.
 *
 * Shapes: I issues, H hypotheses of an issue (shapes times weights), V values of all issues side by side (`starts` [I + 1]).
 */
export interface BayesianModel {
  readonly starts: Int32Array;
  /** First hypothesis of each issue. [I + 1] */
  readonly firsts: Int32Array;
  /** [sum of H] */
  readonly beliefs: Float64Array;
  /** What the hypothesis says the issue weighs, before weights are scaled to 1. [sum of H] */
  readonly weights: Float64Array;
  /** Number of the hypothesis's shape: the value that is its peak. [sum of H] */
  readonly peaks: Int32Array;
  /** Expected weight of each issue, scaled to 1. [I] */
  readonly expectedWeights: Float64Array;
  /** Expected worth of each value. [V] */
  readonly expectedWorth: Float64Array;
}

/** Weights that an issue may have. */
const weightLevels = [0.1, 0.3, 0.5, 0.7, 0.9];

/**
 * Beliefs before anything was offered: every shape and weight alike. A shape has a peak at one of the values and falls linearly to
 * both sides, to 0 at the farther end; peaks at the ends are the uphill and downhill shapes.
 *
 * Shapes: sizes [I], the number of values of each issue.
 * Source: Hindriks and Tykhonov (2008), "Opponent modelling in automated multi-issue negotiation using Bayesian learning".
 */
export function createBayesianModel(sizes: readonly number[]): BayesianModel {
  const starts = new Int32Array(sizes.length + 1);
  const firsts = new Int32Array(sizes.length + 1);
  for (const [issue, size] of sizes.entries()) {
    starts[issue + 1] = starts[issue] + size;
    firsts[issue + 1] = firsts[issue] + size * weightLevels.length;
  }
  const count = firsts[sizes.length];
  const model: BayesianModel = {
    starts,
    firsts,
    beliefs: new Float64Array(count),
    weights: new Float64Array(count),
    peaks: new Int32Array(count),
    expectedWeights: new Float64Array(sizes.length),
    expectedWorth: new Float64Array(starts[sizes.length]),
  };
  for (const [issue, size] of sizes.entries()) {
    for (let h = firsts[issue]; h < firsts[issue + 1]; h++) {
      model.beliefs[h] = 1 / (size * weightLevels.length);
      model.peaks[h] = Math.floor((h - firsts[issue]) / weightLevels.length);
      model.weights[h] = weightLevels[(h - firsts[issue]) % weightLevels.length];
    }
  }
  expect(model);
  return model;
}

/**
 * Takes an offer in. An offer is likely under a hypothesis when what it would be worth then, with the other issues as expected, is
 * near to what a party is thought to ask for at that time: 1 - 0.5 t. Allocates nothing.
 *
 * Shapes: digits [I] from `at` on; time 0..1.
 * Source: Hindriks and Tykhonov (2008), their scalable form (issues updated one at a time) and linear concession tactic.
 */
export function updateBayesianModel(
  model: BayesianModel,
  digits: ArrayLike<number>,
  time: number,
  at = 0,
  deviation = 0.15,
): void {
  const { starts, firsts, beliefs, weights, peaks, expectedWeights, expectedWorth } = model;
  const asked = 1 - 0.5 * time;
  const whole = bayesianEstimate(model, digits, at);
  for (let issue = 0; issue < expectedWeights.length; issue++) {
    const size = starts[issue + 1] - starts[issue];
    const value = digits[at + issue];
    const others = whole - expectedWeights[issue] * expectedWorth[starts[issue] + value];
    let total = 0;
    for (let h = firsts[issue]; h < firsts[issue + 1]; h++) {
      // The others keep their proportions when this issue weighs w.
      const scale = expectedWeights[issue] < 1 ? (1 - weights[h]) / (1 - expectedWeights[issue]) : 0;
      const worth = weights[h] * shapeWorth(value, peaks[h], size) + others * scale;
      beliefs[h] *= Math.exp(-((worth - asked) ** 2) / (2 * deviation * deviation));
      total += beliefs[h];
    }
    for (let h = firsts[issue]; h < firsts[issue + 1]; h++) beliefs[h] /= total;
  }
  expect(model);
}

/**
 * What an outcome is expected to be worth to the party, 0 to 1.
 *
 * Shapes: digits [I] from `at` on.
 *
 * @example
 * const model = createBayesianModel([3]);
 * for (let i = 0; i < 20; i++) updateBayesianModel(model, [2], 0);
 * bayesianEstimate(model, [2]) > 0.9 && bayesianEstimate(model, [0]) < 0.1 // true
 */
export function bayesianEstimate(
  { starts, expectedWeights, expectedWorth }: BayesianModel,
  digits: ArrayLike<number>,
  at = 0,
): number {
  let sum = 0;
  for (let issue = 0; issue < expectedWeights.length; issue++) {
    sum += expectedWeights[issue] * expectedWorth[starts[issue] + digits[at + issue]];
  }
  return sum;
}

/** 1 at the peak, 0 at the end that is farther from it, linear in between. */
function shapeWorth(value: number, peak: number, size: number): number {
  if (size === 1) return 1;
  return 1 - Math.abs(value - peak) / Math.max(peak, size - 1 - peak);
}

function expect({ starts, firsts, beliefs, weights, peaks, expectedWeights, expectedWorth }: BayesianModel): void {
  let total = 0;
  expectedWorth.fill(0);
  for (let issue = 0; issue < expectedWeights.length; issue++) {
    const size = starts[issue + 1] - starts[issue];
    let weight = 0;
    for (let h = firsts[issue]; h < firsts[issue + 1]; h++) {
      weight += beliefs[h] * weights[h];
      for (let value = 0; value < size; value++) {
        expectedWorth[starts[issue] + value] += beliefs[h] * shapeWorth(value, peaks[h], size);
      }
    }
    expectedWeights[issue] = weight;
    total += weight;
  }
  for (let issue = 0; issue < expectedWeights.length; issue++) expectedWeights[issue] /= total;
}
