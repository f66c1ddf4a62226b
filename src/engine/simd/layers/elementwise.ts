import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import {
  activateRows,
  activateRowsBack,
  activationOf,
  leakyRelu,
  linear,
  needsInput,
  relu,
  relu6,
  softmax,
} from '../activation.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import { rowLength, type Tensor } from '../tensor.ts';

/** `Activation`, `ReLU`, `LeakyReLU`, `ELU` and `Softmax` as layers of their own. */
export function buildActivation(
  build: Build,
  layer: LayerSpec,
  [input]: readonly Tensor[],
  [shape]: readonly RowShape[],
): Compiled {
  const { kind, slope } = kindOf(layer, shape);
  if (kind === linear) return { outputs: [input] };
  const output = build.tensor(shape, input.storage.trained);
  return { outputs: [output], step: ([adds]) => new Activation(build, kind, slope, input, output, adds) };
}

function kindOf(layer: LayerSpec, shape: RowShape): { kind: number; slope: number } {
  const { config } = layer;
  switch (layer.kind) {
    case 'ReLU':
      if (config.max_value == null) return { kind: relu, slope: 0 };
      if (config.max_value === 6) return { kind: relu6, slope: 0 };
      return refuse(layer, 'a ReLU with another limit', config.max_value, 'max_value null or 6');
    case 'LeakyReLU':
      return { kind: leakyRelu, slope: Number(config.alpha ?? 0.3) };
    case 'ELU':
      if (Number(config.alpha ?? 1) === 1) return { kind: activationOf(layer, 'activation', 'elu'), slope: 0 };
      return refuse(layer, 'an ELU with another alpha', config.alpha, 'alpha 1');
    case 'Softmax':
      // The default of tfjs is the first axis of a row.
      if ([-1, shape.length].includes(Number(config.axis ?? 1))) return { kind: softmax, slope: 0 };
      return refuse(layer, 'a Softmax along another axis', config.axis ?? 1, `axis -1 or ${shape.length}`);
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
  /** A copy of the input, where the derivative is worked out from it and it lies without gaps. */
  readonly #copy: number;

  constructor(build: Build, kind: number, slope: number, input: Tensor, output: Tensor, adds: boolean) {
    this.#build = build;
    this.#kind = kind;
    this.#slope = slope;
    this.#input = input;
    this.#output = output;
    this.#adds = adds;
    const copied = needsInput(kind) && input.stride !== output.stride;
    this.#copy = copied ? build.scratch(build.blockRows * rowLength(output)) : 0;
  }

  forward(rows: number): void {
    const { kernels } = this.#build;
    const { positions, width, stride, storage } = this.#output;
    const count = rows * positions;
    const row = 4 * stride;
    let x = this.#input.storage.values;
    let xRow = 4 * this.#input.stride;
    if (this.#copy !== 0) {
      kernels.copyRows(x, xRow, this.#copy, row, count, width);
      x = this.#copy;
      xRow = row;
    }
    activateRows(kernels, this.#kind, this.#slope, x, xRow, storage.values, row, count, width);
  }

  backward(rows: number): void {
    if (!wanted(this.#input, this.#build.pass)) return;
    const { kernels } = this.#build;
    const { positions, width, stride, storage } = this.#output;
    const input = this.#input.storage;
    const count = rows * positions;
    const row = 4 * stride;
    const dy = storage.grads;
    const dxRow = 4 * this.#input.gradStride;
    const y = needsInput(this.#kind) ? this.#copy || input.values : storage.values;
    const out = this.#adds ? dy : input.grads;
    const outRow = this.#adds ? row : dxRow;
    activateRowsBack(kernels, this.#kind, this.#slope, dy, row, y, row, out, outRow, count, width, 0);
    if (this.#adds) kernels.addRows(dy, row, input.grads, dxRow, count, width);
  }
}
