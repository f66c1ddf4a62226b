import { PolityError } from '#core';
import type { Numbers, Writable } from './numbers.ts';

export interface RunningMomentsState {
  readonly count: number;
  readonly mean: readonly number[];
  /** Sums of squared deviations from the mean. */
  readonly squares: readonly number[];
}

/**
 * Mean and population variance per feature over everything seen so far, exact whatever the batches; of observations, values
 * or returns.
 *
 * Shapes: batches [B, size], row-major.
 * Source: Chan, Golub and LeVeque (1983), "Algorithms for computing the sample variance", pairwise update.
 *
 * @example
 * const moments = new RunningMoments(1);
 * moments.update([1, 3], 2);
 * [moments.mean[0], moments.variance(0)] // [2, 1]
 */
export class RunningMoments {
  readonly size: number;
  readonly mean: Float64Array;
  readonly #squares: Float64Array;
  readonly #batchMean: Float64Array;
  readonly #batchSquares: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.size = size;
    this.mean = new Float64Array(size);
    this.#squares = new Float64Array(size);
    this.#batchMean = new Float64Array(size);
    this.#batchSquares = new Float64Array(size);
  }

  get count(): number {
    return this.#count;
  }

  /** The population variance of a feature; 0 before the first row. */
  variance(feature: number): number {
    return this.#count === 0 ? 0 : this.#squares[feature] / this.#count;
  }

  /** Takes in `rows` rows of `batch`, from `start` on. */
  update(batch: Numbers, rows: number, start = 0): void {
    if (rows === 0) return;
    const { size } = this;
    const mean = this.#batchMean.fill(0);
    const squares = this.#batchSquares.fill(0);
    const end = start + rows * size;
    for (let at = start; at < end; at += size) {
      for (let i = 0; i < size; i++) mean[i] += batch[at + i];
    }
    for (let i = 0; i < size; i++) mean[i] /= rows;
    for (let at = start; at < end; at += size) {
      for (let i = 0; i < size; i++) squares[i] += (batch[at + i] - mean[i]) ** 2;
    }
    this.#add(rows, mean, squares);
  }

  /** Takes in what another instance has seen; merging shards in a fixed order gives the same bits every time. */
  merge(other: RunningMoments): void {
    this.#add(other.#count, other.mean, other.#squares);
  }

  /** Forgets everything. */
  clear(): void {
    this.#count = 0;
    this.mean.fill(0);
    this.#squares.fill(0);
  }

  /**
   * Writes (x - mean) / sqrt(variance + epsilon), limited to -clip..clip; `out` may be the input. Before the first row, x itself.
   *
   * Shapes: input and out [rows, size].
   */
  normalise(input: Numbers, rows: number, out: Writable, clip = 10, epsilon = 1e-8): void {
    const { size, mean } = this;
    for (let i = 0; i < size; i++) {
      const scale = this.#count === 0 ? 1 : 1 / Math.sqrt(this.variance(i) + epsilon);
      for (let at = i; at < rows * size; at += size) {
        out[at] = Math.max(-clip, Math.min(clip, (input[at] - mean[i]) * scale));
      }
    }
  }

  /** Undoes `normalise` where the clip did not bite: x sqrt(variance + epsilon) + mean. */
  denormalise(input: Numbers, rows: number, out: Writable, epsilon = 1e-8): void {
    const { size, mean } = this;
    for (let i = 0; i < size; i++) {
      const scale = this.#count === 0 ? 1 : Math.sqrt(this.variance(i) + epsilon);
      for (let at = i; at < rows * size; at += size) out[at] = input[at] * scale + mean[i];
    }
  }

  /** Plain data that `restore` accepts; JSON keeps it exactly. */
  state(): RunningMomentsState {
    return { count: this.#count, mean: [...this.mean], squares: [...this.#squares] };
  }

  /** Throws PolityError (contract) when the state is of another size. */
  restore(state: RunningMomentsState): void {
    if (state.mean.length !== this.size || state.squares.length !== this.size) {
      throw new PolityError({
        code: 'contract',
        where: 'running moments',
        message: 'a state of another size',
        got: `${state.mean.length} features`,
        expected: `${this.size}`,
      });
    }
    this.#count = state.count;
    this.mean.set(state.mean);
    this.#squares.set(state.squares);
  }

  #add(count: number, mean: Numbers, squares: Numbers): void {
    if (count === 0) return;
    const total = this.#count + count;
    for (let i = 0; i < this.size; i++) {
      const shift = mean[i] - this.mean[i];
      this.mean[i] += (shift * count) / total;
      this.#squares[i] += squares[i] + (shift * shift * this.#count * count) / total;
    }
    this.#count = total;
  }
}
