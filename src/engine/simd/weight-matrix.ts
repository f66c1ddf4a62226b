import type { LayerSlice } from '../parameter-slices.ts';
import type { Build } from './build.ts';
import { zeros } from './kernels.ts';
import { roundUp } from './tensor.ts';

/**
 * A matrix of weights [inputs, outputs] as the multiplication kernels want it: in panels of eight columns, as itself and
 * transposed, with its gradient. Where the outputs are no multiple of 8 the gradient is summed in memory of its own.
 */
export class WeightMatrix {
  readonly inputs: number;
  readonly outputs: number;
  /** Outputs up to a multiple of 8. */
  readonly width: number;
  readonly #build: Build;
  readonly #slice: LayerSlice;
  readonly #columns: number;
  readonly #rows: number;
  readonly #sums: number;

  constructor(build: Build, slice: LayerSlice, inputs: number, outputs: number) {
    this.#build = build;
    this.#slice = slice;
    this.inputs = inputs;
    this.outputs = outputs;
    this.width = roundUp(outputs);
    this.#columns = build.scratch(inputs * this.width);
    this.#rows = build.scratch(roundUp(inputs) * outputs);
    this.#sums = slice.trainable && outputs !== this.width ? build.scratch(inputs * this.width) : 0;
  }

  prepare(): void {
    const { kernels, params } = this.#build;
    const at = params + 4 * this.#slice.offset;
    kernels.packColumns(at, this.inputs, this.outputs, this.#columns);
    kernels.packRows(at, this.inputs, this.outputs, this.#rows);
  }

  begin(): void {
    if (this.#sums !== 0) this.#build.kernels.fill(this.#sums, this.inputs * this.width, 0);
  }

  finish(): void {
    if (this.#sums === 0) return;
    const at = this.#build.pass.grads + 4 * this.#slice.offset;
    this.#build.kernels.addRows(this.#sums, 4 * this.width, at, 4 * this.outputs, this.inputs, this.outputs);
  }

  /** y = start + x W: `start` is an address of a row of `width` numbers (0: zeros), or y itself. */
  multiply(x: number, xRow: number, y: number, yRow: number, start: number, rows: number): void {
    const { inputs, width } = this;
    const own = start === y;
    const from = start === 0 ? zeros.address : start;
    const panel = 32 * inputs;
    const { gemm, multiplyRow } = this.#build.kernels;
    if (rows === 1) {
      multiplyRow(x, this.#columns, y, from, start === 0 ? 0 : 32, width, inputs);
      return;
    }
    gemm(
      x,
      xRow,
      4,
      this.#columns,
      panel,
      32,
      y,
      yRow,
      from,
      own ? yRow : 0,
      start === 0 ? 0 : 32,
      rows,
      width,
      inputs,
    );
  }

  /** dX = dY W transposed, or dX += where `adds`. */
  multiplyBack(dy: number, dyRow: number, dx: number, dxRow: number, adds: boolean, rows: number): void {
    const { inputs, outputs } = this;
    const start = adds ? dx : zeros.address;
    const panel = 32 * outputs;
    const { gemm } = this.#build.kernels;
    const columns = roundUp(inputs);
    gemm(
      dy,
      dyRow,
      4,
      this.#rows,
      panel,
      32,
      dx,
      dxRow,
      start,
      adds ? dxRow : 0,
      adds ? 32 : 0,
      rows,
      columns,
      outputs,
    );
  }

  /** Adds X transposed dY to the gradient. */
  addGradient(x: number, xRow: number, dy: number, dyRow: number, rows: number): void {
    if (!this.#slice.trainable) return;
    const { inputs, width } = this;
    const dw = this.#sums === 0 ? this.#build.pass.grads + 4 * this.#slice.offset : this.#sums;
    this.#build.kernels.gemm(x, 4, xRow, dy, 32, dyRow, dw, 4 * width, dw, 4 * width, 32, inputs, width, rows);
  }
}
