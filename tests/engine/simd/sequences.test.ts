import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { PolityError, type Topology } from '#core';
import { createTfjsEngine, type Network } from '#engine';
import { topologyOf } from '../topologies.ts';
import { simdEngine, variants } from './engines.ts';
import { random } from './random.ts';
import { relativeError } from './tfjs-oracle.ts';

beforeAll(async () => {
  tf.env().set('PROD', true);
  await tf.setBackend('cpu');
});

const features = 5;
const units = 6;

/** Two recurrent layers that are given their states and give the next ones, and a head at every step. */
function memory(steps: number): Topology {
  const x = tf.input({ shape: [steps, features], name: 'x' });
  const [h, lower, cell] = ['h', 'lower', 'cell'].map((name) => tf.input({ shape: [units], name }));
  const shared = { units, returnSequences: true, returnState: true } as const;
  const [first, nextLower, nextCell] = tf.layers
    .lstm({ ...shared, recurrentActivation: 'sigmoid', name: 'lstm' })
    .apply([x, lower, cell]) as tf.SymbolicTensor[];
  const [second, nextH] = tf.layers.gru({ ...shared, name: 'gru' }).apply([first, h]) as tf.SymbolicTensor[];
  const out = tf.layers.dense({ units: 3, name: 'out' }).apply(second) as tf.SymbolicTensor;
  const inputs = [x, h, lower, cell];
  return topologyOf(tf.model({ inputs, outputs: [out, nextH, nextLower, nextCell] }));
}

const numbers = (length: number, next: () => number) => Float32Array.from({ length }, next);

function fillParams(network: Network, next: () => number): void {
  network.params.set(numbers(network.params.length, next).map((value) => 0.6 * value));
  network.paramsChanged();
}

/** Steps from .. to - 1 of sequences of `steps` steps of `width` numbers. */
function cut(sequences: Float32Array, steps: number, width: number, from: number, to: number): Float32Array {
  const rows = sequences.length / (steps * width);
  const parts = Array.from({ length: rows }, (_, b) => [
    ...sequences.subarray((b * steps + from) * width, (b * steps + to) * width),
  ]);
  return Float32Array.from(parts.flat());
}

function copies(network: Network, arrays: readonly Float32Array[], rows: number): Float32Array[] {
  return arrays.map((array, i) => array.slice(0, rows * network.outputSizes[i]));
}

