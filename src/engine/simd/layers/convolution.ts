import type { LayerSpec } from '../../layer-graph.ts';
import type { RowShape } from '../../layer-kinds.ts';
import { activateRows, activateRowsBack, activationOf, linear, needsInput } from '../activation.ts';
import { type Build, type Compiled, refuse, type Step, wanted } from '../build.ts';
import { gradRowLength, roundUp, rowLength, type Tensor } from '../tensor.ts';
import { WeightMatrix } from '../weight-matrix.ts';
import { WeightVector } from '../weight-vector.ts';

/** Where the kernel lies on the grid. A sequence is a grid of one line. */
interface Geometry {
  readonly height: number;
  readonly width: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly dilationY: number;
  readonly dilationX: number;
  /** Lines and columns of zeros before the first cell. */
  readonly top: number;
  readonly left: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/** Numbers of patches that are laid out at a time, so that they stay in the cache. */
const mostNumbers = 32_768;

/** `Conv1D` and `Conv2D`: patches of the grid times a matrix. */
export function buildConvolution(
  build: Build,
  layer: LayerSpec,
  [input]: readonly Tensor[],
  [shape]: readonly RowShape[],
): Compiled {
  const format = layer.config.data_format ?? 'channels_last';
  if (format !== 'channels_last') refuse(layer, 'a grid with the channels first', format, 'channels_last');
  const activation = activationOf(layer, 'activation');
  const slice = build.slice(layer, 'kernel') ?? refuse(layer, 'a convolution without a kernel', '', 'a kernel');
  const output = build.tensor(shape, input.storage.trained || slice.trainable);
  const geometry = geometryOf(layer, input.shape, shape);
  const step: Compiled['step'] = ([adds]) => new Convolution(build, layer, geometry, activation, input, output, adds);
  return { outputs: [output], step };
}

function geometryOf(layer: LayerSpec, input: RowShape, output: RowShape): Geometry {
  const { config } = layer;
  const padding = config.padding ?? 'valid';
  if (padding !== 'valid' && padding !== 'same') refuse(layer, 'this padding', padding, 'valid or same');
  const rank = input.length - 1;
  // The settings of a sequence are those of the second axis.
  const pair = (value: unknown): readonly [number, number] => {
    const list = Array.isArray(value) ? value.map(Number) : Array.from({ length: rank }, () => Number(value ?? 1));
    return rank === 1 ? [1, list[0]] : [list[0], list[1]];
  };
  const [height, width] = rank === 1 ? [1, input[0]] : input;
  const [outHeight, outWidth] = rank === 1 ? [1, output[0]] : output;
  const [kernelHeight, kernelWidth] = pair(config.kernel_size);
  const [strideY, strideX] = pair(config.strides);
  const [dilationY, dilationX] = pair(config.dilation_rate);
  const before = (length: number, out: number, kernel: number, stride: number, dilation: number) => {
    if (padding === 'valid') return 0;
    // What has to be added on both sides for the last place to fit; the smaller half comes first.
    return Math.floor(Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - length) / 2);
  };
  const top = before(height, outHeight, kernelHeight, strideY, dilationY);
  const left = before(width, outWidth, kernelWidth, strideX, dilationX);
  const kernel = { kernelHeight, kernelWidth, strideY, strideX, dilationY, dilationX };
  return { height, width, ...kernel, top, left, outHeight, outWidth };
}

class Convolution implements Step {
  readonly #build: Build;
  readonly #geometry: Geometry;
  readonly #activation: number;
  readonly #input: Tensor;
  readonly #output: Tensor;
  readonly #adds: boolean;
  readonly #kernel: WeightMatrix;
  readonly #bias: WeightVector | undefined;
  readonly #trainable: boolean;
  /** What went into the activation, as in a dense layer. */
  readonly #before: number;
  /** Rows whose patches are laid out at a time, where to, and their length in bytes. */
  readonly #chunk: number;
  readonly #patches: number;
  readonly #patch: number;

