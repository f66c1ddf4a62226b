import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import { activationOf, leakyRelu, linear, relu, softmax } from '../activation.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import type { Tensor } from '../tensor.ts';

/** `Activation`, `ReLU`, `LeakyReLU`, `ELU` and `Softmax` as layers of their own. */
export function buildActivation(
  build: Build,
  layer: LayerSpec,
  [input]: readonly Tensor[],
  [shape]: readonly RowShape[],
): Compiled {
  const { kind, slope } = kindOf(layer);
  if (kind === linear) return { outputs: [input] };
  const output = build.tensor(shape, input.storage.trained);
  return { outputs: [output], step: ([adds]) => new Activation(build, kind, slope, input, output, adds) };
}

function kindOf(layer: LayerSpec): { kind: number; slope: number } {
  const { config } = layer;
  switch (layer.kind) {
    case 'ReLU':
      if (config.max_value == null) return { kind: relu, slope: 0 };
      return refuse(layer, 'a ReLU with a limit', config.max_value, 'max_value null');
    case 'LeakyReLU':
      return { kind: leakyRelu, slope: Number(config.alpha ?? 0.3) };
    case 'ELU':
      if (Number(config.alpha ?? 1) === 1) return { kind: activationOf(layer, 'activation', 'elu'), slope: 0 };
      return refuse(layer, 'an ELU with another alpha', config.alpha, 'alpha 1');
    case 'Softmax':
      if (Number(config.axis ?? -1) === -1) return { kind: softmax, slope: 0 };
      return refuse(layer, 'a Softmax along another axis', config.axis, 'axis -1');
    default:
      return { kind: activationOf(layer, 'activation'), slope: 0 };
  }
}

class Activation implements Step {
  readonly #build: Build;
  readonly #kind: number;
  readonly #slope: number;
  readonly #input: Tensor;
  readonly #output: Tensor;
  readonly #adds: boolean;

  constructor(build: Build, kind: number, slope: number, input: Tensor, output: Tensor, adds: boolean) {
    this.#build = build;
    this.#kind = kind;
    this.#slope = slope;
    this.#input = input;
    this.#output = output;
    this.#adds = adds;
  }

  forward(rows: number): void {
    const { kernels } = this.#build;
    const { positions, width, stride, storage } = this.#output;
    const count = rows * positions;
    const x = this.#input.storage.values;
    const xRow = 4 * this.#input.stride;
    if (this.#kind === softmax) kernels.softmax(x, xRow, storage.values, 4 * stride, count, width);
    else kernels.activate(x, xRow, storage.values, 4 * stride, count, stride, this.#kind, this.#slope);
  }

  backward(rows: number): void {
    if (!wanted(this.#input, this.#build.pass)) return;
    const { kernels } = this.#build;
    const { positions, width, stride, storage } = this.#output;
    const count = rows * positions;
    const row = 4 * stride;
    const dy = storage.grads;
    const to = this.#adds ? dy : this.#input.storage.grads;
    const toRow = this.#adds ? row : 4 * this.#input.gradStride;
    if (this.#kind === softmax) kernels.softmaxBack(dy, row, storage.values, row, to, toRow, count, width);
    else {
      kernels.activateBack(dy, row, storage.values, row, to, toRow, count, stride, this.#kind, this.#slope, 0);
    }
    if (!this.#adds) return;
    kernels.addRows(dy, row, this.#input.storage.grads, 4 * this.#input.gradStride, count, width);
  }
}
