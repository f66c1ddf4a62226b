import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { PolityError, type Topology } from '#core';
import { createSimdEngine, type Engine, type Network, type TfjsEngine } from '#engine';
import { layerBuilders } from '#engine/simd/layers/index';
import { random } from '../simd/random.ts';
import { relativeError } from '../simd/tfjs-oracle.ts';
import { topologies } from '../topologies.ts';
import { findBackends } from './backends.ts';
import { randomTopology } from './random-topology.ts';
import { fillParams, someInputs, someOutputGrads } from './some-numbers.ts';

const backends = await findBackends();
const simd = createSimdEngine({ kernels: 'portable' });
const cpu = backends[backends.length - 1].engine as TfjsEngine;

/** The topology on the kernels, or null where they do not know one of its layers. */
function onKernels(topology: Topology): Network | null {
  try {
    return simd.createNetwork(topology);
  } catch (error) {
    if (error instanceof PolityError && error.detail.remedy?.includes('kind: tfjs')) return null;
    throw error;
  }
}

interface Pass {
  readonly outputs: readonly Float32Array[];
  readonly grads: Float32Array;
  readonly inputGrads: readonly Float32Array[];
}

function pass(network: Network, inputs: Float32Array[], outputGrads: Float32Array[], rows: number): Pass {
  network.grads.fill(0);
  const outputs = network.forward(inputs, rows).map((output, i) => output.slice(0, rows * network.outputSizes[i]));
  const back = network.backward(outputGrads, true) as readonly Float32Array[];
  const inputGrads = back.map((grad, i) => grad.slice(0, rows * network.inputSizes[i]));
  return { outputs, grads: network.grads.slice(), inputGrads };
}

/** Passes both engines through the same numbers and then takes one step of Adam; everything must agree to 1e-4. */
function expectSame(topology: Topology, ours: Network, theirs: Network, engine: Engine, seed: number): void {
  const next = random(seed);
  const rows = 5;
  fillParams(ours, next);
  theirs.params.set(ours.params);
  theirs.paramsChanged();
  expect(theirs.slices.map(({ name, shape, offset }) => [name, shape, offset])).toEqual(
    ours.slices.map(({ name, shape, offset }) => [name, shape, offset]),
  );
  const inputs = someInputs(topology, ours, rows, next);
  const outputGrads = someOutputGrads(ours, rows, next);
  const a = pass(ours, inputs, outputGrads, rows);
  const b = pass(theirs, inputs, outputGrads, rows);
  for (const [i, output] of a.outputs.entries()) expect(relativeError(b.outputs[i], output)).toBeLessThan(1e-4);
  for (const [i, grad] of a.inputGrads.entries()) expect(relativeError(b.inputGrads[i], grad)).toBeLessThan(1e-4);
  expect(relativeError(b.grads, a.grads)).toBeLessThan(1e-4);
  // Epsilon keeps the direction of gradients that are all but zero from being decided by rounding.
  const spec = { kind: 'adam', epsilon: 1e-3 } as const;
  const own = ours.params.buffer === simd.memory.buffer ? simd : cpu;
  own.createOptimiser(spec, ours.params).step(ours.grads, 0.01);
  engine.createOptimiser(spec, theirs.params).step(theirs.grads, 0.01);
  expect(relativeError(theirs.params, ours.params)).toBeLessThan(1e-4);
}

