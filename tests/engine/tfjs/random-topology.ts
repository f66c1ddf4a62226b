import * as tf from '@tensorflow/tfjs';
import type { Topology } from '#core';
import { topologyOf } from '../topologies.ts';

type Make = (name: string, pick: (count: number) => number, input: tf.SymbolicTensor) => tf.SymbolicTensor;

const activations = ['tanh', 'relu', 'elu', 'selu', 'sigmoid', 'softplus', 'linear', 'softmax', 'softsign'] as const;
const apply = (layer: tf.layers.Layer, input: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
  layer.apply(input) as tf.SymbolicTensor;

/** Layers on a vector of features, by kind. */
const onVectors: Readonly<Record<string, Make>> = {
  Dense: (name, pick, input) => {
    const activation = activations[pick(activations.length)];
    return apply(tf.layers.dense({ units: 1 + pick(20), activation, useBias: pick(4) > 0, name }), input);
  },
  Activation: (name, pick, input) =>
    apply(tf.layers.activation({ activation: activations[pick(activations.length)], name }), input),
  ReLU: (name, _pick, input) => apply(tf.layers.reLU({ name }), input),
  LeakyReLU: (name, pick, input) => apply(tf.layers.leakyReLU({ alpha: 0.1 * pick(4), name }), input),
  LayerNormalization: (name, _pick, input) => apply(tf.layers.layerNormalization({ name }), input),
  GRU: (name, pick, input) => onSequence(tf.layers.gru({ units: 1 + pick(6), name }), name, pick, input),
  LSTM: (name, pick, input) => onSequence(tf.layers.lstm({ units: 1 + pick(6), name }), name, pick, input),
};

/** Splits the features into a sequence of two or three steps where that goes. */
function onSequence(
  layer: tf.layers.Layer,
  name: string,
  pick: (count: number) => number,
  input: tf.SymbolicTensor,
): tf.SymbolicTensor {
  const width = input.shape[1] as number;
  const steps = [3, 2].find((count) => width % count === 0) ?? 1;
  const targetShape = pick(2) === 0 ? [steps, width / steps] : [1, width];
  return apply(layer, apply(tf.layers.reshape({ targetShape, name: `${name}_steps` }), input));
}

/**
 * A functional model that is drawn: one or two inputs, up to six layers of the kinds that `knows` accepts, each on any tensor there
 * is, sometimes joined or shared, and one or two outputs.
 *
 * @param pick Gives a whole number below its argument.
 */
export function randomTopology(pick: (count: number) => number, knows: (kind: string) => boolean): Topology {
  const kinds = Object.keys(onVectors).filter(knows);
  const inputs = Array.from({ length: 1 + pick(2) }, (_, i) => tf.input({ shape: [1 + pick(9)], name: `input_${i}` }));
  const tensors = [...inputs];
  const layers = 1 + pick(6);
  for (let i = 0; i < layers; i++) {
    const from = tensors[pick(tensors.length)];
    const other = tensors[pick(tensors.length)];
    const kind = kinds[pick(kinds.length)];
    let made = onVectors[kind](`layer_${i}`, pick, from);
    if (pick(3) === 0 && other !== made && knows('Concatenate')) {
      made = apply(tf.layers.concatenate({ name: `joined_${i}` }), [made, other]);
    } else if (pick(3) === 0 && other !== from && other.shape[1] === from.shape[1] && knows('Add')) {
      made = apply(tf.layers.add({ name: `sum_${i}` }), [from, other]);
    }
    tensors.push(made);
  }
  // Every input has to lead to an output.
  const joined = apply(tf.layers.concatenate({ name: 'all' }), [...inputs, tensors[tensors.length - 1]]);
  const out = apply(tf.layers.dense({ units: 1 + pick(5), name: 'out' }), joined);
  const second = tensors[inputs.length + pick(layers)];
  return topologyOf(tf.model({ inputs, outputs: pick(2) === 0 ? out : [out, second] }));
}
