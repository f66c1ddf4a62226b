import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import { activationOf, linear, softmax } from '../activation.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import type { Tensor } from '../tensor.ts';
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
  readonly #adds: boolean;

  constructor(build: Build, layer: LayerSpec, activation: number, input: Tensor, output: Tensor, adds: boolean) {
    this.#build = build;
    this.#input = input;
    this.#output = output;
    this.#activation = activation;
    this.#adds = adds;
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
    const count = rows * this.#output.positions;
    const x = this.#input.storage.values;
    const y = this.#output.storage.values;
    const yRow = 4 * this.#output.stride;
    this.#kernel.multiply(x, 4 * this.#input.stride, y, yRow, this.#bias === undefined ? 0 : this.#bias.address, count);
    if (this.#activation === linear) return;
    const { kernels } = this.#build;
    if (this.#activation === softmax) kernels.softmax(y, yRow, y, yRow, count, this.#output.width);
    else kernels.activate(y, yRow, y, yRow, count, this.#output.stride, this.#activation, 0);
  }

  backward(rows: number): void {
    const { kernels, pass } = this.#build;
    const count = rows * this.#output.positions;
    const y = this.#output.storage.values;
    const dy = this.#output.storage.grads;
    const row = 4 * this.#output.stride;
    const sums = this.#bias === undefined ? 0 : this.#bias.sums;
    let activation = this.#activation;
    if (activation === softmax) {
      kernels.softmaxBack(dy, row, y, row, dy, row, count, this.#output.width);
      activation = linear;
    }
    if (activation !== linear || sums !== 0) {
      kernels.activateBack(dy, row, y, row, dy, row, count, this.#output.stride, activation, 0, sums);
    }
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
