import type { Memory, Topology } from '#core';
import type { OptimiserSpec, OptimiserState } from '#math';

/** Where one weight lies in the flat block: `dense_1/kernel`, [64, 64], from `offset`. Order and names are those of tfjs. */
export interface ParameterSlice {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

/**
 * A network at work: a topology, one flat block of parameters and one of gradients, and a vector-Jacobian product.
 * Losses live outside (in the book of equations) and meet the network only as gradients with respect to its outputs.
 *
 * Shapes: B rows; inputs[i] [B, inputSizes[i]]; outputs[j] and outputGrads[j] [B, outputSizes[j]], row-major. Sequences
 * ([B, T, F] in tfjs) count as one row of T * F numbers. Inputs may live in any memory and be longer than `rows` needs.
 */
export interface Network {
  readonly topology: Topology;
  readonly inputSizes: readonly number[];
  readonly outputSizes: readonly number[];
  readonly slices: readonly ParameterSlice[];
  /** All weights, in the engine's memory. After writing to it call `paramsChanged` on every network that uses it. */
  readonly params: Float32Array;
  /** Where gradients are added; the caller clears it. Another block of the engine's memory of the same size may be put here. */
  grads: Float32Array;
  /**
   * Where sequences begin anew: unless 0, resets[b * T + t] makes the states of all recurrent layers zero before step t of row b,
   * states that are inputs included. Null, as at first: nowhere. Every pass reads it, until it is changed.
   * Throws PolityError (contract) when it is set on a network that has no sequences of one length T to begin anew.
   */
  resets: Uint8Array | null;
  paramsChanged(): void;
  /** Runs `rows` rows. The outputs belong to the network and hold until its next call; they may be longer than `rows` needs. */
  forward(inputs: readonly Float32Array[], rows: number): readonly Float32Array[];
  /**
   * Gradients for the rows of the last `forward`: adds d(sum of outputs · outputGrads)/d(params) to `grads`.
   * Returns the gradients with respect to the inputs when `wantInputGrads` is set.
   */
  backward(outputGrads: readonly Float32Array[], wantInputGrads?: boolean): readonly Float32Array[] | undefined;
  /**
   * Forward, `fill`, backward, in one pass: an engine may do so block of rows by block of rows, so that activations stay in
   * the cache, and calls `fill` once a block, blocks in order.
   */
  differentiate(inputs: readonly Float32Array[], rows: number, fill: FillOutputGrads): void;
  dispose(): void;
}

/**
 * Reads the outputs of rows start .. start + count - 1 and writes their gradients (zeros on entry). Both hold these rows from
 * index 0 on.
 */
export type FillOutputGrads = (
  outputs: readonly Float32Array[],
  outputGrads: readonly Float32Array[],
  start: number,
  count: number,
) => void;

/** Turns gradients into steps of one block of parameters. Moments live in the engine's memory. */
export interface ParameterOptimiser {
  step(grads: Float32Array, learningRate: number): void;
  /** A copy of everything that later steps depend on. */
  state(): OptimiserState;
  /** Throws PolityError (contract) when the state is of another optimiser or size. */
  restore(state: OptimiserState): void;
}

/** Parameters and gradients that a network is to use instead of its own: blocks of the engine's memory. */
export interface NetworkStorage {
  readonly params: Float32Array;
  readonly grads: Float32Array;
}

/**
 * What runs networks. Several threads each make an engine over the same shared memory, and every thread makes the same calls
 * of `memory`, `createNetwork` and `createOptimiser` in the same order, so that blocks coincide.
 */
export interface Engine {
  readonly kind: 'tfjs' | 'simd';
  /** What the bytes depend on besides the kind: the tfjs backend (`tensorflow`, `wasm`, `cpu`), or the kernel variant (`relaxed`, `portable`). */
  readonly variant: string;
  readonly memory: Memory;
  /**
   * Weights start at zero; `initialiseParams` fills them. Without `storage` the blocks come from `memory`.
   * Throws PolityError (engine) for a topology it cannot run, naming the layer and the remedy.
   */
  createNetwork(topology: Topology, storage?: NetworkStorage): Network;
  createOptimiser(spec: OptimiserSpec, params: Float32Array): ParameterOptimiser;
  /** Writes the sum of the blocks, added in their order, to `out` (which may be the first of them). */
  sumBlocks(blocks: readonly Float32Array[], out: Float32Array): void;
  /** As `clipByGlobalNorm` of the book; the factor is `limit / (norm + 1e-6)`. Returns the norm before. */
  clipByGlobalNorm(grads: Float32Array, limit: number): number;
}
