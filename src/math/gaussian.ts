import type { Rng } from '#core';
import type { Distribution } from './distribution.ts';
import type { Numbers, Writable } from './numbers.ts';

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * A diagonal Gaussian over box actions. A row of outputs holds the means, then the logarithms of the standard deviations;
 * where all rows share these, their gradient is the sum over rows.
 *
 * Shapes: M = 2 K.
 * Units: log-densities and entropies in nats.
 * Source: the normal density; entropy per dimension log sigma + (1 + log 2 pi)/2.
 */
export class Gaussian implements Distribution {
  readonly outputSize: number;
  readonly actionSize: number;
  readonly #mean: Float64Array;
  readonly #logStd: Float64Array;

  constructor(actionSize: number) {
    this.actionSize = actionSize;
    this.outputSize = 2 * actionSize;
    this.#mean = new Float64Array(actionSize);
    this.#logStd = new Float64Array(actionSize);
  }

  /** A box has no mask; `mask` is ignored. */
  load(outputs: Numbers, at: number): void {
    for (let i = 0; i < this.actionSize; i++) {
      this.#mean[i] = outputs[at + i];
      this.#logStd[i] = outputs[at + this.actionSize + i];
    }
  }

  sample(rng: Rng, actions: Writable, at: number): number {
    for (let i = 0; i < this.actionSize; i++) {
      actions[at + i] = this.#mean[i] + Math.exp(this.#logStd[i]) * rng.normal();
    }
    return this.logProbability(actions, at);
  }

  greedy(actions: Writable, at: number): number {
    for (let i = 0; i < this.actionSize; i++) actions[at + i] = this.#mean[i];
    return this.logProbability(actions, at);
  }

  logProbability(actions: Numbers, at: number): number {
    let total = 0;
    for (let i = 0; i < this.actionSize; i++) {
      const z = (actions[at + i] - this.#mean[i]) * Math.exp(-this.#logStd[i]);
      total -= 0.5 * z * z + this.#logStd[i] + halfLogTwoPi;
    }
    return total;
  }

  entropy(): number {
    let total = 0;
    for (let i = 0; i < this.actionSize; i++) total += this.#logStd[i] + 0.5 + halfLogTwoPi;
    return total;
  }

  /** With z = (a - mean)/sigma: d log p/d mean = z/sigma, d log p/d log sigma = z^2 - 1, dH/d log sigma = 1. */
  addGrad(
    actions: Numbers,
    at: number,
    logWeight: number,
    entropyWeight: number,
    grads: Writable,
    gradAt: number,
  ): void {
    for (let i = 0; i < this.actionSize; i++) {
      const inverse = Math.exp(-this.#logStd[i]);
      const z = (actions[at + i] - this.#mean[i]) * inverse;
      grads[gradAt + i] += logWeight * z * inverse;
      grads[gradAt + this.actionSize + i] += logWeight * (z * z - 1) + entropyWeight;
    }
  }
}
