import type { LayerSpec } from '../../../layer-graph.ts';
import type { RowShape } from '../../../layer-kinds.ts';
import { gateActivationOf, linear } from '../../activation.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../../build.ts';
import { roundUp, type Tensor } from '../../tensor.ts';
import { WeightMatrix } from '../../weight-matrix.ts';
import { WeightVector } from '../../weight-vector.ts';
import type { Cell, CellBuild, Place } from './cell.ts';
import { GruCell } from './gru-cell.ts';
import { LstmCell } from './lstm-cell.ts';
import { SimpleCell } from './simple-cell.ts';

interface CellKind {
  readonly gates: number;
  readonly states: number;
  make(build: CellBuild): Cell;
}

const cells: Readonly<Record<string, CellKind>> = {
  GRU: { gates: 3, states: 1, make: (build) => new GruCell(build) },
  LSTM: { gates: 4, states: 2, make: (build) => new LstmCell(build) },
  SimpleRNN: { gates: 1, states: 1, make: (build) => new SimpleCell(build) },
};

/**
 * `GRU`, `LSTM` and `SimpleRNN` over sequences [T, F], from states that are inputs, or zero; gives the state after every step or
 * the last one, and the states themselves where `return_state` asks for them.
 */
export function buildRecurrent(
  build: Build,
  layer: LayerSpec,
  inputs: readonly Tensor[],
  shapes: readonly RowShape[],
): Compiled {
  const { config } = layer;
  if (config.reset_after === true) refuse(layer, 'a GRU that resets after the product', true, 'reset_after false');
  if (config.stateful === true) refuse(layer, 'a layer that keeps its state', true, 'stateful false, states as inputs');
  for (const key of ['dropout', 'recurrent_dropout']) {
    if (Number(config[key] ?? 0) > 0) refuse(layer, 'noise in training', config[key], `${key} 0`);
  }
  const { states } = cells[layer.kind];
  if (inputs.length !== 1 && inputs.length !== 1 + states) {
    refuse(layer, 'this number of inputs', `${inputs.length}`, `a sequence, or a sequence and ${states} state(s)`);
  }
  const slice = build.slice(layer, 'recurrent_kernel') ?? refuse(layer, 'a layer without kernels', '', 'kernels');
  const trained = slice.trainable || inputs.some((input) => input.storage.trained);
  const outputs = shapes.map((shape) => build.tensor(shape, trained));
  return {
    outputs,
    sequence: { steps: inputs[0].shape[0], backwards: config.go_backwards === true },
    step: (adds) => new Recurrent(build, layer, inputs, outputs, adds),
  };
}

class Recurrent implements Step {
  readonly #build: Build;
  readonly #input: Tensor;
  readonly #initial: readonly Tensor[];
  readonly #output: Tensor;
  readonly #states: readonly Tensor[];
  readonly #adds: readonly boolean[];
  /** Whether the output is the state after every step; and which outputs (the first, then states) give gradients. */
  readonly #sequences: boolean;
  readonly #used: readonly boolean[];
  readonly #backwards: boolean;
  readonly #steps: number;
  readonly #units: number;
  readonly #padded: number;
  readonly #width: number;
  readonly #kernel: WeightMatrix;
  readonly #bias: WeightVector | undefined;
  readonly #cell: Cell;
  readonly #gates: number;
  readonly #gateGrads: number;
  readonly #before: readonly number[];
  readonly #after: readonly number[];
  readonly #stateGrads: readonly number[];
  readonly #place: Place;

