import { PolityError, type Rng } from '#core';
import type { Distribution } from './distribution.ts';
import type { Numbers, Writable } from './numbers.ts';

/** What a masked choice has instead of a log-probability: so small that its exponential is exactly 0, yet finite. */
export const maskedLogProbability = -1e9;

/**
 * Independent choices made at once, one softmax a part, logits side by side; a single part is the plain categorical.
 * A masked choice has probability 0 and gradient 0.
 *
 * Shapes: M = sum of `parts`; actions hold K = parts.length choices, part k in 0..parts[k]-1.
 * Units: log-probabilities and entropies in nats.
 * Source: masking after Huang and Ontañón (2022), "A closer look at invalid action masking in policy gradient algorithms".
 *
 * @example
 * const choice = new Categorical([2]);
 * choice.load([0, Math.log(3)], 0, null, 0);
 * choice.logProbability([1], 0) // Math.log(0.75)
 */
export class Categorical implements Distribution {
  readonly parts: readonly number[];
  readonly outputSize: number;
  readonly actionSize: number;
  /** Of the loaded row [M]. */
  readonly probabilities: Float64Array;
  /** Of the loaded row [M]; `maskedLogProbability` where masked. */
  readonly logProbabilities: Float64Array;
  readonly #partEntropies: Float64Array;

  constructor(parts: readonly number[]) {
    this.parts = parts;
    this.actionSize = parts.length;
    this.outputSize = parts.reduce((sum, size) => sum + size, 0);
    this.probabilities = new Float64Array(this.outputSize);
    this.logProbabilities = new Float64Array(this.outputSize);
    this.#partEntropies = new Float64Array(parts.length);
  }

  /** Throws PolityError (contract) where a part has no legal choice or a logit is not a number. */
  load(logits: Numbers, at: number, mask: Numbers | null, maskAt: number): void {
    let offset = 0;
    for (let k = 0; k < this.parts.length; k++) {
      const end = offset + this.parts[k];
      this.#loadPart(k, offset, end, logits, at, mask, maskAt);
      offset = end;
    }
  }

  sample(rng: Rng, actions: Writable, at: number): number {
    let offset = 0;
    let total = 0;
    for (let k = 0; k < this.parts.length; k++) {
      const end = offset + this.parts[k];
      const chosen = this.#draw(rng.random(), offset, end);
      actions[at + k] = chosen - offset;
      total += this.logProbabilities[chosen];
      offset = end;
    }
    return total;
  }

  greedy(actions: Writable, at: number): number {
    let offset = 0;
    let total = 0;
    for (let k = 0; k < this.parts.length; k++) {
      const end = offset + this.parts[k];
      let best = offset;
      for (let i = offset + 1; i < end; i++) {
        if (this.logProbabilities[i] > this.logProbabilities[best]) best = i;
      }
      actions[at + k] = best - offset;
      total += this.logProbabilities[best];
      offset = end;
    }
    return total;
  }

  logProbability(actions: Numbers, at: number): number {
    let offset = 0;
    let total = 0;
    for (let k = 0; k < this.parts.length; k++) {
      total += this.logProbabilities[offset + actions[at + k]];
      offset += this.parts[k];
    }
    return total;
  }

  entropy(): number {
    let total = 0;
    for (let k = 0; k < this.parts.length; k++) total += this.#partEntropies[k];
    return total;
  }

  /** With p the softmax of logits z: d log p_a/dz_i = [i = a] - p_i and dH/dz_i = -p_i (log p_i + H). */
  addGrad(
    actions: Numbers,
    at: number,
    logWeight: number,
    entropyWeight: number,
    grads: Writable,
    gradAt: number,
  ): void {
    let offset = 0;
    for (let k = 0; k < this.parts.length; k++) {
      const end = offset + this.parts[k];
      const entropy = this.#partEntropies[k];
      for (let i = offset; i < end; i++) {
        const p = this.probabilities[i];
        if (p > 0) grads[gradAt + i] -= p * (logWeight + entropyWeight * (this.logProbabilities[i] + entropy));
      }
      const chosen = offset + actions[at + k];
      if (this.logProbabilities[chosen] !== maskedLogProbability) grads[gradAt + chosen] += logWeight;
      offset = end;
    }
  }

  /** KL(old || this), both loaded; a choice that `old` never makes adds nothing. */
  divergenceFrom(old: Categorical): number {
    let total = 0;
    for (let i = 0; i < this.outputSize; i++) {
      const p = old.probabilities[i];
      if (p > 0) total += p * (old.logProbabilities[i] - this.logProbabilities[i]);
    }
    return total;
  }

  /** Adds weight d KL(old || this)/d logits = weight (p_i - old p_i) to grads[gradAt .. gradAt + M). */
  addDivergenceGrad(old: Categorical, weight: number, grads: Writable, gradAt: number): void {
    for (let i = 0; i < this.outputSize; i++) {
      grads[gradAt + i] += weight * (this.probabilities[i] - old.probabilities[i]);
    }
  }

  #loadPart(
    part: number,
    offset: number,
    end: number,
    logits: Numbers,
    at: number,
    mask: Numbers | null,
    maskAt: number,
  ): void {
    const { probabilities, logProbabilities } = this;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = offset; i < end; i++) {
      if ((mask === null || mask[maskAt + i] !== 0) && logits[at + i] > max) max = logits[at + i];
    }
    let sum = 0;
    for (let i = offset; i < end; i++) {
      if (mask !== null && mask[maskAt + i] === 0) {
        probabilities[i] = 0;
        continue;
      }
      probabilities[i] = Math.exp(logits[at + i] - max);
      sum += probabilities[i];
    }
    // Not a number, infinite or masked away entirely: in each case the sum is not a positive number.
    if (!(sum > 0)) throw unusable(part);
    const logSum = Math.log(sum);
    let entropy = 0;
    for (let i = offset; i < end; i++) {
      if (mask !== null && mask[maskAt + i] === 0) {
        logProbabilities[i] = maskedLogProbability;
        continue;
      }
      const p = probabilities[i] / sum;
      const logP = logits[at + i] - max - logSum;
      probabilities[i] = p;
      logProbabilities[i] = logP;
      if (p > 0) entropy -= p * logP;
    }
    this.#partEntropies[part] = entropy;
  }

  /** Inverse of the cumulative distribution; rounding may leave `u` above the last sum, then the last possible choice. */
  #draw(u: number, offset: number, end: number): number {
    let cumulative = 0;
    let chosen = offset;
    for (let i = offset; i < end; i++) {
      const p = this.probabilities[i];
      if (p === 0) continue;
      chosen = i;
      cumulative += p;
      if (u < cumulative) break;
    }
    return chosen;
  }
}

function unusable(part: number): PolityError {
  return new PolityError({
    code: 'contract',
    where: `categorical › part ${part}`,
    message: 'no probabilities',
    got: 'a logit that is not finite, or a mask that allows nothing',
    expected: 'finite logits and at least one legal choice',
    remedy: 'Check the mask of the world; if it is sound, the network has diverged: lower the learning rate.',
  });
}
