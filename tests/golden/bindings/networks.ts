import type { Topology } from '#core';
import { createSimdEngine } from '#engine';
import { type Binding, binding, flat, type Inputs, type Matrix, rows, type Vector } from '../binding.ts';
import { expectClose } from '../compare.ts';
import type { Fields } from '../entries.ts';
import { single } from './rl-math.ts';

type Layer = { readonly class_name: string; readonly config: Readonly<Record<string, unknown>> };

/** A topology of tfjs: layers one after the other on a vector. */
function sequential(inputs: number, layers: readonly Layer[]): Topology {
  const input: Layer = { class_name: 'InputLayer', config: { name: 'x', batch_input_shape: [null, inputs] } };
  return { class_name: 'Sequential', config: { name: 'golden', layers: [input, ...layers] } };
}

function denseTopology(
  inputs: number,
  layers: readonly { readonly name: string; readonly units: number; readonly activation: string }[],
): Topology {
  return sequential(
    inputs,
    layers.map((config) => ({ class_name: 'Dense', config: { ...config, use_bias: true } })),
  );
}

const engine = createSimdEngine({ kernels: 'portable' });

function inMemory(values: readonly number[]): Float32Array {
  const block = engine.memory.float32(values.length);
  block.set(values);
  return block;
}

/** Outputs of a network whose weights are given in the engine's order, and the gradients of sum(cotangent * outputs). */
function differentiate(
  topology: Topology,
  weights: readonly Vector[],
  inputs: readonly Vector[],
  count: number,
  cotangent: Vector,
) {
  const network = engine.createNetwork(topology);
  network.slices.forEach(({ offset }, i) => {
    network.params.set(weights[i], offset);
  });
  network.paramsChanged();
  const sizes = network.inputSizes;
  const output = Array.from(network.forward(inputs.map(inMemory), count)[0].subarray(0, cotangent.length));
  network.grads.fill(0);
  const gradInputs = network.backward([inMemory(cotangent)], true) ?? [];
  const result = {
    output,
    inputs: gradInputs.map((grad, i) => Array.from(grad.subarray(0, count * sizes[i]))),
    weights: network.slices.map(({ offset, size }) => Array.from(network.grads.subarray(offset, offset + size))),
  };
  network.dispose();
  return result;
}

function twoDenseLayers(inputs: Inputs, activation: string) {
  const [w1, w2, x] = [inputs.matrix('w1'), inputs.matrix('w2'), inputs.matrix('x')];
  const [hidden, size] = [w1[0].length, w2[0].length];
  const topology = denseTopology(w1.length, [
    { name: 'first', units: hidden, activation },
    { name: 'second', units: size, activation: 'linear' },
  ]);
  const weights = [flat(w1), inputs.vector('b1'), flat(w2), inputs.vector('b2')];
  const result = differentiate(topology, weights, [flat(x)], x.length, flat(inputs.matrix('cotangent')));
  const [g1, gb1, g2, gb2] = result.weights;
  return {
    y: rows(result.output, size),
    x: rows(result.inputs[0], w1.length),
    w1: rows(g1, hidden),
    b1: gb1,
    w2: rows(g2, size),
    b2: gb2,
  };
}

function layerNorm(inputs: Inputs) {
  const x = inputs.matrix('x');
  const size = x[0].length;
  const config = { name: 'norm', axis: -1, epsilon: inputs.number('eps'), center: true, scale: true };
  const topology = sequential(size, [{ class_name: 'LayerNormalization', config }]);
  const weights = [inputs.vector('scale'), inputs.vector('offset')];
  const result = differentiate(topology, weights, [flat(x)], x.length, flat(inputs.matrix('cotangent')));
  const [scale, offset] = result.weights;
  return { y: rows(result.output, size), x: rows(result.inputs[0], size), scale, offset };
}

