import type { Rng } from '#core';
import type { Advantages } from './advantages.ts';

/**
 * Rows of a shard gathered for one gradient, side by side and in shuffled order.
 *
 * Shapes: B rows: observations [B, O], criticInputs [B, O or G], masks [B, M], actions [B, K], the others [B].
 */
export interface MinibatchRows {
  readonly masks: Uint8Array | null;
  readonly actions: Float32Array;
  readonly oldLogProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  readonly oldValues: Float32Array;
}

/** Gathers minibatches from estimated rollouts into buffers that are made once. */
export class Minibatch {
  readonly observations: Float32Array;
  readonly criticInputs: Float32Array;
  readonly rows: MinibatchRows;
  readonly #views = new Map<number, MinibatchRows>();

  constructor(capacity: number, like: Advantages) {
    const { observation, mask, action, state } = like.rollout.sizes;
    this.observations = new Float32Array(capacity * observation);
    this.criticInputs = like.central ? new Float32Array(capacity * state) : this.observations;
    this.rows = {
      masks: mask === 0 ? null : new Uint8Array(capacity * mask),
      actions: new Float32Array(capacity * action),
      oldLogProbabilities: new Float32Array(capacity),
      advantages: new Float32Array(capacity),
      returns: new Float32Array(capacity),
      oldValues: new Float32Array(capacity),
    };
    this.#views.set(0, this.rows);
  }

  /** Copies rows order[from .. to) of the rollout. */
  gather(source: Advantages, order: Int32Array, from: number, to: number): void {
    const { rollout } = source;
    const { observation, mask, action, state } = rollout.sizes;
    const { masks, actions, oldLogProbabilities, advantages, returns, oldValues } = this.rows;
    for (let i = from; i < to; i++) {
      const row = order[i];
      const at = i - from;
      copy(rollout.observations, row, this.observations, at, observation);
      if (source.central) copy(rollout.states, row, this.criticInputs, at, state);
      if (masks !== null) copy(rollout.masks, row, masks, at, mask);
      copy(rollout.actions, row, actions, at, action);
      oldLogProbabilities[at] = rollout.logProbabilities[row];
      advantages[at] = source.advantages[row];
      returns[at] = source.returns[row];
      oldValues[at] = source.values[row];
    }
  }

  /** The rows from `start` on: losses are called block by block, always with the same few starts. */
  from(start: number, sizes: { readonly mask: number; readonly action: number }): MinibatchRows {
    let view = this.#views.get(start);
    if (view === undefined) {
      view = {
        masks: this.rows.masks?.subarray(start * sizes.mask) ?? null,
        actions: this.rows.actions.subarray(start * sizes.action),
        oldLogProbabilities: this.rows.oldLogProbabilities.subarray(start),
        advantages: this.rows.advantages.subarray(start),
        returns: this.rows.returns.subarray(start),
        oldValues: this.rows.oldValues.subarray(start),
      };
      this.#views.set(start, view);
    }
    return view;
  }
}

/** Brings the first `count` entries into random order, in place. */
export function shuffle(list: Int32Array, count: number, rng: Rng): void {
  for (let i = count - 1; i > 0; i--) {
    const j = rng.integer(0, i + 1);
    const kept = list[i];
    list[i] = list[j];
    list[j] = kept;
  }
}

/** Where part k of `parts` nearly equal parts of `count` rows begins. */
export function partStart(count: number, parts: number, k: number): number {
  return Math.floor((count * k) / parts);
}

function copy<T extends Float32Array | Uint8Array>(from: T, row: number, to: T, at: number, width: number): void {
  const start = row * width;
  const target = at * width;
  for (let i = 0; i < width; i++) to[target + i] = from[start + i];
}
