import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import { gradRowLength, rowLength, type Tensor } from '../tensor.ts';

/** `Flatten` and `Reshape`: the same numbers in the same order, with the gaps of another width. */
export function buildReshape(
  build: Build,
  layer: LayerSpec,
  [input]: readonly Tensor[],
  [shape]: readonly RowShape[],
): Compiled {
  const first = layer.config.data_format;
  if (layer.kind === 'Flatten' && first === 'channels_first' && input.shape.length > 1) {
    refuse(layer, 'a Flatten with the channels first', first, 'data_format channels_last');
  }
  const output = build.tensor(shape, input.storage.trained);
  return { outputs: [output], step: ([adds]) => new Reshape(build, input, output, adds) };
}

/** `Dropout` and its kin while no noise is asked for: what comes in goes out. */
export function buildDropout(_build: Build, layer: LayerSpec, inputs: readonly Tensor[]): Compiled {
  const rate = layer.config.rate ?? layer.config.stddev ?? 0;
  if (Number(rate) > 0) refuse(layer, 'noise in training', rate, 'a rate of 0');
  return { outputs: inputs };
}

class Reshape implements Step {
  readonly #build: Build;
  readonly #input: Tensor;
  readonly #output: Tensor;
  readonly #adds: boolean;

  constructor(build: Build, input: Tensor, output: Tensor, adds: boolean) {
    this.#build = build;
    this.#input = input;
    this.#output = output;
    this.#adds = adds;
  }

  forward(rows: number): void {
    const from = this.#input;
    const to = this.#output;
    this.#build.kernels.regroup(
      from.storage.values,
      4 * rowLength(from),
      from.positions,
      from.width,
      4 * from.stride,
      to.storage.values,
      4 * rowLength(to),
      to.width,
      4 * to.stride,
      rows,
      0,
    );
  }

  backward(rows: number): void {
    if (!wanted(this.#input, this.#build.pass)) return;
    const from = this.#output;
    const to = this.#input;
    this.#build.kernels.regroup(
      from.storage.grads,
      4 * gradRowLength(from),
      from.positions,
      from.width,
      4 * from.gradStride,
      to.storage.grads,
      4 * gradRowLength(to),
      to.width,
      4 * to.gradStride,
      rows,
      this.#adds ? 1 : 0,
    );
  }
}
