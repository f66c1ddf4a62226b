import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { PolityError, type Topology } from '#core';
import type { Network } from '#engine';
import { topologyOf } from '../topologies.ts';
import { simdEngine, variants } from './engines.ts';
import { random } from './random.ts';
import { relativeError, tfjsOracle } from './tfjs-oracle.ts';

beforeAll(() => tf.setBackend('cpu'));

const inputSize = 20;

/** A trunk with a policy and a value head: widths that are multiples of 8 and widths that are not. */
function actorCritic(): Topology {
  const x = tf.input({ shape: [inputSize], name: 'x' });
  const tanh = (units: number, name: string) => tf.layers.dense({ units, activation: 'tanh', name });
  const h = tanh(64, 'b').apply(tanh(62, 'a').apply(x));
  const policy = tf.layers.dense({ units: 5, name: 'policy' }).apply(h) as tf.SymbolicTensor;
  const value = tf.layers.dense({ units: 1, name: 'value' }).apply(h) as tf.SymbolicTensor;
  return topologyOf(tf.model({ inputs: x, outputs: [policy, value] }));
}

function fillParams(network: Network, next: () => number): void {
  for (let i = 0; i < network.params.length; i++) network.params[i] = 0.3 * next();
  network.paramsChanged();
}

const arrayOf = (length: number, next: () => number) => Float32Array.from({ length }, next);

describe.each(variants)('a network on %s kernels', (variant) => {
  const engine = simdEngine(variant);
  const topology = actorCritic();
  const network = engine.createNetwork(topology);
  const next = random(1);
  fillParams(network, next);

  it.each([1, 3, 64, 131])('gives the outputs and gradients of tfjs for %i rows', async (rows) => {
    const inputs = [arrayOf(rows * inputSize, next)];
    const outputGrads = [arrayOf(rows * 5, next), arrayOf(rows, next)];
    const oracle = await tfjsOracle(topology, network.params, inputs, outputGrads, rows);
    const outputs = network.forward(inputs, rows);
    expect(relativeError(outputs[0], oracle.outputs[0])).toBeLessThan(5e-6);
    expect(relativeError(outputs[1], oracle.outputs[1])).toBeLessThan(5e-6);
    network.grads.fill(0);
    const inputGrads = network.backward(outputGrads, true);
    expect(relativeError(inputGrads![0], oracle.inputGrads[0])).toBeLessThan(5e-6);
    expect(relativeError(network.grads, oracle.paramGrads)).toBeLessThan(5e-6);
  });

  it('adds in one pass, block by block, what forward and backward add in two', () => {
    const rows = 150;
    const inputs = [arrayOf(rows * inputSize, next)];
    const outputGrads = [arrayOf(rows * 5, next), arrayOf(rows, next)];
    const outputs = network.forward(inputs, rows).map((output) => output.slice());
    network.grads.fill(0.25);
    network.backward(outputGrads);
    const twoPasses = network.grads.slice();
    network.grads.fill(0.25);
    let expectedStart = 0;
    network.differentiate(inputs, rows, (blockOutputs, grads, start, count) => {
      expect(start).toBe(expectedStart);
      expectedStart += count;
      [5, 1].forEach((size, j) => {
        expect(blockOutputs[j].slice(0, count * size)).toEqual(outputs[j].slice(start * size, (start + count) * size));
        expect(grads[j].subarray(0, count * size).every((grad) => grad === 0)).toBe(true);
        grads[j].set(outputGrads[j].subarray(start * size, (start + count) * size));
      });
    });
    expect(expectedStart).toBe(rows);
    expect(network.grads).toEqual(twoPasses);
  });

  it('gives a row the same bits alone, among others, and from memory of the engine', () => {
    const rows = 130;
    const inputs = arrayOf(rows * inputSize, next);
    const together = network.forward([inputs], rows).map((output) => output.slice());
    const shared = engine.memory.float32(rows * inputSize);
    shared.set(inputs);
    for (const count of [1, 2, 3, 5, 7, 64, 65]) {
      for (const start of [0, 29, 65]) {
        const part = (from: Float32Array) => from.subarray(start * inputSize, (start + count) * inputSize);
        for (const source of [inputs, shared]) {
          const alone = network.forward([part(source)], count);
          [5, 1].forEach((size, j) => {
            const expected = together[j].slice(start * size, (start + count) * size);
            expect(alone[j].slice(0, count * size)).toEqual(expected);
          });
        }
      }
    }
  });

  it('uses new weights once it was told of them', () => {
    const inputs = [arrayOf(inputSize, next)];
    const before = network.forward(inputs, 1)[0].slice(0, 5);
    const bias = network.slices.find((slice) => slice.name === 'policy/bias')!;
    for (let i = 0; i < 5; i++) network.params[bias.offset + i] += i;
    network.paramsChanged();
    const after = network.forward(inputs, 1)[0];
    for (let i = 0; i < 5; i++) expect(after[i] - before[i]).toBeCloseTo(i, 5);
  });

  it('puts gradients into the block it is given', () => {
    const storage = {
      params: engine.memory.float32(network.params.length),
      grads: engine.memory.float32(network.params.length),
    };
    storage.params.set(network.params);
    const other = engine.createNetwork(topology, storage);
    const inputs = [arrayOf(inputSize, next)];
    const outputGrads = [arrayOf(5, next), arrayOf(1, next)];
    network.grads.fill(0);
    network.forward(inputs, 1);
    network.backward(outputGrads);
    const elsewhere = engine.memory.float32(network.params.length);
    other.grads = elsewhere;
    other.forward(inputs, 1);
    other.backward(outputGrads);
    expect(elsewhere).toEqual(network.grads);
    expect(storage.grads.every((grad) => grad === 0)).toBe(true);
  });
});

