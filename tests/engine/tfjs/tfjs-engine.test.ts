import { describe, expect, it } from 'vitest';
import { PolityError, type Topology } from '#core';
import { createSimdEngine, createTfjsEngine } from '#engine';
import type { OptimiserSpec } from '#math';
import { random } from '../simd/random.ts';
import { relativeError } from '../simd/tfjs-oracle.ts';
import { topologies } from '../topologies.ts';
import { findBackends } from './backends.ts';
import { fillParams, someInputs, someOutputGrads } from './some-numbers.ts';

const backends = await findBackends();
const simd = createSimdEngine({ kernels: 'portable' });
const topology = topologies['a trunk with two heads']();
const rows = 6;

function refusal(act: () => unknown): PolityError['detail'] {
  try {
    act();
  } catch (error) {
    if (error instanceof PolityError) return error.detail;
    throw error;
  }
  throw new Error('was accepted');
}

for (const { backend, tf, engine } of backends) {
  describe.skipIf(engine === null)(`the tfjs engine on ${backend}`, () => {
    const tfjs = engine!;

    it('says which backend it computes with, and stays with it when another is set', () => {
      expect([tfjs.kind, tfjs.variant]).toEqual(['tfjs', backend]);
      const network = tfjs.createNetwork(topology);
      void tf!.setBackend('cpu');
      network.forward([new Float32Array(4)], 1);
      expect(tf!.getBackend()).toBe(backend);
      network.dispose();
    });

    it('uses new weights once it was told of them, and not before', () => {
      const network = tfjs.createNetwork(topology);
      fillParams(network, random(1));
      const inputs = someInputs(topology, network, 1, random(2));
      const before = network.forward(inputs, 1)[0].slice();
      const bias = network.slices.find(({ name }) => name === 'policy/bias')!;
      for (let i = 0; i < 3; i++) network.params[bias.offset + i] += i;
      expect(network.forward(inputs, 1)[0]).toEqual(before);
      network.paramsChanged();
      const after = network.forward(inputs, 1)[0];
      for (let i = 0; i < 3; i++) expect(after[i] - before[i]).toBeCloseTo(i, 5);
      network.dispose();
    });

    it('adds in one pass what forward and backward add in two', () => {
      const network = tfjs.createNetwork(topology);
      fillParams(network, random(1));
      const inputs = someInputs(topology, network, rows, random(2));
      const outputGrads = someOutputGrads(network, rows, random(3));
      const outputs = network.forward(inputs, rows);
      network.grads.fill(0.25);
      network.backward(outputGrads);
      const twoPasses = network.grads.slice();
      network.grads.fill(0.25);
      const calls: number[] = [];
      network.differentiate(inputs, rows, (seen, grads, start, count) => {
        calls.push(start, count);
        seen.forEach((output, i) => {
          expect(output.slice(0, rows * network.outputSizes[i])).toEqual(outputs[i]);
          expect(grads[i].every((grad) => grad === 0)).toBe(true);
          grads[i].set(outputGrads[i]);
        });
      });
      expect(calls).toEqual([0, rows]);
      expect(network.grads).toEqual(twoPasses);
      network.dispose();
    });

    it('puts gradients into the block it is given, and takes arrays that are longer than the rows', () => {
      const size = tfjs.createNetwork(topology).params.length;
      const storage = { params: tfjs.memory.float32(size), grads: tfjs.memory.float32(size) };
      const network = tfjs.createNetwork(topology, storage);
      expect(network.params).toBe(storage.params);
      fillParams(network, random(1));
      const inputs = someInputs(topology, network, rows, random(2));
      const outputGrads = someOutputGrads(network, rows, random(3));
      network.forward(inputs, 2);
      network.backward(outputGrads);
      const elsewhere = tfjs.memory.float32(size);
      network.grads = elsewhere;
      network.forward(
        inputs.map((input) => input.slice(0, 2 * 4)),
        2,
      );
      network.backward(outputGrads.map((grad, i) => grad.slice(0, 2 * network.outputSizes[i])));
      expect(elsewhere.some((grad) => grad !== 0)).toBe(true);
      expect(storage.grads).toEqual(elsewhere);
      network.dispose();
    });

    it('learns by its own errors only: what a loss throws comes through', () => {
      const network = tfjs.createNetwork(topology);
      const broken = () => {
        throw new RangeError('the loss is broken');
      };
      expect(() => network.differentiate([new Float32Array(4)], 1, broken)).toThrow(RangeError);
      network.dispose();
    });
  });
}

