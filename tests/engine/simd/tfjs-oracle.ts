import * as tf from '@tensorflow/tfjs';
import type { Topology } from '#core';
import { parameterSlices } from '#engine/parameter-slices';

export interface OracleResult {
  readonly outputs: readonly Float32Array[];
  readonly inputGrads: readonly Float32Array[];
  readonly paramGrads: Float32Array;
}

/**
 * What tfjs makes of a topology: outputs, and gradients of the sum of outputs times `outputGrads`.
 * Shapes: params and paramGrads in the order of `parameterSlices`.
 */
export async function tfjsOracle(
  topology: Topology,
  params: Float32Array,
  inputs: readonly Float32Array[],
  outputGrads: readonly Float32Array[],
  rows: number,
): Promise<OracleResult> {
  const model = await tf.models.modelFromJSON(structuredClone(topology) as never);
  const slices = parameterSlices(topology);
  const result = tf.tidy(() => {
    model.setWeights(
      slices.map(({ shape, offset, size }) => tf.tensor(params.slice(offset, offset + size), shape as number[])),
    );
    const shaped = (array: Float32Array, { shape }: tf.SymbolicTensor) =>
      tf.tensor(array.slice(0, rows * sizeOf(shape.slice(1))), [rows, ...(shape.slice(1) as number[])]);
    const xs = inputs.map((array, i) => shaped(array, model.inputs[i]));
    const dys = outputGrads.map((array, i) => shaped(array, model.outputs[i]));
    const run = (...given: tf.Tensor[]): tf.Tensor[] => {
      const out = model.apply(given.length === 1 ? given[0] : given, { training: false });
      return Array.isArray(out) ? (out as tf.Tensor[]) : [out as tf.Tensor];
    };
    const dot = (...given: tf.Tensor[]) => tf.addN(run(...given).map((y, i) => tf.sum(tf.mul(y, dys[i])))) as tf.Scalar;
    const outputs = run(...xs);
    const inputGrads = tf.grads(dot)(xs);
    const { grads } = tf.variableGrads(() => dot(...xs));
    const paramGrads = model.weights.map((weight) => grads[weight.name] ?? tf.zeros(weight.shape as number[]));
    return [...outputs, ...inputGrads, ...paramGrads].map((tensor) => tensor.clone());
  });
  const arrays = result.map((tensor) => tensor.dataSync() as Float32Array);
  tf.dispose(result);
  const inputGrads = arrays.slice(model.outputs.length, model.outputs.length + model.inputs.length);
  const paramGrads = new Float32Array(params.length);
  arrays.slice(model.outputs.length + model.inputs.length).forEach((grad, i) => {
    paramGrads.set(grad, slices[i].offset);
  });
  const outputs = arrays.slice(0, model.outputs.length);
  model.dispose();
  return { outputs, inputGrads, paramGrads };
}

const sizeOf = (shape: readonly (number | null)[]) => shape.reduce<number>((product, n) => product * (n ?? 1), 1);

/** The largest difference, as a share of the largest number (at least 1e-3). */
export function relativeError(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 1e-3;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]));
    const apart = Math.abs(got[i] - expected[i]);
    if (!(apart <= difference)) difference = apart;
  }
  return difference / largest;
}
