import { copyByteRow, copyRow } from './copy-numbers.ts';
import type { EstimatedRollout } from './estimated-rollout.ts';
import type { RowSizes } from './rollout.ts';

/**
 * Rows of a shard gathered for one gradient, side by side.
 *
 * Shapes: B rows: masks [B, M], actions [B, K], the others [B].
 */
export interface BatchRows {
  readonly masks: Uint8Array | null;
  readonly actions: Float32Array;
  readonly oldLogProbabilities: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  readonly oldValues: Float32Array;
}

/** Read network outputs of `count` rows from index 0 on and write their gradients. */
export interface BatchLosses {
  policy(outputs: Float32Array, grads: Float32Array, rows: BatchRows, count: number): void;
  value(values: Float32Array, grads: Float32Array, rows: BatchRows, count: number): void;
}

/** Gathers rows into buffers that grow to the largest batch and then stay. */
export class RowBatch {
  observations = new Float32Array(0);
  criticInputs = new Float32Array(0);
  readonly #central: boolean;
  #sizes: RowSizes | null = null;
  #capacity = 0;
  #rows: BatchRows = emptyRows(0, { observation: 0, mask: 0, action: 0, state: 0, memory: 0 });
  readonly #views = new Map<number, BatchRows>();

  /** @param central Whether the critic reads the rows' states instead of their observations. */
  constructor(central: boolean) {
    this.#central = central;
  }

  /** Copies the rows that the units from .. to - 1 name. */
  gather(source: EstimatedRollout, from: number, to: number): void {
    this.reserve(source.rollout.sizes, to - from);
    for (let i = from; i < to; i++) this.put(source, source.units[i], i - from);
  }

  /** Makes room for `rows` rows. */
  reserve(sizes: RowSizes, rows: number): void {
    if (rows <= this.#capacity && this.#sizes !== null && sameSizes(this.#sizes, sizes)) return;
    this.#capacity = Math.max(rows, this.#capacity);
    this.#sizes = sizes;
    this.observations = new Float32Array(this.#capacity * sizes.observation);
    this.criticInputs = this.#central ? new Float32Array(this.#capacity * sizes.state) : this.observations;
    this.#rows = emptyRows(this.#capacity, sizes);
    this.#views.clear();
  }

  /** Copies row `row` of a rollout to place `at`. */
  put({ rollout, values, advantages, returns }: EstimatedRollout, row: number, at: number): void {
    const { observation, mask, action, state } = rollout.sizes;
    copyRow(rollout.observations, row, this.observations, at, observation);
    if (this.#central) copyRow(rollout.states, row, this.criticInputs, at, state);
    if (this.#rows.masks !== null) copyByteRow(rollout.masks, row, this.#rows.masks, at, mask);
    copyRow(rollout.actions, row, this.#rows.actions, at, action);
    this.#rows.oldLogProbabilities[at] = rollout.logProbabilities[row];
    this.#rows.advantages[at] = advantages[row];
    this.#rows.returns[at] = returns[row];
    this.#rows.oldValues[at] = values[row];
  }

  /** The rows from `start` on: losses are called block by block, always with the same few starts. */
  from(start: number): BatchRows {
    let view = this.#views.get(start);
    if (view === undefined) {
      view = cut(this.#rows, start, this.#sizes as RowSizes);
      this.#views.set(start, view);
    }
    return view;
  }
}

function sameSizes(a: RowSizes, b: RowSizes): boolean {
  return a.observation === b.observation && a.mask === b.mask && a.action === b.action && a.state === b.state;
}

function emptyRows(rows: number, { mask, action }: RowSizes): BatchRows {
  return {
    masks: mask === 0 ? null : new Uint8Array(rows * mask),
    actions: new Float32Array(rows * action),
    oldLogProbabilities: new Float32Array(rows),
    advantages: new Float32Array(rows),
    returns: new Float32Array(rows),
    oldValues: new Float32Array(rows),
  };
}

function cut(rows: BatchRows, start: number, { mask, action }: RowSizes): BatchRows {
  return {
    masks: rows.masks?.subarray(start * mask) ?? null,
    actions: rows.actions.subarray(start * action),
    oldLogProbabilities: rows.oldLogProbabilities.subarray(start),
    advantages: rows.advantages.subarray(start),
    returns: rows.returns.subarray(start),
    oldValues: rows.oldValues.subarray(start),
  };
}
