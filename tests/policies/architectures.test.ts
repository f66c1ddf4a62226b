import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type NetworkNeeds, parseWith, type Topology } from '#core';
import { architectures, cao, cnn, gru, mlp } from '#policies';

/** Loads a topology into tfjs, looks at it, and lets it go. */
async function loaded<T>(topology: Topology, look: (model: tf.LayersModel) => T): Promise<T> {
  const model = await tf.models.modelFromJSON({ modelTopology: topology } as unknown as Parameters<
    typeof tf.models.modelFromJSON
  >[0]);
  try {
    return look(model);
  } finally {
    model.dispose();
  }
}

const weightShapes = (model: tf.LayersModel) =>
  Object.fromEntries(model.weights.map(({ originalName, shape }) => [originalName, shape]));
const both: NetworkNeeds = { observationSize: 5, policyOutputs: 3, value: true };

/** Every architecture, in the shapes its options give it. */
const cases = {
  'mlp by default': mlp.build(both, parseWith(mlp.options, {}, 'network')),
  'mlp with layer norm': mlp.build(
    both,
    parseWith(mlp.options, { hidden: [8, 6], layerNorm: true, activation: 'relu' }, 'network'),
  ),
  'a linear policy': mlp.build({ ...both, value: false }, parseWith(mlp.options, { hidden: [] }, 'network')),
  'a value alone': mlp.build({ ...both, policyOutputs: 0 }, parseWith(mlp.options, { hidden: [4] }, 'network')),
  'gru with layer norm': gru.build(
    { ...both, steps: 7 },
    parseWith(gru.options, { units: 4, layerNorm: true }, 'network'),
  ),
  'cnn by default': cnn.build({ ...both, observationSize: 27 }, parseWith(cnn.options, { grid: [3, 3, 3] }, 'network')),
  'cao by default': cao.build({ ...both, observationSize: 18 }, parseWith(cao.options, {}, 'network')),
  'cao with a gru': cao.build(
    { ...both, observationSize: 12 },
    parseWith(cao.options, { cell: 'gru', streams: 2, units: 5, vocabulary: 9, hidden: [], embedding: 3 }, 'network'),
  ),
  'cnn inside the border': cnn.build(
    { ...both, observationSize: 162 },
    parseWith(cnn.options, { grid: [9, 9, 2], filters: [4, 5], padding: 'valid', stride: 2, hidden: [] }, 'network'),
  ),
};

test.each(Object.entries(cases))(
  '%s is written exactly as tfjs writes the model it reads',
  async (_name, { topology }) => {
    const again = await loaded(topology, (model) => model.toJSON(null, false));
    expect(again).toEqual(topology);
  },
);

test.each(Object.entries(cases))(
  '%s has a gain for every kernel, and for nothing else',
  async (_name, { topology, gains }) => {
    const kernels = await loaded(topology, (model) =>
      model.layers
        .filter((layer) => layer.weights.some(({ originalName }) => originalName.endsWith('/kernel')))
        .map(({ name }) => name),
    );
    expect(Object.keys(gains).sort()).toEqual(kernels.sort());
  },
);

describe('mlp', () => {
  test('is two layers of 64 tanh units and the heads policy and value, in this order', async () => {
    const { topology, gains } = cases['mlp by default'];
    await loaded(topology, (model) => {
      expect(model.layers.map(({ name }) => name)).toEqual(['observation', 'hidden_1', 'hidden_2', 'policy', 'value']);
      expect(model.outputNames).toEqual(['policy', 'value']);
      expect(model.outputs.map(({ shape }) => shape)).toEqual([
        [null, 3],
        [null, 1],
      ]);
      // 5*64+64 + 64*64+64 + 64*3+3 + 64*1+1
      expect(model.countParams()).toBe(384 + 4160 + 195 + 65);
    });
    expect(gains).toEqual({ hidden_1: Math.SQRT2, hidden_2: Math.SQRT2, policy: 0.01, value: 1 });
  });

  test('computes tanh layers and linear heads', async () => {
    const { topology } = mlp.build(
      { observationSize: 2, policyOutputs: 2, value: true },
      parseWith(mlp.options, { hidden: [1] }, 'network'),
    );
    const outputs = await loaded(topology, (model) =>
      tf.tidy(() => {
        // hidden = tanh(2x - y + 0.5); policy = (3h, -h + 1); value = 4h - 2.
        model.setWeights([
          tf.tensor2d([2, -1], [2, 1]),
          tf.tensor1d([0.5]),
          tf.tensor2d([3, -1], [1, 2]),
          tf.tensor1d([0, 1]),
          tf.tensor2d([4], [1, 1]),
          tf.tensor1d([-2]),
        ]);
        return (model.predict(tf.tensor2d([[0.25, 0.5]])) as tf.Tensor[]).map((tensor) => tf.keep(tensor));
      }),
    );
    const h = Math.tanh(2 * 0.25 - 0.5 + 0.5);
    const expected = [[3 * h, 1 - h], [4 * h - 2]];
    outputs.forEach((tensor, i) => {
      const numbers = [...tensor.dataSync()];
      tensor.dispose();
      expect(numbers).toHaveLength(expected[i].length);
      numbers.forEach((number, j) => {
        expect(number).toBeCloseTo(expected[i][j], 6);
      });
    });
  });

  test('normalises between the product and the activation', async () => {
    await loaded(cases['mlp with layer norm'].topology, (model) => {
      expect(model.layers.map((layer) => [layer.name, layer.getClassName()])).toEqual([
        ['observation', 'InputLayer'],
        ['hidden_1', 'Dense'],
        ['hidden_1_norm', 'LayerNormalization'],
        ['hidden_1_activation', 'Activation'],
        ['hidden_2', 'Dense'],
        ['hidden_2_norm', 'LayerNormalization'],
        ['hidden_2_activation', 'Activation'],
        ['policy', 'Dense'],
        ['value', 'Dense'],
      ]);
      expect(weightShapes(model)).toMatchObject({ 'hidden_1/kernel': [5, 8], 'hidden_2_norm/gamma': [6] });
    });
  });

  test('has one output where one head is asked for', async () => {
    await loaded(cases['a linear policy'].topology, (model) => {
      expect(model.outputNames).toEqual(['policy']);
      expect(weightShapes(model)).toEqual({ 'policy/kernel': [5, 3], 'policy/bias': [3] });
    });
    await loaded(cases['a value alone'].topology, (model) => {
      expect(model.outputNames).toEqual(['value']);
      expect(weightShapes(model)).toMatchObject({ 'hidden_1/kernel': [5, 4], 'value/kernel': [4, 1] });
    });
    const nothing = { observationSize: 5, policyOutputs: 0, value: false };
    expect(() => mlp.build(nothing, parseWith(mlp.options, {}, 'network'))).toThrow('no output asked for');
  });
});

