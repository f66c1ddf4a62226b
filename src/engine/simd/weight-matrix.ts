import type { LayerSlice } from '../parameter-slices.ts';
import type { Build } from './build.ts';
import { zeros } from './kernels.ts';
import { roundUp } from './tensor.ts';

/** Which columns of a weight a matrix is: `gates` groups of `outputs` columns from group `first` on, of `of` groups in all. */
export interface Gates {
  readonly first: number;
  readonly gates: number;
  readonly of: number;
}

/** A run of columns that lie side by side both in the weight and in the result of the product. */
interface Span {
  /** First column in the weight. */
  readonly from: number;
  /** First column in the result. */
  readonly to: number;
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
}

const single: Gates = { first: 0, gates: 1, of: 1 };

/**
 * A matrix of weights [inputs, gates * outputs] as the multiplication kernels want it: in panels of eight columns, as itself
 * and transposed, with its gradient. Every gate begins at a multiple of 8 in the result. Where its outputs are no multiple of
 * 8 the gradient is summed in memory of its own.
 */
export class WeightMatrix {
  readonly inputs: number;
  /** Numbers of a row of the result. */
  readonly width: number;
  readonly #build: Build;
  readonly #slice: LayerSlice;
  /** Numbers of a row of the weight. */
  readonly #stride: number;
  readonly #spans: readonly Span[];
  readonly #columns: number;
  readonly #aligned: boolean;
  readonly #sums: number;

  constructor(build: Build, slice: LayerSlice, inputs: number, outputs: number, { first, gates, of }: Gates = single) {
    this.#build = build;
    this.#slice = slice;
    this.inputs = inputs;
    this.#stride = of * outputs;
    this.#aligned = outputs % 8 === 0;
    const padded = roundUp(outputs);
    this.width = gates * padded;
    this.#columns = build.scratch(inputs * this.width);
    const span = (group: number, count: number): Span => ({
      from: (first + group) * outputs,
      to: group * padded,
      count,
      columns: this.#columns + 4 * inputs * group * padded,
      rows: build.scratch(roundUp(inputs) * count),
    });
    this.#spans = this.#aligned
      ? [span(0, gates * outputs)]
      : Array.from({ length: gates }, (_, group) => span(group, outputs));
    this.#sums = slice.trainable && !this.#aligned ? build.scratch(inputs * this.width) : 0;
  }

  prepare(): void {
    const { kernels, params } = this.#build;
    const at = params + 4 * this.#slice.offset;
    for (const { from, count, columns, rows } of this.#spans) {
      kernels.packColumns(at + 4 * from, 4 * this.#stride, this.inputs, count, columns);
      kernels.packRows(at + 4 * from, 4 * this.#stride, this.inputs, count, rows);
    }
  }

  begin(): void {
    if (this.#sums !== 0) this.#build.kernels.fill(this.#sums, this.inputs * this.width, 0);
  }

  finish(): void {
    if (this.#sums === 0) return;
    const at = this.#build.pass.grads + 4 * this.#slice.offset;
    for (const { from, to, count } of this.#spans) {
      const sums = this.#sums + 4 * to;
      this.#build.kernels.addRows(sums, 4 * this.width, at + 4 * from, 4 * this.#stride, this.inputs, count);
    }
  }

  /** y = start + x W: `start` is an address of a row of `width` numbers (0: zeros), or y itself. */
  multiply(x: number, xRow: number, y: number, yRow: number, start: number, rows: number): void {
    const { inputs, width } = this;
    const from = start === 0 ? zeros.address : start;
    const startPanel = start === 0 ? 0 : 32;
    const { gemm, multiplyRow } = this.#build.kernels;
    if (rows === 1) {
      multiplyRow(x, this.#columns, y, from, startPanel, width, inputs);
      return;
    }
    const startRow = start === y ? yRow : 0;
    gemm(x, xRow, 4, this.#columns, 32 * inputs, 32, y, yRow, from, startRow, startPanel, rows, width, inputs);
  }

  /** dX = dY W transposed, or dX += where `adds`. */
  multiplyBack(dy: number, dyRow: number, dx: number, dxRow: number, adds: boolean, rows: number): void {
    const { gemm } = this.#build.kernels;
    const n = roundUp(this.inputs);
    let more = adds;
    for (const { to, count, rows: packed } of this.#spans) {
      const start = more ? dx : zeros.address;
      const startRow = more ? dxRow : 0;
      gemm(dy + 4 * to, dyRow, 4, packed, 32 * count, 32, dx, dxRow, start, startRow, more ? 32 : 0, rows, n, count);
      more = true;
    }
  }

  /** Adds X transposed dY to the gradient. */
  addGradient(x: number, xRow: number, dy: number, dyRow: number, rows: number): void {
    if (!this.#slice.trainable) return;
    const { inputs, width } = this;
    const own = this.#sums !== 0;
    const dw = own ? this.#sums : this.#build.pass.grads + 4 * (this.#slice.offset + this.#spans[0].from);
    const dwRow = 4 * (own ? width : this.#stride);
    this.#build.kernels.gemm(x, 4, xRow, dy, 32, dyRow, dw, dwRow, dw, dwRow, 32, inputs, width, rows);
  }
}
