import * as tf from '@tensorflow/tfjs';
import type { Topology } from '#core';

/** The topology of a tfjs model; the model's own weights are let go. */
export function topologyOf(model: tf.LayersModel): Topology {
  const topology = model.toJSON(null, false) as unknown as Topology;
  model.dispose();
  return topology;
}

const dense = (units: number, name: string, more: object = {}) => tf.layers.dense({ units, name, ...more });

/** Models of every shape that a topology can have, by what is special about them. */
export const topologies: Readonly<Record<string, () => Topology>> = {
  'a Sequential stack of dense layers': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.dense({ units: 5, name: 'a', activation: 'tanh', inputShape: [3] }),
          dense(4, 'b', { activation: 'relu', useBias: false }),
          dense(2, 'c'),
        ],
      }),
    ),
  'a Sequential model with an input layer and activation layers': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.inputLayer({ inputShape: [4], name: 'in' }),
          dense(6, 'a'),
          tf.layers.leakyReLU({ alpha: 0.1, name: 'leak' }),
          tf.layers.dropout({ rate: 0.5, name: 'drop' }),
          dense(3, 'b'),
          tf.layers.softmax({ name: 'soft' }),
        ],
      }),
    ),
  'a trunk with two heads': () => {
    const observation = tf.input({ shape: [4], name: 'observation' });
    const hidden = dense(6, 'hidden', { activation: 'tanh' }).apply(observation);
    const policy = dense(3, 'policy').apply(hidden) as tf.SymbolicTensor;
    const value = dense(1, 'value').apply(hidden) as tf.SymbolicTensor;
    return topologyOf(tf.model({ inputs: observation, outputs: [policy, value] }));
  },
  'branches of different depth whose layers were made in another order than they are used': () => {
    const input = tf.input({ shape: [3], name: 'x' });
    const short = dense(2, 'short').apply(input);
    const last = dense(4, 'last');
    const long = dense(4, 'deep').apply(dense(4, 'middle').apply(dense(5, 'first').apply(input))) as tf.SymbolicTensor;
    const both = tf.layers.concatenate({ name: 'both' }).apply([short, long] as tf.SymbolicTensor[]);
    const out = last.apply(both) as tf.SymbolicTensor;
    return topologyOf(tf.model({ inputs: input, outputs: [short as tf.SymbolicTensor, out] }));
  },
  'several inputs that meet in a concatenation': () => {
    const own = tf.input({ shape: [3], name: 'own' });
    const other = tf.input({ shape: [2], name: 'other' });
    const joined = tf.layers
      .concatenate({ name: 'joined' })
      .apply([dense(4, 'a').apply(own), other] as tf.SymbolicTensor[]);
    return topologyOf(tf.model({ inputs: [other, own], outputs: dense(2, 'out').apply(joined) as tf.SymbolicTensor }));
  },
  'one layer shared by two inputs': () => {
    const left = tf.input({ shape: [3], name: 'left' });
    const right = tf.input({ shape: [3], name: 'right' });
    const shared = dense(4, 'shared', { activation: 'tanh' });
    const sum = tf.layers.add({ name: 'sum' }).apply([shared.apply(left), shared.apply(right)] as tf.SymbolicTensor[]);
    return topologyOf(tf.model({ inputs: [left, right], outputs: dense(2, 'out').apply(sum) as tf.SymbolicTensor }));
  },
  'one layer called at two depths': () => {
    const input = tf.input({ shape: [4], name: 'x' });
    const shared = dense(4, 'shared', { activation: 'tanh' });
    const twice = shared.apply(dense(4, 'between').apply(shared.apply(input))) as tf.SymbolicTensor;
    return topologyOf(tf.model({ inputs: input, outputs: dense(2, 'out').apply(twice) as tf.SymbolicTensor }));
  },
  'a GRU over sequences with a layer norm': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.gru({ units: 4, name: 'gru', returnSequences: true, inputShape: [5, 3] }),
          tf.layers.layerNormalization({ name: 'norm' }),
          tf.layers.dense({ units: 2, name: 'out' }),
        ],
      }),
    ),
  'an LSTM and a simple recurrent layer': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.lstm({ units: 3, name: 'lstm', returnSequences: true, inputShape: [4, 2] }),
          tf.layers.simpleRNN({ units: 3, name: 'rnn' }),
          dense(2, 'out'),
        ],
      }),
    ),
  'a GRU that is given its state and returns the next one': () => {
    const sequence = tf.input({ shape: [3, 2], name: 'sequence' });
    const state = tf.input({ shape: [4], name: 'state' });
    const [last, next] = tf.layers
      .gru({ units: 4, name: 'gru', returnState: true })
      .apply([sequence, state]) as tf.SymbolicTensor[];
    const out = dense(2, 'out').apply(last) as tf.SymbolicTensor;
    return topologyOf(tf.model({ inputs: [sequence, state], outputs: [out, next] }));
  },
  'an embedding of symbols': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.embedding({ inputDim: 6, outputDim: 3, inputLength: 4, name: 'symbols' }),
          tf.layers.flatten({ name: 'flat' }),
          dense(2, 'out'),
        ],
      }),
    ),
  'convolutions over a grid': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', name: 'conv', inputShape: [6, 5, 2] }),
          tf.layers.conv2d({ filters: 2, kernelSize: [2, 1], strides: 2, padding: 'same', name: 'strided' }),
          tf.layers.maxPooling2d({ poolSize: [2, 1], name: 'pool' }),
          tf.layers.flatten({ name: 'flat' }),
          dense(2, 'out'),
        ],
      }),
    ),
  'a convolution in time with pooling': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.conv1d({ filters: 3, kernelSize: 3, dilationRate: 2, name: 'conv', inputShape: [9, 2] }),
          tf.layers.averagePooling1d({ poolSize: 2, strides: 2, padding: 'same', name: 'pool' }),
          tf.layers.globalMaxPooling1d({ name: 'global' }),
          dense(2, 'out'),
        ],
      }),
    ),
  'frozen layers and batch normalisation, whose weights come last': () => {
    const input = tf.input({ shape: [3], name: 'x' });
    const frozen = dense(4, 'frozen', { trainable: false }).apply(input);
    const normal = tf.layers.batchNormalization({ name: 'batch' }).apply(frozen);
    return topologyOf(tf.model({ inputs: input, outputs: dense(2, 'out').apply(normal) as tf.SymbolicTensor }));
  },
  'reshaping, permuting and repeating': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.dense({ units: 12, name: 'a', inputShape: [2] }),
          tf.layers.reshape({ targetShape: [3, 4], name: 'reshaped' }),
          tf.layers.permute({ dims: [2, 1], name: 'permuted' }),
          dense(5, 'b'),
          tf.layers.flatten({ name: 'flat' }),
          tf.layers.repeatVector({ n: 2, name: 'repeated' }),
          dense(1, 'c'),
        ],
      }),
    ),
};
