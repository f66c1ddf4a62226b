import type { Topology } from '#core';
import type { Engine } from '#engine';
import type { Side } from './measure.ts';

/** A kind of layer at work: its network, how many rows at a time, and what it costs. */
export interface LayerWork {
  readonly name: string;
  readonly topology: Topology;
  readonly batches: readonly number[];
  /** Multiplications and additions of a row in matrix products, forward and back to the weights; 0 where there are none to speak of. */
  readonly flops: number;
  /** Symbols, where the input is not numbers. */
  readonly symbols?: number;
}

interface Layer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const sequential = (shape: readonly number[], ...layers: readonly Layer[]): Topology => ({
  class_name: 'Sequential',
  config: {
    name: 'work',
    layers: [
      { class_name: 'InputLayer', config: { name: 'input', batch_input_shape: [null, ...shape] } },
      ...layers.map(({ class_name, config }, i) => ({ class_name, config: { name: `layer_${i}`, ...config } })),
    ],
  },
});

const dense = (units: number, activation = 'linear'): Layer => ({
  class_name: 'Dense',
  config: { units, activation, use_bias: true },
});

// Otherwise tfjs works out initial weights for a second, and says so.
const zeros = { class_name: 'Zeros', config: {} };

const recurrent = (class_name: string): Layer => ({
  class_name,
  config: {
    units: 64,
    activation: 'tanh',
    recurrent_activation: 'sigmoid',
    use_bias: true,
    kernel_initializer: zeros,
    recurrent_initializer: zeros,
    return_sequences: true,
  },
});

const steps = 16;
const rows = [1, 256, 4096];
const fewerRows = [1, 32, 256];
/** Forward, and back to the weights: a product each, of two operations an element. */
const twoProducts = (elements: number) => 2 * 2 * elements;

/** One network a kind of layer. */
export const layerWorks: readonly LayerWork[] = [
  { name: 'dense 64 x 64', topology: sequential([64], dense(64)), batches: rows, flops: twoProducts(64 * 64) },
  { name: 'dense 128 x 128', topology: sequential([128], dense(128)), batches: rows, flops: twoProducts(128 * 128) },
  {
    name: 'dense 64 x 64, tanh',
    topology: sequential([64], dense(64, 'tanh')),
    batches: rows,
    flops: twoProducts(64 * 64),
  },
  {
    name: 'layer norm of 64',
    topology: sequential([64], {
      class_name: 'LayerNormalization',
      config: { axis: -1, epsilon: 1e-5, center: true, scale: true },
    }),
    batches: rows,
    flops: 0,
  },
  {
    name: 'embedding of 8 symbols',
    topology: sequential([8], {
      class_name: 'Embedding',
      config: { input_dim: 32, output_dim: 16, input_length: 8, mask_zero: false },
    }),
    batches: rows,
    flops: 0,
    symbols: 32,
  },
  {
    name: 'GRU 64, 16 steps',
    topology: sequential([steps, 64], recurrent('GRU')),
    batches: fewerRows,
    // Back through time takes a third product with the recurrent kernel.
    flops: steps * (twoProducts(3 * 64 * 64) + 3 * 2 * (3 * 64 * 64)),
  },
  {
    name: 'LSTM 64, 16 steps',
    topology: sequential([steps, 64], recurrent('LSTM')),
    batches: fewerRows,
    flops: steps * (twoProducts(4 * 64 * 64) + 3 * 2 * (4 * 64 * 64)),
  },
  {
    name: 'convolution 3 x 3, 16 to 16 channels, 8 x 8 grid',
    topology: sequential([8, 8, 16], {
      class_name: 'Conv2D',
      config: {
        filters: 16,
        kernel_size: [3, 3],
        strides: [1, 1],
        padding: 'same',
        data_format: 'channels_last',
        dilation_rate: [1, 1],
        activation: 'relu',
        use_bias: true,
      },
    }),
    batches: fewerRows,
    flops: twoProducts(8 * 8 * 9 * 16 * 16),
  },
];

/** Forward and backward of one kind of layer on one engine; counts rows. */
export function layerSide(name: string, engine: Engine, { topology, symbols }: LayerWork, batch: number): Side {
  const network = engine.createNetwork(topology);
  for (let i = 0; i < network.params.length; i++) network.params[i] = 0.1 * Math.sin(i);
  network.paramsChanged();
  const inputs = network.inputSizes.map((size) => {
    const input = engine.memory.float32(batch * size);
    for (let i = 0; i < input.length; i++) input[i] = symbols === undefined ? Math.cos(i) : i % symbols;
    return input;
  });
  return {
    name,
    run() {
      network.differentiate(inputs, batch, (_outputs, grads, _start, count) => {
        for (let i = 0; i < grads.length; i++) grads[i].fill(0.01, 0, count * network.outputSizes[i]);
      });
      return batch;
    },
  };
}
