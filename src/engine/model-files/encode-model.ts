import { PolityError, type Topology } from '#core';
import type { ParameterSlice } from '../network.ts';
import { parameterSlices } from '../parameter-slices.ts';

/** Name of the file that `model.json` says its weights are in. */
export const weightsFile = 'weights.bin';

/** A model as files: the JSON value of `model.json`, and the bytes of `weights.bin`. */
export interface ModelFiles {
  readonly modelJson: {
    readonly modelTopology: Topology;
    readonly format: 'layers-model';
    readonly generatedBy: string;
    readonly convertedBy: null;
    readonly weightsManifest: readonly {
      readonly paths: readonly string[];
      readonly weights: readonly {
        readonly name: string;
        readonly shape: readonly number[];
        readonly dtype: 'float32';
      }[];
    }[];
  };
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * Writes a network as `tf.loadLayersModel` reads it. Numbers are little-endian, on every machine.
 *
 * Shapes: params [sum of slice sizes].
 * Throws: PolityError (contract) when the topology has another number of weights.
 * Source: the layers-model format of TensorFlow.js 4 (`model.json` with a weights manifest).
 *
 * @example
 * const layers = [{ class_name: 'Dense', config: { name: 'pi', units: 2, batch_input_shape: [null, 1] } }];
 * const topology = { class_name: 'Sequential', config: { layers } };
 * encodeModel(topology, Float32Array.of(1, 2, 3, 4)).weights.length // 16
 */
export function encodeModel(
  topology: Topology,
  params: Float32Array,
  slices: readonly ParameterSlice[] = parameterSlices(topology),
): ModelFiles {
  const size = slices.reduce((sum, slice) => sum + slice.size, 0);
  if (size !== params.length) {
    throw new PolityError({
      code: 'contract',
      where: 'model',
      message: 'weights of another network',
      got: `${params.length} numbers`,
      expected: `${size} numbers`,
    });
  }
  const weights = new Uint8Array(4 * size);
  const view = new DataView(weights.buffer);
  for (let i = 0; i < size; i++) view.setFloat32(4 * i, params[i], true);
  return {
    modelJson: {
      modelTopology: topology,
      format: 'layers-model',
      generatedBy: 'Polity',
      convertedBy: null,
      weightsManifest: [
        {
          paths: [weightsFile],
          weights: slices.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
        },
      ],
    },
    weights,
  };
}
