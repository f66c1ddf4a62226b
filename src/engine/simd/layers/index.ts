import type { LayerBuilder } from '../build.ts';
import { buildConcatenate } from './concatenate.ts';
import { buildDense } from './dense.ts';
import { buildActivation } from './elementwise.ts';
import { buildDropout, buildReshape } from './reshape.ts';

/** Every kind of layer that the kernels run. */
export const layerBuilders: ReadonlyMap<string, LayerBuilder> = new Map([
  ['Dense', buildDense],
  ['Activation', buildActivation],
  ['ReLU', buildActivation],
  ['LeakyReLU', buildActivation],
  ['ELU', buildActivation],
  ['Softmax', buildActivation],
  ['Concatenate', buildConcatenate],
  ['Flatten', buildReshape],
  ['Reshape', buildReshape],
  ['Dropout', buildDropout],
  ['SpatialDropout1D', buildDropout],
  ['AlphaDropout', buildDropout],
  ['GaussianDropout', buildDropout],
  ['GaussianNoise', buildDropout],
]);
