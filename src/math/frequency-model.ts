/**
 * What offers tell of the one who makes them: values that come often are liked, issues that stay as they are matter. Plain
 * data of fixed size.
 *
 * Shapes: I issues, `starts` [I + 1] says where the values of each issue begin; counts, worth [starts[I]], stays, weights [I].
 */
export interface FrequencyModel {
  readonly starts: Int32Array;
  /** How often each value was offered. */
  readonly counts: Float64Array;
  /** How often each issue was left as it was from one offer to the next. */
  readonly stays: Float64Array;
  /** Value of each issue in the last offer; -1 before any. */
  readonly last: Int32Array;
  readonly weights: Float64Array;
  readonly worth: Float64Array;
}

/**
 * A model that has seen nothing: all issues matter alike, all values are worth nothing yet and the same.
 *
 * Shapes: sizes [I], the number of values of each issue.
 */
export function createFrequencyModel(sizes: readonly number[]): FrequencyModel {
  const starts = new Int32Array(sizes.length + 1);
  for (const [issue, size] of sizes.entries()) starts[issue + 1] = starts[issue] + size;
  return {
    starts,
    counts: new Float64Array(starts[sizes.length]),
    stays: new Float64Array(sizes.length),
    last: new Int32Array(sizes.length).fill(-1),
    weights: new Float64Array(sizes.length).fill(1 / sizes.length),
    worth: new Float64Array(starts[sizes.length]).fill(1),
  };
}

/**
 * Takes an offer in: counts its values and the issues that are as they were in the last one. Allocates nothing.
 *
 * Shapes: digits [I] from `at` on, the value of each issue.
 * Source: van Krimpen, Looije and Hajizadeh (2013), "HardHeaded", issue weights by unchanged issues and value weights by
 * counts; value weights (count / highest)^gamma with gamma 1/4 after Tunalı, Aydoğan and Sanchez-Anguix (2017), "Rethinking
 * frequency opponent modeling in automated negotiation". Issue weights here are shares of 1 + the times that an issue stayed.
 */
export function noteOffer(model: FrequencyModel, digits: ArrayLike<number>, at = 0, gamma = 0.25): void {
  const { starts, counts, stays, last, weights, worth } = model;
  let total = 0;
  for (let issue = 0; issue < last.length; issue++) {
    const value = digits[at + issue];
    if (last[issue] === value) stays[issue]++;
    last[issue] = value;
    counts[starts[issue] + value]++;
    total += 1 + stays[issue];
    let most = 0;
    for (let v = starts[issue]; v < starts[issue + 1]; v++) most = Math.max(most, counts[v]);
    for (let v = starts[issue]; v < starts[issue + 1]; v++) worth[v] = (counts[v] / most) ** gamma;
  }
  for (let issue = 0; issue < last.length; issue++) weights[issue] = (1 + stays[issue]) / total;
}

/**
 * What an outcome is thought to be worth to the one who made the offers: the weighted sum over issues, 0 to 1. In the example
 * issue 0 stayed as it was once, so that the weights are 2/3 and 1/3, and its value 0 was never offered.
 *
 * Shapes: digits [I] from `at` on.
 *
 * @example
 * const model = createFrequencyModel([2, 2]);
 * noteOffer(model, [1, 0]);
 * noteOffer(model, [1, 1]);
 * [frequencyEstimate(model, [1, 0]), frequencyEstimate(model, [0, 1])].map((x) => Number(x.toFixed(4))) // [1, 0.3333]
 */
export function frequencyEstimate(model: FrequencyModel, digits: ArrayLike<number>, at = 0): number {
  const { starts, weights, worth } = model;
  let sum = 0;
  for (let issue = 0; issue < weights.length; issue++)
    sum += weights[issue] * worth[starts[issue] + digits[at + issue]];
  return sum;
}