test('gru reads a sequence and has its heads at every step', async () => {
  await loaded(cases['gru with layer norm'].topology, (model) => {
    expect(model.inputs.map(({ shape }) => shape)).toEqual([
      [null, 7, 5],
      [null, 4],
    ]);
    expect(model.outputs.map(({ shape }) => shape)).toEqual([
      [null, 7, 3],
      [null, 7, 1],
      [null, 4],
    ]);
    // Three gates of four units, from 64 dense ones.
    expect(weightShapes(model)).toMatchObject({
      'gru/kernel': [64, 12],
      'gru/recurrent_kernel': [4, 12],
      'gru/bias': [12],
    });
  });
});

describe('cnn', () => {
  test('reads a flat observation as a grid', async () => {
    await loaded(cases['cnn by default'].topology, (model) => {
      expect(model.inputs.map(({ shape }) => shape)).toEqual([[null, 27]]);
      // 3 x 3 cells with 32 channels after two convolutions that keep the size.
      expect(weightShapes(model)).toMatchObject({
        'conv_1/kernel': [3, 3, 3, 16],
        'conv_2/kernel': [3, 3, 16, 32],
        'hidden_1/kernel': [3 * 3 * 32, 64],
        'policy/kernel': [64, 3],
      });
    });
    await loaded(cases['cnn inside the border'].topology, (model) => {
      // 9 -> (9 - 3 + 1) / 2 = 4 -> (4 - 3 + 1) / 2 = 1 cell a side, 5 channels.
      expect(weightShapes(model)).toMatchObject({ 'policy/kernel': [5, 3] });
    });
  });

  test('refuses a grid that the observation does not fill, and one that convolutions use up', () => {
    const build = (observationSize: number, options: object) =>
      cnn.build({ ...both, observationSize }, parseWith(cnn.options, options, 'network'));
    expect(() => build(26, { grid: [3, 3, 3] })).toThrow(
      'policy.network.grid: does not fit the observation: got 3 x 3 x 3 = 27 numbers, expected 26 numbers',
    );
    expect(() => build(27, { grid: [3, 3, 3], padding: 'valid' })).toThrow(
      'policy.network.filters: nothing of the grid is left for convolution 2: expected sides of at least 3 cells before it',
    );
  });
});

describe('options', () => {
  test('the shelf holds them by name', () => {
    expect(architectures.ids).toEqual(['mlp', 'gru', 'cnn', 'cao']);
    expect(() => architectures.get('mpl', 'policy.network.architecture')).toThrow(
      'policy.network.architecture: unknown architecture: got "mpl". Did you mean "mlp"?',
    );
  });

  test.each([
    [{ hiden: [64] }, 'policy.network › hiden: unknown key. Did you mean "hidden"?'],
    [{ activation: 'tahn' }, 'policy.network › activation: not accepted: got "tahn"'],
    [{ hidden: [0] }, 'policy.network › hidden.0: out of range: got 0, expected 1..4096'],
    [{ trunk: 'both' }, 'policy.network › trunk: not accepted: got "both", expected one of "separate", "shared"'],
  ])('%o is refused by key', (options, message) => {
    expect(() => parseWith(mlp.options, options, 'policy.network')).toThrow(message);
  });

  test('every key of every architecture is described', () => {
    for (const architecture of architectures.items) {
      const shape = (architecture.options as unknown as { shape: Record<string, { description?: string }> }).shape;
      for (const [key, option] of Object.entries(shape))
        expect(option.description, `${architecture.id} ${key}`).toBeTruthy();
      expect(architecture.title.length).toBeGreaterThan(5);
      expect(architecture.source.length).toBeGreaterThan(10);
    }
  });
});