function gruTopology(steps: number, features: number, units: number): Topology {
  const input = (name: string, shape: readonly number[]) => ({
    name,
    class_name: 'InputLayer',
    config: { name, batch_input_shape: [null, ...shape] },
    inbound_nodes: [],
  });
  const config = { name: 'gru', units, activation: 'tanh', recurrent_activation: 'sigmoid', return_sequences: true };
  const sources = [
    ['x', 0, 0, {}],
    ['h0', 0, 0, {}],
  ];
  return {
    class_name: 'Model',
    config: {
      name: 'golden',
      layers: [
        input('x', [steps, features]),
        input('h0', [units]),
        { name: 'gru', class_name: 'GRU', config, inbound_nodes: [sources] },
      ],
      input_layers: [
        ['x', 0, 0],
        ['h0', 0, 0],
      ],
      output_layers: [['gru', 0, 0]],
    },
  };
}

/** A recurrent layer from a given state, batch first, as tfjs and Keras (resetting before the product) have it. */
function gru(inputs: Inputs) {
  const x = inputs.get<never>('x') as readonly Matrix[];
  const [h0, kernel, recurrent] = [inputs.matrix('h0'), inputs.matrix('kernel'), inputs.matrix('recurrentKernel')];
  const [steps, features, units] = [x[0].length, x[0][0].length, h0[0].length];
  const topology = gruTopology(steps, features, units);
  const cotangent = (inputs.get<never>('cotangent') as readonly Matrix[]).flatMap(flat);
  const weights = [flat(kernel), flat(recurrent), inputs.vector('bias')];
  const result = differentiate(topology, weights, [x.flatMap(flat), flat(h0)], x.length, cotangent);
  const [gradKernel, gradRecurrent, bias] = result.weights;
  const perSequence = (values: readonly number[], width: number) =>
    rows(values, steps * width).map((row) => rows(row, width));
  return {
    y: perSequence(result.output, units),
    grad: {
      x: perSequence(result.inputs[0], features),
      h0: rows(result.inputs[1], units),
      kernel: rows(gradKernel, 3 * units),
      recurrentKernel: rows(gradRecurrent, 3 * units),
      bias,
    },
  };
}

/** Activations of the engine by their names in the golden file. */
const activations: Readonly<Record<string, { class_name: string; config: Record<string, string | number> }>> = {
  tanh: { class_name: 'Activation', config: { activation: 'tanh' } },
  sigmoid: { class_name: 'Activation', config: { activation: 'sigmoid' } },
  relu: { class_name: 'Activation', config: { activation: 'relu' } },
  elu: { class_name: 'Activation', config: { activation: 'elu' } },
  softplus: { class_name: 'Activation', config: { activation: 'softplus' } },
  silu: { class_name: 'Activation', config: { activation: 'swish' } },
  geluErf: { class_name: 'Activation', config: { activation: 'gelu' } },
  geluTanh: { class_name: 'Activation', config: { activation: 'gelu_new' } },
  leakyRelu001: { class_name: 'LeakyReLU', config: { alpha: 0.01 } },
};

function activation(name: string, x: Vector) {
  const { class_name, config } = activations[name];
  const topology = sequential(x.length, [{ class_name, config: { name, ...config } }]);
  const { output, inputs } = differentiate(
    topology,
    [],
    [x],
    1,
    x.map(() => 1),
  );
  return { y: output, dy: inputs[0] };
}

export const networkBindings: readonly Binding[] = [
  {
    file: 'rl-math',
    call: /^activations and derivatives/,
    check({ inputs, outputs }) {
      for (const [name, numbers] of Object.entries(outputs as Fields)) {
        if (!(name in activations)) throw new Error(`unknown activation "${name}"`);
        expectClose(activation(name, inputs.x as Vector), numbers, single, name);
      }
    },
  },
  binding('rl-math', /^layer_norm over the last axis/, layerNorm, single),
  binding('rl-math', /^layers\.GRU\(reset_after=False\)/, gru, single),
  binding(
    'rl-math',
    /^two dense layers, (\w+) between/,
    (inputs, { call }) => twoDenseLayers(inputs, /^two dense layers, (\w+) between/.exec(call)?.[1] ?? ''),
    single,
  ),
];
