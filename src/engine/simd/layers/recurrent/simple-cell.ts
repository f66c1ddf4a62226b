import { roundUp } from '../../tensor.ts';
import { WeightMatrix } from '../../weight-matrix.ts';
import type { Cell, CellBuild, Place } from './cell.ts';

/** The recurrent layer without gates: h' = f(x W + h U). Source: Elman (1990), "Finding structure in time". */
export class SimpleCell implements Cell {
  readonly #make: CellBuild;
  readonly #padded: number;
  readonly #kernel: WeightMatrix;

  constructor(make: CellBuild) {
    this.#make = make;
    this.#padded = roundUp(make.units);
    this.#kernel = new WeightMatrix(make.build, make.slice, make.units, make.units);
  }

  prepare(): void {
    this.#kernel.prepare();
  }

  forward({ gates, gatesRow, before, after, stateRow }: Place, rows: number): void {
    this.#kernel.multiply(before[0], stateRow, gates, gatesRow, gates, rows);
    const { build, kind } = this.#make;
    build.kernels.activate(gates, gatesRow, gates, gatesRow, rows, this.#padded, kind, 0);
    build.kernels.copyRows(gates, gatesRow, after[0], stateRow, rows, this.#padded);
  }

  backward({ gates, gateGrads, gatesRow }: Place, grads: readonly number[], row: number, rows: number): void {
    const dh = grads[0];
    const { build, kind } = this.#make;
    build.kernels.activateBack(dh, row, gates, gatesRow, gateGrads, gatesRow, rows, this.#padded, kind, 0, 0);
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
