import { PolityError } from '#core';
import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import type { LayerSlice } from '../../parameter-slices.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import { gradRowLength, type Tensor } from '../tensor.ts';

/** Rows of a table, one for each number of the input, which stands for a whole one. No gradient goes back to that number. */
export function buildEmbedding(
  build: Build,
  layer: LayerSpec,
  [input]: readonly Tensor[],
  [shape]: readonly RowShape[],
): Compiled {
  if (layer.config.mask_zero === true) refuse(layer, 'an embedding that masks zero', true, 'mask_zero false');
  const slice = build.slice(layer, 'embeddings') ?? refuse(layer, 'an embedding without a table', '', 'embeddings');
  const output = build.tensor(shape, slice.trainable);
  return { outputs: [output], step: ([adds]) => new Embedding(build, layer, slice, input, output, adds) };
}

class Embedding implements Step {
  readonly #build: Build;
  readonly #layer: LayerSpec;
  readonly #slice: LayerSlice;
  readonly #input: Tensor;
  readonly #output: Tensor;
  readonly #adds: boolean;

  constructor(build: Build, layer: LayerSpec, slice: LayerSlice, input: Tensor, output: Tensor, adds: boolean) {
    this.#build = build;
    this.#layer = layer;
    this.#slice = slice;
    this.#input = input;
    this.#output = output;
    this.#adds = adds;
  }

  /** Throws: PolityError (engine) for a number that names no row. */
  forward(rows: number): void {
    const { kernels, params } = this.#build;
    const { positions, width, stride, storage } = this.#input;
    const [size, n] = this.#slice.shape;
    const ids = rows * positions;
    const table = params + 4 * this.#slice.offset;
    const { storage: to, stride: toStride } = this.#output;
    const wrong = kernels.lookUp(storage.values, 4 * stride, ids, width, table, size, n, to.values, 4 * toStride);
    if (wrong >= 0) this.#refuse(wrong, size);
  }

  backward(rows: number): void {
    const { kernels, pass } = this.#build;
    const { positions, width, stride, storage } = this.#input;
    const count = rows * positions;
    if (this.#slice.trainable) {
      const { gradStride, storage: from } = this.#output;
      const table = pass.grads + 4 * this.#slice.offset;
      const n = this.#slice.shape[1];
      kernels.lookUpBack(storage.values, 4 * stride, count, width, from.grads, 4 * gradStride, n, table);
    }
    if (wanted(this.#input, pass) && !this.#adds) kernels.fill(storage.grads, rows * gradRowLength(this.#input), 0);
  }

  #refuse(place: number, size: number): never {
    const { width, stride, storage } = this.#input;
    const at = storage.values / 4 + Math.floor(place / width) * stride + (place % width);
    throw new PolityError({
      code: 'engine',
      where: `network › layer "${this.#layer.name}" (Embedding)`,
      message: 'an input that names no row of the table',
      got: `${this.#build.numbers[at]}`,
      expected: `0..${size - 1}`,
      remedy: 'Give whole numbers below input_dim, or make input_dim larger',
    });
  }
}
