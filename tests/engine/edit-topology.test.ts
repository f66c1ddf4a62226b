import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { PolityError, type Topology } from '#core';
import { createSimdEngine, parameterSlices, replaceHead, resizeInput, selectOutputs } from '#engine';
import { random } from './simd/random.ts';
import { topologies, topologyOf } from './topologies.ts';

beforeAll(() => tf.setBackend('cpu'));

/** Outputs of a topology whose weights are given by name, for two rows. */
function run(
  topology: Topology,
  weights: Readonly<Record<string, readonly number[]>>,
  inputs: readonly Float32Array[],
) {
  const network = createSimdEngine({ kernels: 'portable' }).createNetwork(topology);
  for (const { name, offset } of network.slices) network.params.set(weights[name], offset);
  network.paramsChanged();
  return network.forward(inputs, 2).map((output, i) => [...output.subarray(0, 2 * network.outputSizes[i])]);
}

function weightsOf(topology: Topology) {
  const next = random(5);
  return Object.fromEntries(
    parameterSlices(topology).map(({ name, size }) => [name, Array.from({ length: size }, next)]),
  );
}

describe('the part of a model that leads to an output', () => {
  it('gives what the whole model gives there, without the layers of the others', () => {
    const whole = topologies['a trunk with two heads']();
    const weights = weightsOf(whole);
    const next = random(6);
    const sizes = createSimdEngine().createNetwork(whole).inputSizes;
    const inputs = sizes.map((size) => Float32Array.from({ length: 2 * size }, next));
    const outputs = run(whole, weights, inputs);
    for (const output of [0, 1]) {
      const part = selectOutputs(whole, [output]);
      expect(run(part, weights, inputs)).toEqual([outputs[output]]);
      expect(parameterSlices(part).length).toBeLessThan(parameterSlices(whole).length);
    }
    expect(run(selectOutputs(whole, [1, 0]), weights, inputs)).toEqual([outputs[1], outputs[0]]);
  });

  it('is a model that tfjs reads, also of a Sequential one', async () => {
    for (const name of ['a trunk with two heads', 'a Sequential stack of dense layers']) {
      const part = selectOutputs(topologies[name](), [0]);
      const model = await tf.models.modelFromJSON(structuredClone(part) as never);
      const sizes = model.weights.map(({ shape }) => shape.reduce((a, b) => Number(a) * Number(b), 1));
      expect(sizes).toEqual(parameterSlices(part).map(({ size }) => size));
    }
  });
});

it('a model gets another number of inputs and another end, and keeps what lies between', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ name: 'first', units: 4, inputShape: [3] }),
      tf.layers.dense({ name: 'middle', units: 5 }),
      tf.layers.dense({ name: 'last', units: 2, activation: 'tanh' }),
    ],
  });
  const edited = resizeInput(replaceHead(topologyOf(model), 'value', 1), 7);
  const shapes = parameterSlices(edited).map(({ name, shape }) => `${name} ${shape.join('x')}`);
  expect(shapes).toEqual([
    'first/kernel 7x4',
    'first/bias 4',
    'middle/kernel 4x5',
    'middle/bias 5',
    'value/kernel 5x1',
    'value/bias 1',
  ]);
});

it('an end that is not dense cannot be replaced, and an input with axes not be resized', () => {
  const softmax = tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [3] }), tf.layers.softmax({ name: 'chances' })],
  });
  expect(() => replaceHead(topologyOf(softmax), 'value', 1)).toThrow(/"chances" \(Softmax\).*second output/);
  const grid = tf.sequential({ layers: [tf.layers.flatten({ name: 'flat', inputShape: [2, 2] })] });
  expect(() => resizeInput(topologyOf(grid), 9)).toThrow(PolityError);
});
