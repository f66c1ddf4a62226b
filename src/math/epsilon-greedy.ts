import type { Rng } from '#core';
import { bestChoice } from './action-values.ts';
import type { Distribution } from './distribution.ts';
import type { Numbers, Writable } from './numbers.ts';

/**
 * What a learner of action values does: with probability `epsilon` a legal choice at random, else the one of highest value.
 * Several choices at once have values of their own, side by side, and explore together.
 *
 * Shapes: M = sum of `parts`; actions hold K = parts.length choices.
 * Source: Watkins (1989), "Learning from delayed rewards"; one value a part and choice: Tavakoli et al. (2018), "Action
 * branching architectures for deep reinforcement learning".
 *
 * @example
 * const choice = new EpsilonGreedy([3]);
 * choice.load([1, 5, 3], 0, null, 0);
 * const action = [0];
 * choice.greedy(action, 0);
 * action // [1]
 */
export class EpsilonGreedy implements Distribution {
  epsilon = 0;
  readonly parts: readonly number[];
  readonly outputSize: number;
  readonly actionSize: number;
  readonly #values: Float64Array;
  readonly #mask: Uint8Array;

  constructor(parts: readonly number[]) {
    this.parts = parts;
    this.actionSize = parts.length;
    this.outputSize = parts.reduce((sum, size) => sum + size, 0);
    this.#values = new Float64Array(this.outputSize);
    this.#mask = new Uint8Array(this.outputSize);
  }

  load(outputs: Numbers, at: number, mask: Numbers | null, maskAt: number): void {
    for (let i = 0; i < this.outputSize; i++) {
      this.#values[i] = outputs[at + i];
      this.#mask[i] = mask === null || mask[maskAt + i] !== 0 ? 1 : 0;
    }
  }

  sample(rng: Rng, actions: Writable, at: number): number {
    if (rng.random() >= this.epsilon) return this.greedy(actions, at);
    let offset = 0;
    for (let part = 0; part < this.parts.length; part++) {
      const end = offset + this.parts[part];
      let legal = 0;
      for (let i = offset; i < end; i++) legal += this.#mask[i];
      let left = rng.integer(0, Math.max(1, legal));
      for (let i = offset; i < end; i++) {
        if (this.#mask[i] === 0) continue;
        actions[at + part] = i - offset;
        if (left-- === 0) break;
      }
      offset = end;
    }
    return this.logProbability(actions, at);
  }

  /** Throws: PolityError (contract) where no choice of a part is legal. */
  greedy(actions: Writable, at: number): number {
    let offset = 0;
    for (let part = 0; part < this.parts.length; part++) {
      const size = this.parts[part];
      actions[at + part] = bestChoice(this.#values, this.#mask, offset, size);
      offset += size;
    }
    return this.logProbability(actions, at);
  }

  logProbability(actions: Numbers, at: number): number {
    let best = 1;
    let random = 1;
    let offset = 0;
    for (let part = 0; part < this.parts.length; part++) {
      const size = this.parts[part];
      let legal = 0;
      for (let i = offset; i < offset + size; i++) legal += this.#mask[i];
      random /= Math.max(1, legal);
      if (actions[at + part] !== bestChoice(this.#values, this.#mask, offset, size)) best = 0;
      offset += size;
    }
    return Math.log(this.epsilon * random + (1 - this.epsilon) * best);
  }

  /** Of the choice between exploring and not, and of the random choice, in nats; ties and coincidence left out. */
  entropy(): number {
    let random = 0;
    let offset = 0;
    for (const size of this.parts) {
      let legal = 0;
      for (let i = offset; i < offset + size; i++) legal += this.#mask[i];
      random += Math.log(Math.max(1, legal));
      offset += size;
    }
    return this.epsilon * random;
  }

  /** Values are learned from errors, never through a probability: there is nothing to add. */
  addGrad(): void {}
}
