import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import { roundUp, type Tensor } from '../tensor.ts';

/** The numbers are those of ../../kernels/merge.ts; an average is a sum that is divided. */
const kinds: Readonly<Record<string, number>> = { Add: 0, Average: 0, Multiply: 1, Maximum: 2, Minimum: 3 };
const sum = 0;
const product = 1;

/** `Add`, `Average`, `Multiply`, `Maximum` and `Minimum` of inputs of one shape. */
export function buildMerge(
  build: Build,
  layer: LayerSpec,
  inputs: readonly Tensor[],
  [shape]: readonly RowShape[],
): Compiled {
  if (inputs.length < 2) refuse(layer, 'one input only', `${inputs.length}`, 'two or more');
  for (const input of inputs) {
    if (input.shape.join() === shape.join()) continue;
    refuse(layer, 'inputs of different shapes', `[${input.shape.join(', ')}]`, `[${shape.join(', ')}]`);
  }
  const trained = inputs.some((input) => input.storage.trained);
  const output = build.tensor(shape, trained);
  const factor = layer.kind === 'Average' ? 1 / inputs.length : 1;
  return { outputs: [output], step: (adds) => new Merge(build, kinds[layer.kind], factor, inputs, output, adds) };
}

class Merge implements Step {
  readonly #build: Build;
  readonly #kind: number;
  readonly #factor: number;
  readonly #inputs: readonly Tensor[];
  readonly #output: Tensor;
  readonly #adds: readonly boolean[];
  /** Room for the gradient times the other inputs. */
  readonly #others: number;

  constructor(
    build: Build,
    kind: number,
    factor: number,
    inputs: readonly Tensor[],
    output: Tensor,
    adds: readonly boolean[],
  ) {
    this.#build = build;
    this.#kind = kind;
    this.#factor = factor;
    this.#inputs = inputs;
    this.#output = output;
    this.#adds = adds;
    const { positions, gradStride } = output;
    this.#others = kind === product ? build.scratch(build.blockRows * positions * gradStride) : 0;
  }

  forward(rows: number): void {
    const { kernels } = this.#build;
    const { positions, width, stride, storage } = this.#output;
    const count = rows * positions;
    const n = roundUp(width);
    const to = storage.values;
    const row = 4 * stride;
    let from = this.#inputs[0].storage.values;
    let fromRow = 4 * this.#inputs[0].stride;
    for (let i = 1; i < this.#inputs.length; i++) {
      const other = this.#inputs[i];
      kernels.combineRows(this.#kind, from, fromRow, other.storage.values, 4 * other.stride, to, row, count, n);
      from = to;
      fromRow = row;
    }
    if (this.#factor !== 1) kernels.scaleRows(to, row, to, row, count, n, this.#factor, 0);
  }

  backward(rows: number): void {
    const { kernels, pass } = this.#build;
    const { positions, width, stride, gradStride, storage } = this.#output;
    const count = rows * positions;
    const n = roundUp(width);
    const row = 4 * gradStride;
    const dy = storage.grads;
    for (let i = 0; i < this.#inputs.length; i++) {
      const input = this.#inputs[i];
      const { values, grads } = input.storage;
      const dxRow = 4 * input.gradStride;
      const adds = this.#adds[i] ? 1 : 0;
      if (this.#kind > product) {
        // All take their turn, so that the first of equals takes the gradient even where it is not wanted.
        const to = wanted(input, pass) ? grads : 0;
        kernels.takeRows(values, 4 * input.stride, storage.values, 4 * stride, dy, row, to, dxRow, count, n, adds);
      } else if (wanted(input, pass)) {
        const from = this.#kind === sum ? dy : this.#timesOthers(i, dy, row, count, n);
        kernels.scaleRows(from, row, grads, dxRow, count, n, this.#factor, adds);
      }
    }
  }

  #timesOthers(i: number, dy: number, row: number, count: number, n: number): number {
    const { kernels } = this.#build;
    let from = dy;
    for (let j = 0; j < this.#inputs.length; j++) {
      if (j === i) continue;
      const { storage, stride } = this.#inputs[j];
      kernels.combineRows(product, from, row, storage.values, 4 * stride, this.#others, row, count, n);
      from = this.#others;
    }
    return from;
  }
}
