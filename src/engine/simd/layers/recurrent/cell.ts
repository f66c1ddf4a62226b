import type { LayerSpec } from '../../../layer-graph.ts';
import type { LayerSlice } from '../../../parameter-slices.ts';
import type { Build } from '../../build.ts';

/**
 * Where one step of a block of rows has its numbers. Addresses and distances in bytes; the gates of a row lie side by side, each
 * padded to a multiple of 8 numbers, and so does every state.
 */
export interface Place {
  /** Products of the inputs, which the step makes into gates. */
  gates: number;
  /** Gradients of the gates before their activations. */
  gateGrads: number;
  /** Distance from row to row of both. */
  gatesRow: number;
  /** The states before and after the step, `stateRow` from row to row; the first is the output. */
  readonly before: number[];
  readonly after: number[];
  stateRow: number;
  /** Where this step is in memory that holds one state a step, from its beginning. */
  offset: number;
}

/** What a cell is made with. */
export interface CellBuild {
  readonly build: Build;
  readonly layer: LayerSpec;
  /** The recurrent kernel. */
  readonly slice: LayerSlice;
  readonly units: number;
  readonly steps: number;
  /** Kinds of activation of the candidate and of the gates. */
  readonly kind: number;
  readonly gateKind: number;
}

/** One step of a recurrent layer, without the product of the inputs. */
export interface Cell {
  prepare(): void;
  forward(at: Place, rows: number): void;
  /**
   * `grads` holds the gradients of the states after the step, `gradRow` from row to row, and those of the states before it
   * afterwards. Writes `at.gateGrads`.
   */
  backward(at: Place, grads: readonly number[], gradRow: number, rows: number): void;
  /** Adds the gradients of the recurrent kernel: `count` states before, `state` apart, and gradients of gates, `gates` apart. */
  addGradients(before: number, state: number, gateGrads: number, gates: number, count: number): void;
  begin(): void;
  finish(): void;
}