describe('a network refuses', () => {
  const refusal = (act: () => unknown): PolityError => {
    try {
      act();
    } catch (error) {
      if (error instanceof PolityError) return error;
      throw error;
    }
    throw new Error('was accepted');
  };
  const engine = simdEngine('portable');
  const sequential = (layers: tf.layers.Layer[]) => topologyOf(tf.sequential({ layers }));

  it('a layer that the kernels do not run, by name and with the remedy', () => {
    const topology = sequential([tf.layers.maxPooling2d({ name: 'pool', inputShape: [4, 4, 1], poolSize: 2 })]);
    const { detail } = refusal(() => engine.createNetwork(topology));
    expect(detail).toMatchObject({ code: 'engine', where: 'network › layer "pool"', got: 'MaxPooling2D' });
    expect(detail.remedy).toContain('engine: { kind: tfjs }');
  });

  it('an activation that the kernels do not run', () => {
    const dense = {
      class_name: 'Dense',
      config: { name: 'd', units: 2, activation: 'exponential', batch_input_shape: [null, 3] },
    };
    const { detail } = refusal(() => engine.createNetwork({ class_name: 'Sequential', config: { layers: [dense] } }));
    expect(detail).toMatchObject({ code: 'engine', where: 'network › layer "d" (Dense)', got: 'exponential' });
  });

  it('noise in training', () => {
    const topology = sequential([tf.layers.dropout({ name: 'drop', rate: 0.5, inputShape: [3] })]);
    expect(refusal(() => engine.createNetwork(topology)).detail).toMatchObject({ code: 'engine', got: '0.5' });
  });

  it('numbers that name no row of an embedding', () => {
    const layers = [tf.layers.embedding({ inputDim: 6, outputDim: 3, inputLength: 2, name: 'symbols' })];
    const network = engine.createNetwork(sequential(layers));
    for (const wrong of [6, -1, NaN]) {
      const { detail } = refusal(() => network.forward([Float32Array.of(0, 5, 5, wrong)], 2));
      expect(detail).toMatchObject({ code: 'engine', got: `${wrong}`, expected: '0..5' });
      expect(detail.where).toBe('network › layer "symbols" (Embedding)');
    }
    // What is behind the point is cut off, as in tfjs.
    expect([...network.forward([Float32Array.of(5.9, -0.9)], 1)[0]].slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('what a layer has no kernel for, each by the name of its layer', () => {
    const config = { name: 'odd', batch_input_shape: [null, 4, 4, 2] };
    const settings = {
      LayerNormalization: { axis: [1, 2] },
      Conv2D: { filters: 1, kernel_size: [1, 1], data_format: 'channels_first' },
      Softmax: { axis: 1 },
      ReLU: { max_value: 2 },
      Activation: { activation: 'exponential' },
    };
    for (const [class_name, setting] of Object.entries(settings)) {
      const layers = [{ class_name, config: { ...config, ...setting } }];
      const { detail } = refusal(() => engine.createNetwork({ class_name: 'Sequential', config: { layers } }));
      expect(detail.where).toBe(`network › layer "odd" (${class_name})`);
      expect(detail.remedy).toContain('engine: { kind: tfjs }');
    }
  });

  it('inputs and blocks that do not fit', () => {
    const network = engine.createNetwork(sequential([tf.layers.dense({ units: 2, inputShape: [3] })]));
    expect(refusal(() => network.forward([new Float32Array(5)], 2)).message).toContain('got 5, expected 6');
    expect(refusal(() => network.forward([], 2)).message).toContain('number of inputs');
    expect(refusal(() => network.backward([new Float32Array(2)])).message).toContain('without a forward pass');
    network.forward([new Float32Array(6)], 2);
    expect(refusal(() => network.backward([new Float32Array(3)])).message).toContain('got 3, expected 4');
    expect(refusal(() => (network.grads = new Float32Array(8))).detail.code).toBe('contract');
  });
});
