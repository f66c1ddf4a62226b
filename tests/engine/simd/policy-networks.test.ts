import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NetworkNeeds, Topology } from '#core';
import { Xoshiro } from '#core';
import { createTfjsEngine, initialiseParams, parameterSlices } from '#engine';
import { cnn } from '#policies/neural/cnn';
import { gru } from '#policies/neural/gru';
import { mlp } from '#policies/neural/mlp';
import { simdEngine, variants } from './engines.ts';
import { random } from './random.ts';
import { relativeError } from './tfjs-oracle.ts';

type Built = { readonly topology: Topology; readonly gains: Readonly<Record<string, number>> };

const activations = ['tanh', 'relu', 'elu', 'selu', 'sigmoid', 'softplus', 'linear'] as const;
const needs = (observationSize: number): NetworkNeeds => ({ observationSize, policyOutputs: 5, value: true });

/** What training makes networks from, with every option at work somewhere. */
const networks: Readonly<Record<string, () => Built>> = {
  ...Object.fromEntries(
    activations.map((activation, i) => [
      `mlp with ${activation}`,
      () => mlp.build(needs(20), mlp.options.parse({ hidden: [24, 20], activation, layerNorm: i % 2 === 1 })),
    ]),
  ),
  'mlp without hidden layers': () => mlp.build(needs(20), mlp.options.parse({ hidden: [] })),
  'gru over sequences': () => gru.build({ ...needs(6), steps: 5 }, gru.options.parse({ hidden: [16], units: 24 })),
  'gru that acts, with layer norm': () =>
    gru.build(needs(6), gru.options.parse({ hidden: [9], units: 7, layerNorm: true })),
  cnn: () => cnn.build(needs(75), cnn.options.parse({ grid: [5, 5, 3], filters: [8, 12], hidden: [16] })),
  'cnn with strides inside the grid': () =>
    cnn.build(needs(98), cnn.options.parse({ grid: [7, 7, 2], filters: [6], stride: 2, padding: 'valid' })),
};

describe.each(variants)('networks of policies on %s kernels', (variant) => {
  const engine = simdEngine(variant);
  beforeAll(async () => {
    tf.env().set('PROD', true);
    await tf.setBackend('cpu');
  });

  it.each(Object.entries(networks))('%s gives the outputs and gradients of tfjs', (_name, build) => {
    const { topology, gains } = build();
    const ours = engine.createNetwork(topology);
    const theirs = createTfjsEngine({ tf, buffer: new ArrayBuffer(2 ** 21) }).createNetwork(topology);
    initialiseParams(parameterSlices(topology), ours.params, gains, new Xoshiro([1, 2, 3, 4]));
    ours.paramsChanged();
    theirs.params.set(ours.params);
    theirs.paramsChanged();
    const rows = 70;
    const next = random(8);
    const inputs = ours.inputSizes.map((size) => Float32Array.from({ length: rows * size }, next));
    const outputGrads = ours.outputSizes.map((size) => Float32Array.from({ length: rows * size }, next));
    const outputs = ours.forward(inputs, rows);
    theirs.forward(inputs, rows).forEach((output, i) => {
      const got = outputs[i].subarray(0, rows * ours.outputSizes[i]);
      expect(relativeError(got, output)).toBeLessThan(1e-5);
    });
    ours.backward(outputGrads);
    theirs.backward(outputGrads);
    expect(relativeError(ours.grads, theirs.grads)).toBeLessThan(1e-5);
    theirs.dispose();
  });
});

it('acting on one row allocates nothing', () => {
  const engine = simdEngine('portable');
  const { topology } = mlp.build({ observationSize: 20, policyOutputs: 5, value: false }, mlp.options.parse({}));
  const network = engine.createNetwork(topology);
  const inputs = [new Float32Array(20).fill(0.5)];
  const calls = 50_000;
  const act = () => {
    for (let i = 0; i < calls; i++) network.forward(inputs, 1);
  };
  act();
  // Others allocate beside us, and the collector may come between: the least of several is what acting takes.
  const grown = Array.from({ length: 5 }, () => {
    const before = process.memoryUsage().heapUsed;
    act();
    return process.memoryUsage().heapUsed - before;
  }).filter((bytes) => bytes >= 0);
  // The smallest object there is takes 16 bytes.
  expect(Math.min(...grown)).toBeLessThan(4 * calls);
});
