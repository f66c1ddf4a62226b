import { PolityError } from '#core';
import type { LayerSpec } from '../layer-graph.ts';
import type { RowShape } from '../layer-kinds.ts';
import type { LayerSlice } from '../parameter-slices.ts';
import type { Kernels } from './kernels.ts';
import { productOf, roundUp, type Tensor } from './tensor.ts';

/** What a backward pass is told besides its rows. */
export interface Pass {
  /** Address of the block that gradients of the weights are added to. */
  grads: number;
  /** Whether gradients of the inputs are wanted too. */
  inputGrads: boolean;
  /** Address of one number for every step of every row of the block, 0 where the state starts anew; 0: it never does. */
  keep: number;
}

/** One call of a layer, compiled. */
export interface Step {
  /** Reads the weights after they changed. */
  prepare?(): void;
  forward(rows: number): void;
  /** Reads the gradients of its outputs (and may overwrite them), adds to those of its weights, gives those of its inputs. */
  backward(rows: number): void;
  /** Clears sums of its own before the first block of rows. */
  begin?(): void;
  /** Adds those sums to the block of gradients, after the last. */
  finish?(): void;
}

/** What a layer is compiled with. */
export interface Build {
  readonly kernels: Kernels;
  /** All of the engine's memory. */
  readonly numbers: Float32Array;
  readonly blockRows: number;
  readonly params: number;
  readonly pass: Pass;
  /** Address of fresh zeros, private to this thread. */
  scratch(numbers: number): number;
  /** A tensor with memory of its own for a row shape. */
  tensor(shape: RowShape, trained: boolean): Tensor;
  slice(layer: LayerSpec, weight: string): LayerSlice | undefined;
}

/** What became of a layer: where its outputs are, and the step that fills them, unless they are its inputs seen otherwise. */
export interface Compiled {
  readonly outputs: readonly Tensor[];
  /** Length of the sequence that a recurrent layer walks through from first to last; `backwards` if from last to first. */
  readonly sequence?: { readonly steps: number; readonly backwards: boolean };
  /** Made after all steps downstream: `adds[i]` says whether the gradients of input i have been written by one of those. */
  step?(adds: readonly boolean[]): Step;
}

/** Compiles one call of a layer whose outputs have the shapes `outputs`. */
export type LayerBuilder = (
  build: Build,
  layer: LayerSpec,
  inputs: readonly Tensor[],
  outputs: readonly RowShape[],
) => Compiled;

/** The same memory with another shape. */
export function reshaped(tensor: Tensor, shape: RowShape): Tensor {
  const width = shape[shape.length - 1];
  return { ...tensor, shape, positions: productOf(shape) / width, width, stride: width, gradStride: width };
}

export const hasGaps = ({ width, stride, gradStride }: Tensor): boolean => stride !== width || gradStride !== width;

/** Whether gradients of the tensor are to be worked out in this pass. */
export const wanted = (tensor: Tensor, pass: Pass): boolean => tensor.storage.trained || pass.inputGrads;

export const paddedLength = (shape: RowShape): number => {
  const width = shape[shape.length - 1];
  return (productOf(shape) / width) * roundUp(width);
};

/** Refuses a setting of a layer by name. */
export function refuse(layer: LayerSpec, message: string, got: unknown, expected: string): never {
  throw new PolityError({
    code: 'engine',
    where: `network › layer "${layer.name}" (${layer.kind})`,
    message: `the simd engine cannot run ${message}`,
    got: typeof got === 'string' ? got : JSON.stringify(got),
    expected,
    remedy: 'engine: { kind: tfjs } runs every layer that tfjs has',
  });
}
