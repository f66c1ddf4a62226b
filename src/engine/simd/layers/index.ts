import type { LayerBuilder } from '../build.ts';
import { buildConcatenate } from './concatenate.ts';
import { buildConvolution } from './convolution.ts';
import { buildDense } from './dense.ts';
import { buildActivation } from './elementwise.ts';
import { buildEmbedding } from './embedding.ts';
import { buildLayerNormalisation } from './layer-normalisation.ts';
import { buildMerge } from './merge.ts';
import { buildRecurrent } from './recurrent/recurrent.ts';
import { buildDropout, buildReshape } from './reshape.ts';

/** Every kind of layer that the kernels run. */
export const layerBuilders: ReadonlyMap<string, LayerBuilder> = new Map([
  ['Dense', buildDense],
  ['Embedding', buildEmbedding],
  ['LayerNormalization', buildLayerNormalisation],
  ['GRU', buildRecurrent],
  ['LSTM', buildRecurrent],
  ['SimpleRNN', buildRecurrent],
  ['Conv1D', buildConvolution],
  ['Conv2D', buildConvolution],
  ['Add', buildMerge],
  ['Average', buildMerge],
  ['Multiply', buildMerge],
  ['Maximum', buildMerge],
  ['Minimum', buildMerge],
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
