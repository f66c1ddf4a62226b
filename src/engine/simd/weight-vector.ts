import type { LayerSlice } from '../parameter-slices.ts';
import type { Build } from './build.ts';
import { roundUp } from './tensor.ts';

/** A vector of weights (a bias, a scale) that is read eight numbers at a time, with its gradient. */
export class WeightVector {
  /** Where eight numbers at a time may be read. */
  readonly address: number;
  readonly #build: Build;
  readonly #slice: LayerSlice;
  readonly #whole: boolean;
  readonly #sums: number;

  constructor(build: Build, slice: LayerSlice) {
    this.#build = build;
    this.#slice = slice;
    this.#whole = slice.size % 8 === 0;
    this.address = this.#whole ? build.params + 4 * slice.offset : build.scratch(roundUp(slice.size));
    this.#sums = slice.trainable && !this.#whole ? build.scratch(roundUp(slice.size)) : 0;
  }

  /** Where sums of the gradient are to be added, eight numbers at a time; 0 when there is no gradient. */
  get sums(): number {
    if (!this.#slice.trainable) return 0;
    return this.#whole ? this.#build.pass.grads + 4 * this.#slice.offset : this.#sums;
  }

  prepare(): void {
    if (this.#whole) return;
    const { kernels, params } = this.#build;
    kernels.copyRows(params + 4 * this.#slice.offset, 0, this.address, 0, 1, this.#slice.size);
  }

  begin(): void {
    if (this.#sums !== 0) this.#build.kernels.fill(this.#sums, roundUp(this.#slice.size), 0);
  }

  finish(): void {
    if (this.#sums === 0) return;
    const at = this.#build.pass.grads + 4 * this.#slice.offset;
    this.#build.kernels.addRows(this.#sums, 0, at, 0, 1, this.#slice.size);
  }
}
