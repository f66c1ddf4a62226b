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
  'separable, depthwise and transposed convolutions with padding, cropping and upsampling': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.zeroPadding2d({
            padding: [
              [1, 0],
              [2, 1],
            ],
            name: 'padded',
            inputShape: [4, 3, 2],
          }),
          tf.layers.separableConv2d({ filters: 3, kernelSize: 2, name: 'separable' }),
          tf.layers.upSampling2d({ size: [2, 1], name: 'larger' }),
          tf.layers.depthwiseConv2d({ kernelSize: [3, 2], depthMultiplier: 2, padding: 'same', name: 'depthwise' }),
          tf.layers.cropping2D({
            cropping: [
              [1, 1],
              [0, 2],
            ],
            name: 'cropped',
          }),
          tf.layers.conv2dTranspose({ filters: 2, kernelSize: [3, 2], strides: 2, name: 'transposed' }),
          tf.layers.globalAveragePooling2d({ name: 'mean' }),
          dense(2, 'out'),
        ],
      }),
    ),
  'slopes that are learned, on shared axes': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.prelu({ sharedAxes: [1], name: 'shared', inputShape: [3, 4] }),
          tf.layers.flatten({ name: 'flat' }),
          tf.layers.prelu({ name: 'each' }),
          dense(2, 'out'),
        ],
      }),
    ),
  'a product of two inputs along an axis': () => {
    const left = tf.input({ shape: [3, 4], name: 'left' });
    const right = tf.input({ shape: [4, 2], name: 'right' });
    const product = tf.layers.dot({ axes: [2, 1], name: 'product' }).apply([left, right]) as tf.SymbolicTensor;
    const flat = tf.layers.flatten({ name: 'flat' }).apply(product);
    return topologyOf(tf.model({ inputs: [left, right], outputs: dense(2, 'out').apply(flat) as tf.SymbolicTensor }));
  },
  'a layer at every step and a recurrent layer in both directions': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.timeDistributed({
            layer: dense(3, 'each', { activation: 'tanh' }),
            name: 'steps',
            inputShape: [4, 2],
          }),
          tf.layers.bidirectional({
            layer: tf.layers.gru({ units: 2, returnSequences: true, recurrentInitializer: 'zeros', name: 'gru' }),
            mergeMode: 'concat',
            name: 'both',
          }),
          tf.layers.bidirectional({
            layer: tf.layers.lstm({ units: 3, recurrentInitializer: 'zeros', name: 'lstm' }),
            mergeMode: 'sum',
            name: 'again',
          }),
          dense(2, 'out'),
        ],
      }),
    ),
  'a model within a model': () => {
    const inner = tf.sequential({
      name: 'inner',
      layers: [tf.layers.dense({ units: 4, name: 'in', inputShape: [3] })],
    });
    const deeper = tf.input({ shape: [4], name: 'x' });
    const second = tf.model({
      inputs: deeper,
      outputs: dense(3, 'within', { activation: 'tanh' }).apply(deeper) as tf.SymbolicTensor,
      name: 'second',
    });
    return topologyOf(tf.sequential({ layers: [inner, second as unknown as tf.layers.Layer, dense(2, 'out')] }));
  },
  'every way of putting two tensors of one shape together': () => {
    const input = tf.input({ shape: [3], name: 'x' });
    const [left, right] = ['left', 'right'].map((name) => dense(4, name).apply(input) as tf.SymbolicTensor);
    const ways = [
      tf.layers.add({ name: 'sum' }),
      tf.layers.multiply({ name: 'product' }),
      tf.layers.average({ name: 'mean' }),
      tf.layers.maximum({ name: 'larger' }),
      tf.layers.minimum({ name: 'smaller' }),
    ].map((layer) => layer.apply([left, right]) as tf.SymbolicTensor);
    const all = tf.layers.concatenate({ name: 'all' }).apply(ways);
    return topologyOf(tf.model({ inputs: input, outputs: dense(2, 'out').apply(all) as tf.SymbolicTensor }));
  },
  'every kind of pooling over a grid and in time': () => {
    const grid = tf.input({ shape: [4, 5, 2], name: 'grid' });
    const time = tf.input({ shape: [6, 3], name: 'time' });
    const over = (layer: tf.layers.Layer, input: tf.SymbolicTensor) => layer.apply(input) as tf.SymbolicTensor;
    const flat = (input: tf.SymbolicTensor, name: string) => over(tf.layers.flatten({ name }), input);
    const pools = [
      flat(over(tf.layers.maxPooling2d({ poolSize: [3, 2], strides: [1, 2], padding: 'same', name: 'a' }), grid), 'af'),
      flat(over(tf.layers.averagePooling2d({ poolSize: [2, 3], strides: 1, name: 'b' }), grid), 'bf'),
      over(tf.layers.globalMaxPooling2d({ name: 'c' }), grid),
      over(tf.layers.globalAveragePooling2d({ name: 'd' }), grid),
      flat(over(tf.layers.maxPooling1d({ poolSize: 2, name: 'e' }), time), 'ef'),
      flat(over(tf.layers.averagePooling1d({ poolSize: 3, strides: 2, name: 'f' }), time), 'ff'),
      over(tf.layers.globalMaxPooling1d({ name: 'g' }), time),
      over(tf.layers.globalAveragePooling1d({ name: 'h' }), time),
    ];
    const all = tf.layers.concatenate({ name: 'all' }).apply(pools);
    return topologyOf(tf.model({ inputs: [grid, time], outputs: dense(2, 'out').apply(all) as tf.SymbolicTensor }));
  },
  'every activation that is a layer of its own, and noise that is still': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.dense({ units: 6, name: 'a', inputShape: [3] }),
          tf.layers.reLU({ name: 'relu' }),
          dense(6, 'b'),
          tf.layers.elu({ name: 'elu' }),
          dense(6, 'c'),
          tf.layers.thresholdedReLU({ theta: 0.1, name: 'threshold' }),
          dense(6, 'd'),
          tf.layers.activation({ activation: 'softsign', name: 'softsign' }),
          tf.layers.gaussianNoise({ stddev: 0, name: 'noise' }),
          tf.layers.gaussianDropout({ rate: 0, name: 'gaussian' }),
          tf.layers.alphaDropout({ rate: 0, name: 'alpha' }),
          tf.layers.reshape({ targetShape: [2, 3], name: 'rows' }),
          tf.layers.spatialDropout1d({ rate: 0, name: 'spatial' }),
          tf.layers.flatten({ name: 'flat' }),
          dense(2, 'out'),
        ],
      }),
    ),
  'a recurrent layer over sequences of which steps are masked': () =>
    topologyOf(
      tf.sequential({
        layers: [
          tf.layers.masking({ maskValue: 0, name: 'masking', inputShape: [4, 2] }),
          tf.layers.lstm({ units: 3, recurrentInitializer: 'zeros', name: 'lstm' }),
          dense(2, 'out'),
        ],
      }),
    ),
};
