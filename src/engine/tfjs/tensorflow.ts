import type * as tfjs from '@tensorflow/tfjs';

/** The module `@tensorflow/tfjs`, or `@tensorflow/tfjs-node`, as whoever loads it hands it in: the engine itself imports nothing. */
export type TensorFlow = Omit<typeof tfjs, 'default'>;

export type { LayersModel, NamedTensorMap, Scalar, Tensor, TensorInfo, Variable } from '@tensorflow/tfjs';
