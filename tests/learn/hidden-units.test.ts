import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSimdEngine } from '#engine';
import { HiddenUnits } from '#learn/hidden-units';
import { mlp } from '#policies/neural/mlp';

const engine = createSimdEngine({ kernels: 'portable' });

function build(hidden: readonly number[], activation: 'relu' | 'tanh') {
  const options = mlp.options.parse({ hidden, activation });
  return mlp.build({ observationSize: 2, policyOutputs: 3, value: false }, options).topology;
}

/** Gradients of the sum of all outputs over two rows, with the biases of the first hidden layer given. */
function gradients(topology: ReturnType<typeof build>, biases: readonly number[]): Float32Array {
  const network = engine.createNetwork(topology);
  network.params.fill(0.1);
  const bias = network.slices.find(({ name }) => name === 'hidden_1/bias')!;
  network.params.set(biases, bias.offset);
  network.paramsChanged();
  network.forward([Float32Array.of(1, 2, -1, 1)], 2);
  network.backward([new Float32Array(6).fill(1)]);
  return network.grads.slice();
}

test('rectifiers that are on for no row are dead, and no others', () => {
  const topology = build([8], 'relu');
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (dead) => {
      // Inputs of rows are 0.3 and 0 before the bias, so -1 switches a unit off everywhere.
      const grads = gradients(
        topology,
        dead.map((off) => (off ? -1 : 0.5)),
      );
      const share = new HiddenUnits([{ topology, offset: 0 }]).deadShare(grads);
      expect(share).toBe(dead.filter(Boolean).length / 8);
    }),
  );
});

test('units of earlier layers whose only readers are dead are dead as well', () => {
  const topology = build([4, 4], 'relu');
  const grads = gradients(topology, [0.5, 0.5, 0.5, 0.5]);
  expect(new HiddenUnits([{ topology, offset: 0 }]).deadShare(grads)).toBe(0);
  const network = engine.createNetwork(topology);
  const second = network.slices.find(({ name }) => name === 'hidden_2/bias')!;
  network.params.fill(0.1);
  network.params.fill(-100, second.offset, second.offset + second.size);
  network.paramsChanged();
  network.forward([Float32Array.of(1, 2)], 1);
  network.backward([new Float32Array(3).fill(1)]);
  expect(new HiddenUnits([{ topology, offset: 0 }]).deadShare(network.grads)).toBe(1);
});

test('units whose slope is never quite 0 are alive', () => {
  const topology = build([4], 'tanh');
  expect(new HiddenUnits([{ topology, offset: 0 }]).deadShare(gradients(topology, [0, 0.5, 1, 2]))).toBe(0);
});

test('without a gradient at the outputs nothing is known, and networks without one are left out', () => {
  const topology = build([4], 'relu');
  const silent = new Float32Array(gradients(topology, [0, 0, 0, 0]).length);
  expect(new HiddenUnits([{ topology, offset: 0 }]).deadShare(silent)).toBeUndefined();
  const grads = gradients(topology, [-1, -1, 0.5, 0.5]);
  const both = new Float32Array([...silent, ...grads]);
  const units = new HiddenUnits([
    { topology, offset: 0 },
    { topology, offset: silent.length },
  ]);
  expect(units.deadShare(both)).toBe(0.5);
});
