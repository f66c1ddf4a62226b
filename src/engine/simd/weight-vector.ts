import type { LayerSlice } from '../parameter-slices.ts';
import type { Build } from './build.ts';
import { roundUp } from './tensor.ts';

/** A vector of weights (a bias, a scale) that is read eight numbers at a time, with its gradient; each gate padded to eights. */
export class WeightVector {
  /** Where eight numbers at a time may be read. */
  readonly address: number;
  readonly #build: Build;
  readonly #slice: LayerSlice;
  readonly #gates: number;
  readonly #size: number;
  readonly #padded: number;
  readonly #whole: boolean;
  readonly #sums: number;

  constructor(build: Build, slice: LayerSlice, gates = 1) {
    this.#build = build;
    this.#slice = slice;
    this.#gates = gates;
    this.#size = slice.size / gates;
    this.#padded = roundUp(this.#size);
    this.#whole = this.#size === this.#padded;
    this.address = this.#whole ? build.params + 4 * slice.offset : build.scratch(gates * this.#padded);
    this.#sums = slice.trainable && !this.#whole ? build.scratch(gates * this.#padded) : 0;
  }

  /** Where sums of the gradient are to be added, eight numbers at a time; 0 when there is no gradient. */
  get sums(): number {
    if (!this.#slice.trainable) return 0;
    return this.#whole ? this.#build.pass.grads + 4 * this.#slice.offset : this.#sums;
  }

  prepare(): void {
    if (this.#whole) return;
    const { kernels, params } = this.#build;
    const at = params + 4 * this.#slice.offset;
    kernels.copyRows(at, 4 * this.#size, this.address, 4 * this.#padded, this.#gates, this.#size);
  }

  begin(): void {
    if (this.#sums !== 0) this.#build.kernels.fill(this.#sums, this.#gates * this.#padded, 0);
  }

  finish(): void {
    if (this.#sums === 0) return;
    const at = this.#build.pass.grads + 4 * this.#slice.offset;
    this.#build.kernels.addRows(this.#sums, 4 * this.#padded, at, 4 * this.#size, this.#gates, this.#size);
  }
}