for (const { backend, tf, engine } of backends) {
  describe.skipIf(engine === null)(`the tfjs engine on ${backend}`, () => {
    const tfjs = engine!;

    for (const [name, make] of Object.entries(topologies)) {
      const topology = make();
      if (isDilated(topology)) {
        it(`says that tfjs has no gradients for ${name} that is dilated`, () => {
          const theirs = tfjs.createNetwork(topology);
          const inputs = someInputs(topology, theirs, 2, random(1));
          const act = () => pass(theirs, inputs, someOutputGrads(theirs, 2, random(2)), 2);
          expect(act).toThrow(/tfjs cannot learn through it .*dilation rates greater than 1/);
        });
        continue;
      }
      const ours = onKernels(topology);
      if (ours !== null) {
        it(`gives what the kernels give for ${name}`, () => {
          const theirs = tfjs.createNetwork(topology);
          expectSame(topology, ours, theirs, tfjs, 17);
          theirs.dispose();
        });
      }
      if (ours === null && backend === 'cpu') {
        it(`has the gradients that differences show for ${name}`, () => {
          const network = tfjs.createNetwork(topology);
          expectDifferences(topology, network);
          network.dispose();
        });
      }
      if (ours === null && backend !== 'cpu') {
        it(`gives what it gives on cpu for ${name}`, () => {
          const theirs = tfjs.createNetwork(topology);
          expectSame(topology, cpu.createNetwork(topology), theirs, tfjs, 19);
          theirs.dispose();
        });
      }
    }

    it('gives what the kernels give for models that are drawn', () => {
      const knows = (kind: string) => layerBuilders.has(kind);
      const runs = backend === 'cpu' ? 25 : 10;
      const property = fc.property(fc.infiniteStream(fc.nat()), fc.nat(1000), (numbers, seed) => {
        const pick = (count: number) => (numbers.next().value as number) % count;
        const topology = randomTopology(pick, knows);
        const ours = onKernels(topology);
        if (ours === null) throw new Error('a layer that the kernels do not know');
        const theirs = tfjs.createNetwork(topology);
        expectSame(topology, ours, theirs, tfjs, seed);
        theirs.dispose();
      });
      fc.assert(property, { seed: 7, numRuns: runs });
    });

    it('leaves no tensor behind', () => {
      const before = tf!.memory().numTensors;
      const topology = topologies['an embedding of symbols']();
      const network = tfjs.createNetwork(topology);
      const next = random(3);
      fillParams(network, next);
      const inputs = someInputs(topology, network, 4, next);
      for (let i = 0; i < 3; i++) {
        pass(network, inputs, someOutputGrads(network, 4, next), 4);
        network.differentiate(inputs, 4, () => {});
        network.paramsChanged();
      }
      network.dispose();
      expect(tf!.memory().numTensors).toBe(before);
    });
  });
}

const isDilated = (topology: Topology) => /"dilation_rate":\[?([2-9]|1,[2-9])/.test(JSON.stringify(topology));

/** For every weight, the slope of outputs times their gradients along some directions. */
function expectDifferences(topology: Topology, network: Network): void {
  const next = random(23);
  const rows = 4;
  fillParams(network, next);
  const inputs = someInputs(topology, network, rows, next);
  const outputGrads = someOutputGrads(network, rows, next);
  const { grads } = pass(network, inputs, outputGrads, rows);
  const trained = network.params.slice();
  const value = () => {
    network.paramsChanged();
    const outputs = network.forward(inputs, rows);
    return outputGrads.reduce((sum, grad, i) => sum + grad.reduce((dot, g, k) => dot + g * outputs[i][k], 0), 0);
  };
  const step = 2e-3;
  for (const { name, offset, size } of network.slices) {
    const part = grads.subarray(offset, offset + size);
    // No gradient reaches weights that are frozen or statistics.
    if (/^frozen|moving_/.test(name)) {
      expect(part.every((grad) => grad === 0)).toBe(true);
      continue;
    }
    const norm = Math.sqrt(part.reduce((sum, grad) => sum + grad * grad, 0));
    for (let trial = 0; trial < 2; trial++) {
      const direction = part.map(next);
      const length = Math.sqrt(direction.reduce((sum, d) => sum + d * d, 0));
      const at = (sign: number) => {
        network.params.set(trained);
        for (let i = 0; i < size; i++) network.params[offset + i] += (sign * step * direction[i]) / length;
        return value();
      };
      const slope = (at(1) - at(-1)) / (2 * step);
      const expected = direction.reduce((sum, d, i) => sum + (d / length) * part[i], 0);
      expect(Math.abs(slope - expected)).toBeLessThan(0.03 * norm + 1e-3);
    }
  }
}

afterAll(() => {
  for (const { tf } of backends) tf?.disposeVariables();
});
