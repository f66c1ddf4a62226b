import { roundUp } from '../../tensor.ts';
import { WeightMatrix } from '../../weight-matrix.ts';
import type { Cell, CellBuild, Place } from './cell.ts';

const product = 1;

/**
 * The gated recurrent unit as tfjs has it: z, r = g(x W + h U), c = f(x W + (r h) U), h' = z h + (1 - z) c.
 * Source: Cho et al. (2014), "Learning phrase representations using RNN encoder-decoder", with z for what stays.
 */
export class GruCell implements Cell {
  readonly #make: CellBuild;
  readonly #padded: number;
  readonly #gates: WeightMatrix;
  readonly #candidate: WeightMatrix;
  /** r h of every step, and the gradient of one. */
  readonly #reset: number;
  readonly #resetGrads: number;

  constructor(make: CellBuild) {
    const { build, slice, units, steps } = make;
    this.#make = make;
    this.#padded = roundUp(units);
    this.#gates = new WeightMatrix(build, slice, units, units, { first: 0, gates: 2, of: 3 });
    this.#candidate = new WeightMatrix(build, slice, units, units, { first: 2, gates: 1, of: 3 });
    this.#reset = build.scratch(build.blockRows * steps * this.#padded);
    this.#resetGrads = build.scratch(build.blockRows * this.#padded);
  }

  prepare(): void {
    this.#gates.prepare();
    this.#candidate.prepare();
  }

  forward({ gates, gatesRow, before, after, stateRow, offset }: Place, rows: number): void {
    const { build, kind, gateKind } = this.#make;
    const { kernels } = build;
    const n = this.#padded;
    const candidate = gates + 8 * n;
    const reset = this.#reset + offset;
    this.#gates.multiply(before[0], stateRow, gates, gatesRow, gates, rows);
    kernels.activate(gates, gatesRow, gates, gatesRow, rows, 2 * n, gateKind, 0);
    kernels.combineRows(product, gates + 4 * n, gatesRow, before[0], stateRow, reset, stateRow, rows, n);
    this.#candidate.multiply(reset, stateRow, candidate, gatesRow, candidate, rows);
    kernels.activate(candidate, gatesRow, candidate, gatesRow, rows, n, kind, 0);
    kernels.gruState(gates, gatesRow, before[0], stateRow, after[0], stateRow, rows, n);
  }

  backward(at: Place, grads: readonly number[], row: number, rows: number): void {
    const { gates, gateGrads, gatesRow, before, stateRow } = at;
    const { build, kind, gateKind } = this.#make;
    const { kernels } = build;
    const n = this.#padded;
    const dh = grads[0];
    const p = before[0];
    const reset = this.#resetGrads;
    kernels.gruStateBack(dh, row, gates, gatesRow, p, stateRow, gateGrads, gatesRow, dh, row, rows, n, kind, gateKind);
    this.#candidate.multiplyBack(gateGrads + 8 * n, gatesRow, reset, row, false, rows);
    kernels.gruResetBack(reset, row, gates, gatesRow, p, stateRow, gateGrads, gatesRow, dh, row, rows, n, gateKind);
    this.#gates.multiplyBack(gateGrads, gatesRow, dh, row, true, rows);
  }

  addGradients(before: number, state: number, gateGrads: number, gates: number, count: number): void {
    this.#gates.addGradient(before, state, gateGrads, gates, count);
    this.#candidate.addGradient(this.#reset, state, gateGrads + 8 * this.#padded, gates, count);
  }

  begin(): void {
    this.#gates.begin();
    this.#candidate.begin();
  }

  finish(): void {
    this.#gates.finish();
    this.#candidate.finish();
  }
}
