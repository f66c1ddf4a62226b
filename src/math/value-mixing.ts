import type { Numbers, Writable } from './numbers.ts';

/**
 * The team's value as the sum of its agents' values.
 *
 * Shapes: values [B, A] -> totals [B].
 * Source: Sunehag et al. (2018), "Value-decomposition networks for cooperative multi-agent learning", eq. 1.
 *
 * @example
 * const totals = [0];
 * sumMix([1, 2, 4], 1, 3, totals);
 * totals // [7]
 */
export function sumMix(values: Numbers, rows: number, agents: number, totals: Writable): void {
  for (let row = 0; row < rows; row++) {
    let total = 0;
    for (let i = row * agents; i < (row + 1) * agents; i++) total += values[i];
    totals[row] = total;
  }
}

/**
 * Hands gradients of the totals back to every agent's value.
 *
 * Shapes: gradTotals [B] -> adds to gradValues [B, A].
 */
export function addSumMixGrads(gradTotals: Numbers, rows: number, agents: number, gradValues: Writable): void {
  for (let row = 0; row < rows; row++) {
    for (let i = row * agents; i < (row + 1) * agents; i++) gradValues[i] += gradTotals[row];
  }
}

/** What hypernetworks make of the state, row by row: the weights of the mixing network. */
export interface MixingWeights<T = Numbers> {
  /** [B, A, H]; the mixing network uses their absolute values. */
  readonly first: T;
  /** [B, H]. */
  readonly firstBias: T;
  /** [B, H]; absolute values too. */
  readonly second: T;
  /** [B]. */
  readonly secondBias: T;
}

/**
 * A mixing network whose total rises with every agent's value: total = elu(q |W1| + b1) |w2| + b2, so that each agent's best
 * action is its part of the team's best joint action.
 *
 * Shapes: A agents, H hidden units; values [B, A] -> totals [B].
 * Source: Rashid et al. (2018), "QMIX: monotonic value function factorisation", section 4 and figure 2.
 */
export class MonotonicMix {
  readonly agents: number;
  readonly hidden: number;
  readonly #before: Float64Array;

  constructor(agents: number, hidden: number) {
    this.agents = agents;
    this.hidden = hidden;
    this.#before = new Float64Array(hidden);
  }

  mix(values: Numbers, weights: MixingWeights, rows: number, totals: Writable): void {
    const { hidden } = this;
    for (let row = 0; row < rows; row++) {
      this.#enter(values, weights, row);
      let total = weights.secondBias[row];
      for (let h = 0; h < hidden; h++) total += elu(this.#before[h]) * Math.abs(weights.second[row * hidden + h]);
      totals[row] = total;
    }
  }

  /** Adds the gradients of sum(gradTotals * totals) to `gradValues` [B, A] and to `gradWeights`, shaped as the weights. */
  addGrads(
    values: Numbers,
    weights: MixingWeights,
    rows: number,
    gradTotals: Numbers,
    gradValues: Writable,
    gradWeights: MixingWeights<Writable>,
  ): void {
    const { agents, hidden } = this;
    for (let row = 0; row < rows; row++) {
      this.#enter(values, weights, row);
      const grad = gradTotals[row];
      gradWeights.secondBias[row] += grad;
      for (let h = 0; h < hidden; h++) {
        const at = row * hidden + h;
        const before = this.#before[h];
        gradWeights.second[at] += grad * elu(before) * Math.sign(weights.second[at]);
        const inner = grad * Math.abs(weights.second[at]) * eluDerivative(before);
        gradWeights.firstBias[at] += inner;
        for (let agent = 0; agent < agents; agent++) {
          const weightAt = (row * agents + agent) * hidden + h;
          const weight = weights.first[weightAt];
          gradValues[row * agents + agent] += inner * Math.abs(weight);
          gradWeights.first[weightAt] += inner * values[row * agents + agent] * Math.sign(weight);
        }
      }
    }
  }

  /** Inputs of the hidden units of a row. */
  #enter(values: Numbers, weights: MixingWeights, row: number): void {
    const { agents, hidden } = this;
    for (let h = 0; h < hidden; h++) {
      let sum = weights.firstBias[row * hidden + h];
      for (let agent = 0; agent < agents; agent++) {
        sum += values[row * agents + agent] * Math.abs(weights.first[(row * agents + agent) * hidden + h]);
      }
      this.#before[h] = sum;
    }
  }
}

function elu(x: number): number {
  return x > 0 ? x : Math.expm1(x);
}

function eluDerivative(x: number): number {
  return x > 0 ? 1 : Math.exp(x);
}
