import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import type { Tensor } from '../tensor.ts';

/** Puts the inputs side by side along the last axis. */
export function buildConcatenate(
  build: Build,
  layer: LayerSpec,
  inputs: readonly Tensor[],
  [shape]: readonly RowShape[],
): Compiled {
  const axis = Number(layer.config.axis ?? -1);
  if (axis !== -1 && axis !== shape.length) refuse(layer, 'a concatenation along this axis', axis, 'axis -1');
  const output = build.tensor(
    shape,
    inputs.some((input) => input.storage.trained),
  );
  return { outputs: [output], step: (adds) => new Concatenate(build, inputs, output, adds) };
}

class Concatenate implements Step {
  readonly #build: Build;
  readonly #inputs: readonly Tensor[];
  readonly #output: Tensor;
  readonly #adds: readonly boolean[];

  constructor(build: Build, inputs: readonly Tensor[], output: Tensor, adds: readonly boolean[]) {
    this.#build = build;
    this.#inputs = inputs;
    this.#output = output;
    this.#adds = adds;
  }

  forward(rows: number): void {
    const { positions, stride, storage } = this.#output;
    let to = storage.values;
    for (let i = 0; i < this.#inputs.length; i++) {
      const input = this.#inputs[i];
      const from = input.storage.values;
      this.#build.kernels.copyRows(from, 4 * input.stride, to, 4 * stride, rows * positions, input.width);
      to += 4 * input.width;
    }
  }

  backward(rows: number): void {
    const { kernels, pass } = this.#build;
    const { positions, gradStride, storage } = this.#output;
    let from = storage.grads;
    for (let i = 0; i < this.#inputs.length; i++) {
      const input = this.#inputs[i];
      if (wanted(input, pass)) {
        const to = input.storage.grads;
        const toRow = 4 * input.gradStride;
        if (this.#adds[i]) kernels.addRows(from, 4 * gradStride, to, toRow, rows * positions, input.width);
        else kernels.copyRows(from, 4 * gradStride, to, toRow, rows * positions, input.width);
      }
      from += 4 * input.width;
    }
  }
}
