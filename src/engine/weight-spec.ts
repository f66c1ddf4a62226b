import type { LayerConfig } from './layer-graph.ts';

/** Shape of one row of a tensor: [64], or [T, F] for a sequence. The row count in front is left out. */
export type RowShape = readonly number[];

/**
 * What a weight is before training. `orthogonal`: that many matrices side by side, each of them orthogonal. `rows`: a table whose
 * rows are looked up. `forgetOnes`: zeros, but ones in the second of four parts, so that an LSTM keeps its memory at first.
 */
export type WeightStart = 'zeros' | 'ones' | 'rows' | 'forgetOnes' | { readonly orthogonal: number };

/** A weight that a layer asks for; `trainable` is false for the statistics of batch normalisation. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  readonly start: WeightStart;
}

/** What a kind of layer makes of the shapes of its inputs. */
export interface LayerKind {
  outputs(config: LayerConfig, inputs: readonly RowShape[]): readonly RowShape[];
  weights(config: LayerConfig, inputs: readonly RowShape[]): readonly WeightSpec[];
}

/** A kind of layer without weights. */
export function weightless(outputs: LayerKind['outputs']): LayerKind {
  return { outputs, weights: () => [] };
}

export function weight(name: string, shape: readonly number[], start: WeightStart, trainable = true): WeightSpec {
  return { name, shape, trainable, start };
}

/** A kernel, and the bias that goes with it unless the layer has none. */
export function kernelAndBias(config: LayerConfig, kernel: readonly number[], outputs: number): readonly WeightSpec[] {
  return [weight('kernel', kernel, { orthogonal: 1 }), ...biasOf(config, outputs)];
}

export function biasOf(config: LayerConfig, outputs: number): readonly WeightSpec[] {
  return config.use_bias === false ? [] : [weight('bias', [outputs], 'zeros')];
}

/** A setting that is one number for every axis, or a list of them. */
export function listOf(value: unknown, rank: number): readonly number[] {
  return Array.isArray(value) ? value : Array.from({ length: rank }, () => Number(value));
}

export function lastOf(shape: RowShape): number {
  return shape[shape.length - 1];
}

export function productOf(shape: RowShape): number {
  return shape.reduce((product, length) => product * length, 1);
}
