import { roundUp } from '../../tensor.ts';
import { WeightMatrix } from '../../weight-matrix.ts';
import type { Cell, CellBuild, Place } from './cell.ts';

const product = 1;

/**
 * Long short-term memory as tfjs has it: i, f, o = g(x W + h U), c = f(x W + h U); cell' = f cell + i c, h' = o f(cell').
 * Source: Hochreiter and Schmidhuber (1997), "Long short-term memory"; Gers et al. (2000) for the gate that forgets.
 */
export class LstmCell implements Cell {
  readonly #make: CellBuild;
  readonly #padded: number;
  readonly #kernel: WeightMatrix;
  /** f(cell) of every step. */
  readonly #active: number;

  constructor(make: CellBuild) {
    const { build, slice, units, steps } = make;
    this.#make = make;
    this.#padded = roundUp(units);
    this.#kernel = new WeightMatrix(build, slice, units, units, { first: 0, gates: 4, of: 4 });
    this.#active = build.scratch(build.blockRows * steps * this.#padded);
  }

  prepare(): void {
    this.#kernel.prepare();
  }

  forward({ gates, gatesRow, before, after, stateRow, offset }: Place, rows: number): void {
    const { build, kind, gateKind } = this.#make;
    const { kernels } = build;
    const n = this.#padded;
    const candidate = gates + 8 * n;
    const out = gates + 12 * n;
    const active = this.#active + offset;
    this.#kernel.multiply(before[0], stateRow, gates, gatesRow, gates, rows);
    kernels.activate(gates, gatesRow, gates, gatesRow, rows, 2 * n, gateKind, 0);
    kernels.activate(candidate, gatesRow, candidate, gatesRow, rows, n, kind, 0);
    kernels.activate(out, gatesRow, out, gatesRow, rows, n, gateKind, 0);
    kernels.lstmCell(gates, gatesRow, before[1], stateRow, after[1], stateRow, rows, n);
    kernels.activate(after[1], stateRow, active, stateRow, rows, n, kind, 0);
    kernels.combineRows(product, out, gatesRow, active, stateRow, after[0], stateRow, rows, n);
  }

  backward(at: Place, grads: readonly number[], row: number, rows: number): void {
    const dh = grads[0];
    const { build, kind, gateKind } = this.#make;
    const { gates, gateGrads, gatesRow, before, stateRow, offset } = at;
    build.kernels.lstmBack(
      dh,
      row,
      grads[1],
      row,
      gates,
      gatesRow,
      before[1],
      stateRow,
      this.#active + offset,
      stateRow,
      gateGrads,
      gatesRow,
      rows,
      this.#padded,
      kind,
      gateKind,
    );
    this.#kernel.multiplyBack(gateGrads, gatesRow, dh, row, false, rows);
  }

  addGradients(before: number, state: number, gateGrads: number, gates: number, count: number): void {
    this.#kernel.addGradient(before, state, gateGrads, gates, count);
  }

  begin(): void {
    this.#kernel.begin();
  }

  finish(): void {
    this.#kernel.finish();
  }
}