  constructor(
    build: Build,
    layer: LayerSpec,
    geometry: Geometry,
    activation: number,
    input: Tensor,
    output: Tensor,
    adds: boolean,
  ) {
    this.#build = build;
    this.#geometry = geometry;
    this.#activation = activation;
    this.#input = input;
    this.#output = output;
    this.#adds = adds;
    const kernel = build.slice(layer, 'kernel')!;
    const bias = build.slice(layer, 'bias');
    const length = kernel.size / output.width;
    this.#kernel = new WeightMatrix(build, kernel, length, output.width);
    this.#bias = bias && new WeightVector(build, bias);
    this.#trainable = kernel.trainable;
    this.#before = needsInput(activation) ? build.scratch(build.blockRows * rowLength(output)) : output.storage.values;
    const perRow = output.positions * roundUp(length);
    this.#chunk = Math.max(1, Math.min(build.blockRows, Math.floor(mostNumbers / perRow)));
    this.#patches = build.scratch(this.#chunk * perRow);
    this.#patch = 4 * roundUp(length);
  }

  prepare(): void {
    this.#kernel.prepare();
    this.#bias?.prepare();
  }

  forward(rows: number): void {
    const { kernels } = this.#build;
    const { positions, width, stride, storage } = this.#output;
    const row = 4 * stride;
    for (let start = 0; start < rows; start += this.#chunk) {
      const count = Math.min(this.#chunk, rows - start);
      const to = this.#before + start * positions * row;
      this.#unfold(start, count);
      this.#kernel.multiply(this.#patches, this.#patch, to, row, this.#bias?.address ?? 0, count * positions);
    }
    if (this.#activation === linear) return;
    activateRows(kernels, this.#activation, 0, this.#before, row, storage.values, row, rows * positions, width);
  }

  backward(rows: number): void {
    const { kernels, pass } = this.#build;
    const { positions, width, stride, storage } = this.#output;
    const row = 4 * stride;
    const y = needsInput(this.#activation) ? this.#before : storage.values;
    const dy = storage.grads;
    const sums = this.#bias?.sums ?? 0;
    activateRowsBack(kernels, this.#activation, 0, dy, row, y, row, dy, row, rows * positions, width, sums);
    const back = wanted(this.#input, pass);
    if (back && !this.#adds) kernels.fill(this.#input.storage.grads, rows * gradRowLength(this.#input), 0);
    for (let start = 0; start < rows; start += this.#chunk) {
      const count = Math.min(this.#chunk, rows - start);
      const from = dy + start * positions * row;
      if (this.#trainable) {
        this.#unfold(start, count);
        this.#kernel.addGradient(this.#patches, this.#patch, from, row, count * positions);
      }
      if (!back) continue;
      this.#kernel.multiplyBack(from, row, this.#patches, this.#patch, false, count * positions);
      this.#foldBack(start, count);
    }
  }

  begin(): void {
    this.#kernel.begin();
    this.#bias?.begin();
  }

  finish(): void {
    this.#kernel.finish();
    this.#bias?.finish();
  }

  #unfold(start: number, rows: number): void {
    const { stride, storage } = this.#input;
    const row = 4 * rowLength(this.#input);
    this.#overPatches(this.#build.kernels.unfold, storage.values + start * row, row, rows, 4 * stride);
  }

  #foldBack(start: number, rows: number): void {
    const { gradStride, storage } = this.#input;
    const row = 4 * gradRowLength(this.#input);
    this.#overPatches(this.#build.kernels.foldBack, storage.grads + start * row, row, rows, 4 * gradStride);
  }

  #overPatches(move: Build['kernels']['unfold'], x: number, xRow: number, rows: number, cell: number): void {
    const g = this.#geometry;
    move(
      x,
      xRow,
      rows,
      g.height,
      g.width,
      this.#input.width,
      cell,
      g.kernelHeight,
      g.kernelWidth,
      g.strideY,
      g.strideX,
      g.dilationY,
      g.dilationX,
      g.top,
      g.left,
      g.outHeight,
      g.outWidth,
      this.#patches,
      this.#patch,
    );
  }
}
