import type { Topology } from '#core';

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
 * Shapes: B rows; inputs[i] [B, inputSizes[i]]; outputs[j] and outputGrads[j] [B, outputSizes[j]], row-major.
 */
export interface Network {
  readonly topology: Topology;
  readonly inputSizes: readonly number[];
  readonly outputSizes: readonly number[];
  readonly slices: readonly ParameterSlice[];
  /** All weights. After writing to it call `paramsChanged`. */
  readonly params: Float32Array;
  /** Gradients are added here; the caller clears it. */
  readonly grads: Float32Array;
  paramsChanged(): void;
  /** Runs `rows` rows. The outputs belong to the network and hold until its next call; they may be longer than `rows` needs. */
  forward(inputs: readonly Float32Array[], rows: number): readonly Float32Array[];
  /**
   * Gradients for the rows of the last `forward`: adds d(sum of outputs · outputGrads)/d(params) to `grads`.
   * Returns the gradients with respect to the inputs when `wantInputGrads` is set.
   */
  backward(outputGrads: readonly Float32Array[], wantInputGrads?: boolean): readonly Float32Array[] | undefined;
  /** `forward`, then `fill` (which reads outputs and writes their gradients, zeros on entry), then `backward`, in one pass. */
  differentiate(inputs: readonly Float32Array[], rows: number, fill: FillOutputGrads): void;
  dispose(): void;
}

export type FillOutputGrads = (outputs: readonly Float32Array[], outputGrads: readonly Float32Array[]) => void;

/** What runs networks. */
export interface Engine {
  readonly kind: 'tfjs' | 'simd';
  /** What the bytes depend on besides the kind: the tfjs backend, or the kernel variant. */
  readonly variant: string;
  /** Throws PolityError (engine) for a topology it cannot run, naming the layer and the remedy. */
  createNetwork(topology: Topology): Network;
}
