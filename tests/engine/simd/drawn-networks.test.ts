import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTfjsEngine, type Network, type TfjsEngine } from '#engine';
import { type Differentiable, type DrawnTopology, drawTopology } from './drawn-topology.ts';
import { simdEngine, variants } from './engines.ts';
import { random } from './random.ts';
import { relativeError } from './tfjs-oracle.ts';

const batchSizes = [1, 3, 8, 33, 256];

interface Numbers {
  readonly rows: number;
  readonly params: Float32Array;
  readonly inputs: readonly Float32Array[];
  readonly outputGrads: readonly Float32Array[];
}

function drawNumbers(network: Network, { symbols }: DrawnTopology, rows: number, seed: number): Numbers {
  const next = random(seed);
  const numbers = (size: number) => Float32Array.from({ length: size }, next);
  const inputs = network.inputSizes.map((size, i) => {
    const count = symbols[i];
    if (count === null) return numbers(rows * size);
    return Float32Array.from({ length: rows * size }, () => Math.floor(((next() + 1) / 2) * count * 0.999));
  });
  const outputGrads = network.outputSizes.map((size) => numbers(rows * size));
  return { rows, params: numbers(network.params.length).map((value) => 0.5 * value), inputs, outputGrads };
}

function pass(network: Network, { rows, params, inputs, outputGrads }: Numbers) {
  network.params.set(params);
  network.paramsChanged();
  network.grads.fill(0);
  const outputs = network.forward(inputs, rows).map((output, i) => output.slice(0, rows * network.outputSizes[i]));
  const back = network.backward(outputGrads, true)!;
  const inputGrads = back.map((grad, i) => grad.slice(0, rows * network.inputSizes[i]));
  return { outputs, inputGrads, grads: network.grads.slice() };
}

/** Compares list by list, small lists against the size of the largest number there is. */
function expectClose(got: readonly Float32Array[], expected: readonly Float32Array[]): void {
  const largest = Math.max(...expected.map((list) => list.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
  expected.forEach((list, i) => {
    const scale = list.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-2 * largest + 1e-6);
    expect(got[i].length).toBe(list.length);
    expect(
      relativeError(
        Float32Array.from(got[i], (value) => value / scale),
        Float32Array.from(list, (value) => value / scale),
      ),
    ).toBeLessThan(1e-4);
  });
}

describe('a network that is drawn', () => {
  let tfjs: TfjsEngine;
  const engines = variants.map(simdEngine);
  beforeAll(async () => {
    tf.env().set('PROD', true);
    await tf.setBackend('cpu');
    tfjs = createTfjsEngine({ tf, buffer: new ArrayBuffer(2 ** 24) });
  });

  const drawn = (
    runs: number,
    differentiable: Differentiable,
    check: (drawn: DrawnTopology, rows: number, seed: number) => void,
  ) => {
    const property = fc.property(fc.infiniteStream(fc.nat()), fc.nat(1e6), (stream, seed) => {
      const pick = (count: number) => (stream.next().value as number) % count;
      const rows = batchSizes[pick(batchSizes.length)];
      check(drawTopology(pick, differentiable), rows, seed);
    });
    fc.assert(property, { seed: 11, numRuns: runs, endOnFailure: true });
  };

  it('has the outputs and gradients of tfjs for one row and for many', () => {
    drawn(20, 'tfjs', (model, rows, seed) => {
      const theirs = tfjs.createNetwork(model.topology);
      const numbers = drawNumbers(theirs, model, rows, seed);
      const expected = pass(theirs, numbers);
      const parts = (grads: Float32Array) =>
        theirs.slices.map(({ offset, size }) => grads.subarray(offset, offset + size));
      for (const engine of engines) {
        const got = pass(engine.createNetwork(model.topology), numbers);
        expectClose(got.outputs, expected.outputs);
        expectClose(got.inputGrads, expected.inputGrads);
        expectClose(parts(got.grads), parts(expected.grads));
      }
      theirs.dispose();
    });
  });

  it('has the gradients that differences show', () => {
    drawn(30, 'all', (model, most, seed) => {
      const engine = engines[seed % 2];
      const network = engine.createNetwork(model.topology);
      const numbers = drawNumbers(network, model, Math.min(most, 8), seed);
      const { grads, inputGrads } = pass(network, numbers);
      const value = (params: Float32Array, inputs: readonly Float32Array[]) => {
        network.params.set(params);
        network.paramsChanged();
        const outputs = network.forward(inputs, numbers.rows);
        return numbers.outputGrads.reduce((sum, grad, i) => sum + dot(grad, outputs[i]), 0);
      };
      const next = random(seed + 1);
      const along = alongAndAcross(grads, next);
      expectSlope((at) => value(moved(numbers.params, along, at), numbers.inputs), dot(along, grads), grads);
      model.symbols.forEach((symbols, i) => {
        if (symbols !== null) {
          expect(inputGrads[i].every((grad) => grad === 0)).toBe(true);
          return;
        }
        const direction = alongAndAcross(inputGrads[i], next);
        const shifted = (at: number) => numbers.inputs.with(i, moved(numbers.inputs[i], direction, at));
        expectSlope((at) => value(numbers.params, shifted(at)), dot(direction, inputGrads[i]), inputGrads[i]);
      });
    });
  });
});

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const norm = (a: Float32Array) => Math.sqrt(dot(a, a));
const moved = (from: Float32Array, direction: Float32Array, by: number) =>
  from.map((value, i) => value + by * direction[i]);

/** A direction of length 1 in which the slope is steep, and which still has a share of every axis. */
function alongAndAcross(grad: Float32Array, next: () => number): Float32Array {
  const across = grad.map(next);
  const [steep, even] = [1 / (norm(grad) + 1e-9), 1 / norm(across)];
  const sum = grad.map((value, i) => value * steep + across[i] * even);
  const length = norm(sum);
  return sum.map((value) => value / length);
}

function expectSlope(value: (at: number) => number, slope: number, grad: Float32Array): void {
  const step = 2e-3;
  const difference = (value(step) - value(-step)) / (2 * step);
  expect(Math.abs(difference - slope)).toBeLessThan(0.02 * norm(grad) + 0.02);
}
