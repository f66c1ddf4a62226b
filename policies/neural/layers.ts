import type { Topology } from '#core';

/** A layer of a functional model as tfjs writes it into `model.json`. */
export interface Layer {
  readonly name: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Calls of this layer; each lists its inputs as [layer, call, output, options]. */
  readonly inbound_nodes: readonly (readonly (readonly [string, number, number, Readonly<Record<string, never>>])[])[];
}

/** Activations that every engine knows, by the names of tfjs. */
export const activations = ['tanh', 'relu', 'elu', 'selu', 'sigmoid', 'softplus', 'linear'] as const;
export type ActivationName = (typeof activations)[number];

/**
 * The gain that keeps the spread of activations over a layer, as used for policy networks: the square root of 2 for tanh, relu and elu, 1 otherwise.
 *
 * Source: Huang et al. (2022), "The 37 implementation details of proximal policy optimization", detail 2.
 */
export function hiddenGain(activation: ActivationName): number {
  return activation === 'tanh' || activation === 'relu' || activation === 'elu' ? Math.SQRT2 : 1;
}

// Weights are filled by the engine from its own stream, so no initialiser of tfjs has to do any work.
const zeros = { class_name: 'Zeros', config: {} };
const ones = { class_name: 'Ones', config: {} };

const unregularised = {
  kernel_regularizer: null,
  bias_regularizer: null,
  activity_regularizer: null,
  kernel_constraint: null,
  bias_constraint: null,
};

/** The entry of a model. Shapes: one row `shape`, the row count in front left open. */
export function inputLayer(name: string, shape: readonly number[]): Layer {
  const config = { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false, name };
  return { name, class_name: 'InputLayer', config, inbound_nodes: [] };
}

export function dense(name: string, units: number, activation: ActivationName, from: Layer): Layer {
  const config = {
    units,
    activation,
    use_bias: true,
    kernel_initializer: zeros,
    bias_initializer: zeros,
    ...unregularised,
  };
  return layer('Dense', name, config, from);
}

/** Normalises over the last axis; `rank` counts the axes of a row (1 for a vector, 2 for a sequence). */
export function layerNormalisation(name: string, from: Layer, rank = 1): Layer {
  const config = {
    axis: [rank],
    epsilon: 1e-5,
    center: true,
    scale: true,
    beta_initializer: zeros,
    gamma_initializer: ones,
    beta_regularizer: null,
    gamma_regularizer: null,
  };
  return layer('LayerNormalization', name, config, from);
}

export function activate(name: string, activation: ActivationName, from: Layer): Layer {
  return layer('Activation', name, { activation }, from);
}

/** Runs over a sequence [T, F] from a state [units]; gives its state after every step, [T, units], and the last one, [units]. */
export function gatedRecurrent(name: string, units: number, from: Layer, state: Layer): Layer {
  const config = recurrent('gru', units, { return_sequences: true, return_state: true });
  return { ...layer('GRU', name, config, from), inbound_nodes: [[reference(from), reference(state)]] };
}

/** Reads a sequence [T, F] from a state of zeros and gives what it keeps at the end, [units]. */
export function encoder(cell: 'lstm' | 'gru', units: number, from: Layer): Layer {
  const config = recurrent(cell, units, { return_sequences: false, return_state: false });
  return layer(cell === 'lstm' ? 'LSTM' : 'GRU', cell, config, from);
}

function recurrent(cell: 'lstm' | 'gru', units: number, returns: Layer['config']): Layer['config'] {
  return {
    units,
    activation: 'tanh',
    recurrent_activation: 'sigmoid',
    use_bias: true,
    kernel_initializer: zeros,
    recurrent_initializer: zeros,
    bias_initializer: cell === 'lstm' ? ones : zeros,
    ...(cell === 'lstm' ? { unit_forget_bias: true } : {}),
    kernel_regularizer: null,
    recurrent_regularizer: null,
    bias_regularizer: null,
    activity_regularizer: null,
    kernel_constraint: null,
    recurrent_constraint: null,
    bias_constraint: null,
    dropout: 0,
    recurrent_dropout: 0,
    implementation: null,
    ...(cell === 'gru' ? { reset_after: false } : {}),
    ...returns,
    go_backwards: false,
    stateful: false,
    unroll: false,
  };
}

/** Reads words, whole numbers 0..words-1 in a row [length], as vectors [length, size]. */
export function embedding(name: string, words: number, size: number, length: number, from: Layer): Layer {
  const config = {
    input_dim: words,
    output_dim: size,
    embeddings_initializer: zeros,
    embeddings_regularizer: null,
    activity_regularizer: null,
    embeddings_constraint: null,
    mask_zero: false,
    input_length: length,
    batch_input_shape: [null, length],
    dtype: 'float32',
  };
  return layer('Embedding', name, config, from);
}

export function reshape(name: string, shape: readonly number[], from: Layer): Layer {
  return layer('Reshape', name, { target_shape: shape }, from);
}

export function flatten(name: string, from: Layer): Layer {
  return layer('Flatten', name, {}, from);
}

/** A convolution over a grid [height, width, channels]. */
export function convolution(
  name: string,
  options: {
    readonly filters: number;
    readonly kernel: number;
    readonly stride: number;
    readonly padding: 'same' | 'valid';
    readonly activation: ActivationName;
  },
  from: Layer,
): Layer {
  const config = {
    filters: options.filters,
    kernel_initializer: zeros,
    kernel_regularizer: null,
    kernel_constraint: null,
    kernel_size: [options.kernel, options.kernel],
    strides: [options.stride, options.stride],
    padding: options.padding,
    data_format: 'channels_last',
    dilation_rate: [1, 1],
    activation: options.activation,
    use_bias: true,
    bias_initializer: zeros,
    bias_regularizer: null,
    activity_regularizer: null,
    bias_constraint: null,
  };
  return layer('Conv2D', name, config, from);
}

/**
 * A functional model, as `tf.models.modelFromJSON` reads it and `LayersModel.toJSON` writes it.
 *
 * @param numbered Which output of a layer is meant, for layers with several; the first by default.
 */
export function model(
  name: string,
  layers: readonly Layer[],
  outputs: readonly Layer[],
  numbered: Readonly<Record<string, number>> = {},
): Topology {
  const refs = (list: readonly Layer[]) => list.map((one) => [one.name, 0, numbered[one.name] ?? 0]);
  const inputs = layers.filter((one) => one.class_name === 'InputLayer');
  return {
    class_name: 'Model',
    config: { name, layers, input_layers: refs(inputs), output_layers: refs(outputs) },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  };
}

function layer(kind: string, name: string, config: Layer['config'], from: Layer): Layer {
  return {
    name,
    class_name: kind,
    config: { ...config, name, trainable: true },
    inbound_nodes: [[reference(from)]],
  };
}

function reference(from: Layer): Layer['inbound_nodes'][number][number] {
  return [from.name, 0, 0, {}];
}
