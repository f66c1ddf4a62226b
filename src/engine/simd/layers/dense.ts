import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import { activateRows, activateRowsBack, activationOf, linear, needsInput } from '../activation.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import { rowLength, type Tensor } from '../tensor.ts';
import { WeightMatrix } from '../weight-matrix.ts';
import { WeightVector } from '../weight-vector.ts';

/** y = f(x W + b), at every position of a row. */
export function buildDense(
  build: Build,
  layer: LayerSpec,
  [input]: readonly Tensor[],
  [shape]: readonly RowShape[],
): Compiled {
  const activation = activationOf(layer, 'activation');
  const slice = build.slice(layer, 'kernel') ?? refuse(layer, 'a dense layer without a kernel', '', 'a kernel');
  const output = build.tensor(shape, input.storage.trained || slice.trainable);
  return { outputs: [output], step: ([adds]) => new Dense(build, layer, activation, input, output, adds) };
}

class Dense implements Step {
  readonly #build: Build;
  readonly #input: Tensor;
  readonly #output: Tensor;
  readonly #kernel: WeightMatrix;
  readonly #bias: WeightVector | undefined;
  readonly #activation: number;
  /** What went into the activation: the output's own place, or one beside it where the derivative needs it. */
  readonly #before: number;
  readonly #adds: boolean;

  constructor(build: Build, layer: LayerSpec, activation: number, input: Tensor, output: Tensor, adds: boolean) {
    this.#build = build;
    this.#input = input;
    this.#output = output;
    this.#activation = activation;
    this.#adds = adds;
    const size = build.blockRows * rowLength(output);
    this.#before = needsInput(activation) ? build.scratch(size) : output.storage.values;
    const kernel = build.slice(layer, 'kernel');
    const bias = build.slice(layer, 'bias');
    this.#kernel = new WeightMatrix(build, kernel!, input.width, output.width);
    this.#bias = bias && new WeightVector(build, bias);
  }

  prepare(): void {
    this.#kernel.prepare();
    this.#bias?.prepare();
  }

  forward(rows: number): void {
    const { positions, width, stride, storage } = this.#output;
    const count = rows * positions;
    const x = this.#input.storage.values;
    const row = 4 * stride;
    this.#kernel.multiply(x, 4 * this.#input.stride, this.#before, row, this.#bias?.address ?? 0, count);
    if (this.#activation === linear) return;
    activateRows(this.#build.kernels, this.#activation, 0, this.#before, row, storage.values, row, count, width);
  }

  backward(rows: number): void {
    const { kernels, pass } = this.#build;
    const { positions, width, stride, storage } = this.#output;
    const count = rows * positions;
    const y = needsInput(this.#activation) ? this.#before : storage.values;
    const dy = storage.grads;
    const row = 4 * stride;
    const sums = this.#bias?.sums ?? 0;
    activateRowsBack(kernels, this.#activation, 0, dy, row, y, row, dy, row, count, width, sums);
    this.#kernel.addGradient(this.#input.storage.values, 4 * this.#input.stride, dy, row, count);
    if (!wanted(this.#input, pass)) return;
    this.#kernel.multiplyBack(dy, row, this.#input.storage.grads, 4 * this.#input.gradStride, this.#adds, count);
  }

  begin(): void {
    this.#kernel.begin();
    this.#bias?.begin();
  }

  finish(): void {
    this.#kernel.finish();
    this.#bias?.finish();
  }
}
