import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import { roundUp, rowLength, type Tensor } from '../tensor.ts';
import { WeightVector } from '../weight-vector.ts';

/** y = gamma (x - mean) / sqrt(variance + epsilon) + beta over the last axis. */
export function buildLayerNormalisation(
  build: Build,
  layer: LayerSpec,
  [input]: readonly Tensor[],
  [shape]: readonly RowShape[],
): Compiled {
  const axis = layer.config.axis ?? -1;
  const axes: readonly unknown[] = Array.isArray(axis) ? axis : [axis];
  if (axes.length !== 1 || (axes[0] !== -1 && axes[0] !== shape.length)) {
    refuse(layer, 'a layer norm along these axes', axis, `the last axis (-1 or ${shape.length})`);
  }
  const trained = ['gamma', 'beta'].some((weight) => build.slice(layer, weight)?.trainable === true);
  const output = build.tensor(shape, input.storage.trained || trained);
  return { outputs: [output], step: ([adds]) => new LayerNormalisation(build, layer, input, output, adds) };
}

class LayerNormalisation implements Step {
  readonly #build: Build;
  readonly #input: Tensor;
  readonly #output: Tensor;
  readonly #scale: WeightVector | undefined;
  readonly #shift: WeightVector | undefined;
  readonly #epsilon: number;
  readonly #adds: boolean;
  /** Numbers after normalisation, before scale and shift, and what each row was divided by. */
  readonly #normal: number;
  readonly #inverse: number;
  /** What is read in place of weights that are not there. */
  readonly #ones: number;
  readonly #none: number;

  constructor(build: Build, layer: LayerSpec, input: Tensor, output: Tensor, adds: boolean) {
    this.#build = build;
    this.#input = input;
    this.#output = output;
    this.#adds = adds;
    this.#epsilon = Number(layer.config.epsilon ?? 1e-3);
    const gamma = build.slice(layer, 'gamma');
    const beta = build.slice(layer, 'beta');
    this.#scale = gamma && new WeightVector(build, gamma);
    this.#shift = beta && new WeightVector(build, beta);
    this.#normal = build.scratch(build.blockRows * rowLength(output));
    this.#inverse = build.scratch(build.blockRows * output.positions);
    this.#none = build.scratch(roundUp(output.width));
    this.#ones = build.scratch(roundUp(output.width));
    build.kernels.fill(this.#ones, roundUp(output.width), 1);
  }

  prepare(): void {
    this.#scale?.prepare();
    this.#shift?.prepare();
  }

  forward(rows: number): void {
    const { positions, width, stride, storage } = this.#output;
    this.#build.kernels.layerNorm(
      this.#input.storage.values,
      4 * this.#input.stride,
      storage.values,
      4 * stride,
      this.#normal,
      4 * stride,
      this.#inverse,
      rows * positions,
      width,
      this.#scale?.address ?? this.#ones,
      this.#shift?.address ?? this.#none,
      this.#epsilon,
    );
  }

  backward(rows: number): void {
    const { kernels, pass } = this.#build;
    const { positions, width, stride, gradStride, storage } = this.#output;
    kernels.layerNormBack(
      storage.grads,
      4 * gradStride,
      this.#normal,
      4 * stride,
      this.#inverse,
      wanted(this.#input, pass) ? this.#input.storage.grads : 0,
      4 * this.#input.gradStride,
      rows * positions,
      width,
      this.#scale?.address ?? this.#ones,
      this.#scale?.sums ?? 0,
      this.#shift?.sums ?? 0,
      this.#adds ? 1 : 0,
    );
  }

  begin(): void {
    this.#scale?.begin();
    this.#shift?.begin();
  }

  finish(): void {
    this.#scale?.finish();
    this.#shift?.finish();
  }
}
