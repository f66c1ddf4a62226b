import type { RowShape } from '../layer-kinds.ts';

/** Numbers of a block of rows in the engine's memory, and the gradients with respect to them. Addresses in bytes. */
export interface Storage {
  /** Moves when an input is read where the caller has it. */
  values: number;
  readonly grads: number;
  /** Whether a weight lies upstream. If not, gradients are worked out only where those of the inputs are wanted. */
  readonly trained: boolean;
  /** While backward steps are laid out: whether one writes the gradients already, so that later ones add. */
  written: boolean;
}

/**
 * One row is `positions` groups of `width` numbers, each group `stride` numbers (a multiple of 8) after the one before. What
 * lies between has no meaning, but is finite in gradients. Inputs of the model lie without gaps; only their gradients have them.
 */
export interface Tensor {
  readonly shape: RowShape;
  readonly positions: number;
  readonly width: number;
  readonly stride: number;
  readonly gradStride: number;
  readonly storage: Storage;
}

/** The next multiple of 8. */
export const roundUp = (n: number): number => (n + 7) & ~7;

export function productOf(shape: RowShape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Numbers that a row of the values takes. */
export function rowLength(tensor: Tensor): number {
  return tensor.positions * tensor.stride;
}

/** Numbers that a row of the gradients takes. */
export function gradRowLength(tensor: Tensor): number {
  return tensor.positions * tensor.gradStride;
}