  constructor(
    build: Build,
    layer: LayerSpec,
    [input, ...initial]: readonly Tensor[],
    [output, ...states]: readonly Tensor[],
    adds: readonly boolean[],
  ) {
    const { gates, states: count, make } = cells[layer.kind];
    const units = output.width;
    const steps = input.shape[0];
    const padded = roundUp(units);
    const room = (width: number) => build.scratch(build.blockRows * steps * width);
    this.#build = build;
    this.#input = input;
    this.#initial = initial;
    this.#output = output;
    this.#states = states;
    this.#adds = adds;
    this.#sequences = layer.config.return_sequences === true;
    this.#used = [output, ...states].map(({ storage }) => storage.written);
    this.#backwards = layer.config.go_backwards === true;
    this.#steps = steps;
    this.#units = units;
    this.#padded = padded;
    this.#width = gates * padded;
    this.#kernel = new WeightMatrix(build, build.slice(layer, 'kernel')!, input.width, units, {
      first: 0,
      gates,
      of: gates,
    });
    const bias = build.slice(layer, 'bias');
    this.#bias = bias && new WeightVector(build, bias, gates);
    const kind = gateActivationOf(layer, 'activation', 'tanh');
    const gateKind = gateActivationOf(layer, 'recurrent_activation', 'hardSigmoid');
    const slice = build.slice(layer, 'recurrent_kernel')!;
    this.#cell = make({ build, layer, slice, units, steps, kind, gateKind });
    this.#gates = room(this.#width);
    this.#gateGrads = room(this.#width);
    const each = Array.from({ length: count }, (_, k) => k);
    this.#before = each.map(() => room(padded));
    const direct = this.#sequences || steps === 1;
    this.#after = each.map((k) => (k === 0 && direct ? output.storage.values : room(padded)));
    this.#stateGrads = each.map(() => build.scratch(build.blockRows * padded));
    const gatesRow = 4 * steps * this.#width;
    const stateRow = 4 * steps * padded;
    this.#place = { gates: 0, gateGrads: 0, gatesRow, before: [0, 0], after: [0, 0], stateRow, offset: 0 };
  }

  prepare(): void {
    this.#kernel.prepare();
    this.#bias?.prepare();
    this.#cell.prepare();
  }

  forward(rows: number): void {
    const { kernels } = this.#build;
    const { storage, stride } = this.#input;
    const row = 4 * this.#width;
    this.#kernel.multiply(storage.values, 4 * stride, this.#gates, row, this.#bias?.address ?? 0, rows * this.#steps);
    for (let step = 0; step < this.#steps; step++) {
      const at = this.#goTo(step);
      for (let k = 0; k < this.#before.length; k++) this.#enter(step, k, at, rows);
      this.#cell.forward(at, rows);
    }
    const { stateRow } = this.#place;
    const last = 4 * (this.#steps - 1) * this.#padded;
    if (!this.#sequences && this.#steps > 1) {
      const { storage: to, stride: toStride } = this.#output;
      kernels.copyRows(this.#after[0] + last, stateRow, to.values, 4 * toStride, rows, this.#padded);
    }
    for (let k = 0; k < this.#states.length; k++) {
      const { storage: to, stride: toStride } = this.#states[k];
      kernels.copyRows(this.#after[k] + last, stateRow, to.values, 4 * toStride, rows, this.#padded);
    }
  }

  backward(rows: number): void {
    const { kernels, pass } = this.#build;
    if (!wanted(this.#output, pass)) return;
    const n = this.#padded;
    const grads = this.#stateGrads;
    for (let k = 0; k < grads.length; k++) kernels.fill(grads[k], rows * n, 0);
    for (let k = 0; k < this.#states.length; k++) {
      const { storage, gradStride } = this.#states[k];
      if (this.#used[1 + k]) kernels.addRows(storage.grads, 4 * gradStride, grads[k], 4 * n, rows, n);
    }
    for (let step = this.#steps - 1; step >= 0; step--) {
      this.#addOutputGrads(step, rows);
      this.#cell.backward(this.#goTo(step), grads, 4 * n, rows);
      if (pass.keep === 0) continue;
      const keep = pass.keep + 4 * step;
      for (const grad of grads) kernels.keepRows(grad, 4 * n, keep, 4 * this.#steps, grad, 4 * n, rows, n);
    }
    for (let k = 0; k < this.#initial.length; k++) {
      const { storage, gradStride } = this.#initial[k];
      if (!wanted(this.#initial[k], pass)) continue;
      const move = this.#adds[1 + k] ? kernels.addRows : kernels.copyRows;
      move(grads[k], 4 * n, storage.grads, 4 * gradStride, rows, n);
    }
    this.#addWeightGrads(rows * this.#steps);
    if (!wanted(this.#input, pass)) return;
    const { storage, gradStride } = this.#input;
    const row = 4 * this.#width;
    const count = rows * this.#steps;
    this.#kernel.multiplyBack(this.#gateGrads, row, storage.grads, 4 * gradStride, this.#adds[0], count);
  }

  begin(): void {
    this.#kernel.begin();
    this.#bias?.begin();
    this.#cell.begin();
  }

  finish(): void {
    this.#kernel.finish();
    this.#bias?.finish();
    this.#cell.finish();
  }

  /** States lie in the order of the steps, everything else in the order of the input. */
  #goTo(step: number): Place {
    const at = this.#place;
    const position = this.#backwards ? this.#steps - 1 - step : step;
    at.offset = 4 * position * this.#padded;
    at.gates = this.#gates + 4 * position * this.#width;
    at.gateGrads = this.#gateGrads + 4 * position * this.#width;
    for (let k = 0; k < this.#before.length; k++) {
      at.before[k] = this.#before[k] + at.offset;
      at.after[k] = this.#after[k] + 4 * step * this.#padded;
    }
    return at;
  }

  /**
   * Copies state k to where the step expects it, with zeros where the sequence starts anew. Before the first step it is an input,
   * or zero, as the memory has been from the beginning.
   */
  #enter(step: number, k: number, { before, after, stateRow }: Place, rows: number): void {
    const { kernels, pass } = this.#build;
    const n = this.#padded;
    const to = before[k];
    let from = after[k] - 4 * n;
    if (step === 0) {
      from = to;
      if (k < this.#initial.length) {
        const { storage, stride } = this.#initial[k];
        kernels.copyRows(storage.values, 4 * stride, to, stateRow, rows, this.#units);
      }
    }
    if (pass.keep !== 0) {
      kernels.keepRows(from, stateRow, pass.keep + 4 * step, 4 * this.#steps, to, stateRow, rows, n);
    } else if (from !== to) {
      kernels.copyRows(from, stateRow, to, stateRow, rows, n);
    }
  }

  #addOutputGrads(step: number, rows: number): void {
    if (!this.#used[0] || (!this.#sequences && step < this.#steps - 1)) return;
    const { storage, gradStride } = this.#output;
    const from = storage.grads + (this.#sequences ? 4 * step * gradStride : 0);
    const row = 4 * gradStride * (this.#sequences ? this.#steps : 1);
    this.#build.kernels.addRows(from, row, this.#stateGrads[0], 4 * this.#padded, rows, this.#padded);
  }

  #addWeightGrads(count: number): void {
    const row = 4 * this.#width;
    const d = this.#gateGrads;
    const { storage, stride } = this.#input;
    this.#kernel.addGradient(storage.values, 4 * stride, d, row, count);
    this.#cell.addGradients(this.#before[0], 4 * this.#padded, d, row, count);
    const sums = this.#bias?.sums ?? 0;
    if (sums === 0) return;
    this.#build.kernels.activateBack(d, row, d, row, d, row, count, this.#width, linear, 0, sums);
  }
}
