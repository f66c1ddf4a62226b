import type { Topology } from '#core';

/** A dense layer of a model, and the layer or input that it reads. */
export interface DenseLayer {
  readonly name: string;
  readonly units: number;
  readonly activation: 'linear' | 'relu';
  readonly from: string;
}

/** A tfjs functional model of dense layers on one input [size], in the order in which they are computed. */
export function denseModel(
  name: string,
  input: { readonly name: string; readonly size: number },
  layers: readonly DenseLayer[],
  outputs: readonly string[],
): Topology {
  const entry = {
    name: input.name,
    class_name: 'InputLayer',
    config: { batch_input_shape: [null, input.size], dtype: 'float32', sparse: false, name: input.name },
    inbound_nodes: [],
  };
  return {
    class_name: 'Model',
    config: {
      name,
      layers: [entry, ...layers.map(dense)],
      input_layers: [[input.name, 0, 0]],
      output_layers: outputs.map((output) => [output, 0, 0]),
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  } as Topology;
}

function dense({ name, units, activation, from }: DenseLayer) {
  const zeros = { class_name: 'Zeros', config: {} };
  const config = {
    name,
    trainable: true,
    units,
    activation,
    use_bias: true,
    kernel_initializer: zeros,
    bias_initializer: zeros,
    kernel_regularizer: null,
    bias_regularizer: null,
    activity_regularizer: null,
    kernel_constraint: null,
    bias_constraint: null,
  };
  return { name, class_name: 'Dense', config, inbound_nodes: [[[from, 0, 0, {}]]] };
}