describe.each(variants)('recurrent layers on %s kernels', (variant) => {
  const engine = simdEngine(variant);

  it('walk step by step to the same bits as over the whole sequence', () => {
    const [steps, rows] = [7, 3];
    const whole = engine.createNetwork(memory(steps));
    fillParams(whole, random(1));
    const single = engine.createNetwork(memory(1), { params: whole.params, grads: whole.grads });
    const next = random(2);
    const x = numbers(rows * steps * features, next);
    let states: Float32Array[] = Array.from({ length: 3 }, () => numbers(rows * units, next));
    const expected = copies(whole, whole.forward([x, ...states], rows), rows);
    for (let t = 0; t < steps; t++) {
      const [out, ...after] = copies(
        single,
        single.forward([cut(x, steps, features, t, t + 1), ...states], rows),
        rows,
      );
      expect(out).toEqual(cut(expected[0], steps, 3, t, t + 1));
      states = after;
    }
    expect(states).toEqual(expected.slice(1));
  });

  it('that begin anew inside a sequence are two sequences, the second from a state of zeros', () => {
    const [steps, at, rows] = [6, 4, 3];
    const whole = engine.createNetwork(memory(steps));
    fillParams(whole, random(3));
    const [first, second] = [at, steps - at].map((length) =>
      engine.createNetwork(memory(length), { params: whole.params, grads: engine.memory.float32(whole.params.length) }),
    );
    const next = random(4);
    const x = numbers(rows * steps * features, next);
    const states = Array.from({ length: 3 }, () => numbers(rows * units, next));
    const outGrads = numbers(rows * steps * 3, next);
    const lastGrads = Array.from({ length: 3 }, () => numbers(rows * units, next));
    const zeros = states.map((state) => new Float32Array(state.length));

    whole.resets = Uint8Array.from({ length: rows * steps }, (_, i) => (i % steps === at ? 1 : 0));
    whole.grads.fill(0);
    const outputs = copies(whole, whole.forward([x, ...states], rows), rows);
    const inputGrads = whole.backward([outGrads, ...lastGrads], true)!;

    const [early, late] = [[0, at] as const, [at, steps] as const];
    const before = copies(first, first.forward([cut(x, steps, features, ...early), ...states], rows), rows);
    const beforeGrads = first.backward([cut(outGrads, steps, 3, ...early), ...zeros], true)!;
    const after = copies(second, second.forward([cut(x, steps, features, ...late), ...zeros], rows), rows);
    second.backward([cut(outGrads, steps, 3, ...late), ...lastGrads]);

    expect(cut(outputs[0], steps, 3, ...early)).toEqual(before[0]);
    expect(cut(outputs[0], steps, 3, ...late)).toEqual(after[0]);
    expect(outputs.slice(1)).toEqual(after.slice(1));
    const sum = first.grads.map((grad, i) => grad + second.grads[i]);
    expect(relativeError(whole.grads, sum)).toBeLessThan(2e-6);
    // Nothing of what comes after reaches the states that came in.
    for (const i of [1, 2, 3]) {
      expect(inputGrads[i].slice(0, rows * units)).toEqual(beforeGrads[i].slice(0, rows * units));
    }
  });

  it('that begin anew give what tfjs gives, for more rows than a block has', () => {
    const [steps, rows] = [9, 150];
    const topology = memory(steps);
    const ours = engine.createNetwork(topology);
    const theirs = createTfjsEngine({ tf, buffer: new ArrayBuffer(2 ** 20) }).createNetwork(topology);
    const next = random(5);
    fillParams(ours, next);
    theirs.params.set(ours.params);
    theirs.paramsChanged();
    const inputs = ours.inputSizes.map((size) => numbers(rows * size, next));
    const outputGrads = ours.outputSizes.map((size) => numbers(rows * size, next));
    const resets = Uint8Array.from({ length: rows * steps }, () => (next() > 0.6 ? 1 : 0));
    const [a, b] = [ours, theirs].map((network) => {
      network.resets = resets;
      network.grads.fill(0);
      const outputs = copies(network, network.forward(inputs, rows), rows);
      const inputGrads = network.backward(outputGrads, true)!;
      return { outputs, inputGrads: inputGrads.map((grad, i) => grad.slice(0, rows * network.inputSizes[i])) };
    });
    for (const [i, output] of b.outputs.entries()) expect(relativeError(a.outputs[i], output)).toBeLessThan(1e-5);
    for (const [i, grad] of b.inputGrads.entries()) expect(relativeError(a.inputGrads[i], grad)).toBeLessThan(1e-5);
    expect(relativeError(ours.grads, theirs.grads)).toBeLessThan(1e-5);
    const summed = ours.grads.slice();
    ours.grads.fill(0);
    ours.differentiate(inputs, rows, (_outputs, grads, start, count) => {
      grads.forEach((block, i) => {
        const size = ours.outputSizes[i];
        block.set(outputGrads[i].subarray(start * size, (start + count) * size));
      });
    });
    expect(ours.grads).toEqual(summed);
    theirs.dispose();
  });
});

describe('resets are refused', () => {
  const engines = () => [simdEngine('portable'), createTfjsEngine({ tf, buffer: new ArrayBuffer(2 ** 20) })];
  const refusal = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      if (error instanceof PolityError) return error.detail;
      throw error;
    }
    throw new Error('was accepted');
  };

  it('by a network without sequences, and by one that walks backwards', () => {
    const dense = topologyOf(tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }));
    const layers = [tf.layers.gru({ units: 1, goBackwards: true, name: 'back', inputShape: [2, 1] })];
    const back = topologyOf(tf.sequential({ layers }));
    for (const engine of engines()) {
      const set = (topology: Topology) => () => {
        engine.createNetwork(topology).resets = new Uint8Array(8);
      };
      expect(refusal(set(dense))).toMatchObject({ code: 'contract', got: 'no recurrent layer' });
      expect(refusal(set(back))).toMatchObject({ code: 'contract', got: expect.stringContaining('2 steps') });
    }
  });

  it('when there are fewer than the rows have steps', () => {
    const layers = [tf.layers.gru({ units: 1, inputShape: [3, 1] })];
    const topology = topologyOf(tf.sequential({ layers }));
    for (const engine of engines()) {
      const network = engine.createNetwork(topology);
      network.resets = new Uint8Array(5);
      const detail = refusal(() => network.forward([new Float32Array(6)], 2));
      expect(detail).toMatchObject({ code: 'contract', got: '5', expected: '6 numbers' });
      network.resets = null;
      network.forward([new Float32Array(6)], 2);
    }
  });

  it('is what a GRU meets that resets after the product, by name', () => {
    const config = { name: 'gru', units: 2, reset_after: true, batch_input_shape: [null, 3, 1] };
    const topology = { class_name: 'Sequential', config: { layers: [{ class_name: 'GRU', config }] } };
    const detail = refusal(() => simdEngine('portable').createNetwork(topology));
    expect(detail.where).toBe('network › layer "gru" (GRU)');
    expect(detail.remedy).toContain('kind: tfjs');
  });
});