describe('optimisers of the tfjs engine', () => {
  const tfjs = backends[backends.length - 1].engine!;
  const specs: readonly OptimiserSpec[] = [
    { kind: 'adam', epsilon: 1e-5 },
    { kind: 'adamw', weightDecay: 0.05 },
    { kind: 'rmsprop' },
    { kind: 'sgd', momentum: 0.9 },
  ];

  it.each(specs)('%j takes the steps of the kernels, also from a state that was kept', (spec) => {
    const size = 37;
    const next = random(5);
    const [ours, theirs, restored] = [simd, tfjs, tfjs].map(({ memory }) => memory.float32(size));
    const start = Float32Array.from({ length: size }, next);
    for (const params of [ours, theirs]) params.set(start);
    const a = simd.createOptimiser(spec, ours);
    const b = tfjs.createOptimiser(spec, theirs);
    const ourGrads = simd.memory.float32(size);
    for (let step = 0; step < 10; step++) {
      ourGrads.set(Float32Array.from({ length: size }, next));
      a.step(ourGrads, 0.01);
      b.step(ourGrads, 0.01);
    }
    expect(relativeError(theirs, ours)).toBeLessThan(1e-5);
    restored.set(theirs);
    const c = tfjs.createOptimiser(spec, restored);
    c.restore(structuredClone(b.state()));
    b.step(ourGrads, 0.01);
    c.step(ourGrads, 0.01);
    expect(restored).toEqual(theirs);
    expect(() => c.step(new Float32Array(3), 0.01)).toThrow('gradients of another block');
  });

  it('adds blocks in their order and limits the norm as the kernels do', () => {
    const size = 21;
    const blocks = Array.from({ length: 4 }, (_, i) => {
      const next = random(i + 1);
      return Float32Array.from({ length: size }, next);
    });
    const results = [simd, tfjs].map((engine) => {
      const own = blocks.map((block) => {
        const copy = engine.memory.float32(size);
        copy.set(block);
        return copy;
      });
      engine.sumBlocks(own, own[0]);
      const sum = own[0].slice();
      return { sum, norm: engine.clipByGlobalNorm(own[0], 0.5), clipped: own[0] };
    });
    expect(results[1].sum).toEqual(results[0].sum);
    expect(results[1].norm).toBeCloseTo(results[0].norm, 5);
    expect(relativeError(results[1].clipped, results[0].clipped)).toBeLessThan(1e-6);
  });
});

describe('the tfjs engine refuses', () => {
  const { engine, tf } = backends[backends.length - 1];
  const tfjs = engine!;
  const dense = (config: object): Topology => ({
    class_name: 'Sequential',
    config: {
      layers: [{ class_name: 'Dense', config: { name: 'd', units: 2, batch_input_shape: [null, 3], ...config } }],
    },
  });

  it('what tfjs cannot build, with its reason', () => {
    const unknown = { class_name: 'Sequential', config: { layers: [{ class_name: 'Denze', config: {} }] } };
    expect(refusal(() => tfjs.createNetwork(unknown))).toMatchObject({ code: 'engine', where: 'network topology' });
    expect(refusal(() => tfjs.createNetwork(unknown)).message).toContain('Unknown layer: Denze');
    expect(refusal(() => tfjs.createNetwork({ class_name: 'Dense', config: {} })).message).toContain('cannot build it');
    expect(refusal(() => tfjs.createNetwork(dense({ activation: 'wobble' }))).message).toContain('wobble');
  });

  it('lengths that are left open, and layers that keep their state', () => {
    expect(refusal(() => tfjs.createNetwork(dense({ batch_input_shape: [null, null, 3] })))).toMatchObject({
      message: 'no fixed shape',
      got: '[null, 3]',
    });
    const gru = { name: 'g', units: 2, stateful: true, batch_input_shape: [4, 2, 3] };
    const stateful = { class_name: 'Sequential', config: { layers: [{ class_name: 'GRU', config: gru }] } };
    expect(refusal(() => tfjs.createNetwork(stateful)).message).toBe('a layer that keeps its state');
  });

  it('inputs and blocks that do not fit', () => {
    const network = tfjs.createNetwork(dense({}));
    expect(refusal(() => network.forward([new Float32Array(5)], 2)).message).toBe('input 0 is too short for 2 rows');
    expect(refusal(() => network.forward([], 2)).message).toContain('number of inputs');
    expect(refusal(() => network.backward([new Float32Array(2)])).message).toContain('without a forward pass');
    network.forward([new Float32Array(6)], 2);
    expect(refusal(() => network.backward([new Float32Array(3)]))).toMatchObject({
      got: '3',
      expected: '4 numbers',
    });
    expect(refusal(() => (network.grads = new Float32Array(9))).code).toBe('contract');
    const storage = { params: new Float32Array(8), grads: new Float32Array(7) };
    expect(refusal(() => tfjs.createNetwork(dense({}), storage)).got).toBe('7 numbers');
    expect(refusal(() => tfjs.sumBlocks([new Float32Array(2)], new Float32Array(3))).code).toBe('contract');
  });

  it('to be made before a backend is set', () => {
    const unset = { ...tf!, getBackend: () => '' };
    expect(refusal(() => createTfjsEngine({ tf: unset })).remedy).toContain('setBackend');
  });
});

it('a model that was saved for rows in batches of one size runs any number of rows', () => {
  const config = { name: 'd', units: 1, batch_input_shape: [32, 2] };
  const fixed = { class_name: 'Sequential', config: { layers: [{ class_name: 'Dense', config }] } };
  const network = backends[backends.length - 1].engine!.createNetwork(fixed);
  network.params.set([2, 3, 5]);
  network.paramsChanged();
  // 1 * 2 + 10 * 3 + 5, 4 * 2 + 0 * 3 + 5.
  expect([...network.forward([Float32Array.of(1, 10, 4, 0)], 2)[0]]).toEqual([37, 13]);
});
