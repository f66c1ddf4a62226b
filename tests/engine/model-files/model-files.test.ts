import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { PolityError, type Topology } from '#core';
import { decodeModel, encodeModel, parameterSlices } from '#engine';
import { architectures } from '#policies';
import { random } from '../simd/random.ts';
import { topologies } from '../topologies.ts';
import { fromDisk, type SavedModel, saveWithTfjs, toSaved, writeModel } from './saved-model.ts';

beforeAll(() => tf.setBackend('cpu'));

function someParams(topology: Topology, seed = 3): Float32Array {
  const next = random(seed);
  return Float32Array.from({ length: parameterSlices(topology).reduce((sum, { size }) => sum + size, 0) }, next);
}

const decode = ({ json, files }: SavedModel) =>
  decodeModel(
    json,
    (path) => {
      if (files[path] === undefined) throw new Error(`asked for ${path}`);
      return files[path];
    },
    'saved/model.json',
  );

const weightsOf = (model: tf.LayersModel) => model.getWeights().flatMap((weight) => [...weight.dataSync()]);

describe('a model written to disk is what tf.loadLayersModel reads', () => {
  for (const [name, make] of Object.entries(topologies)) {
    it(`for ${name}`, async () => {
      const topology = make();
      const params = someParams(topology);
      const folder = mkdtempSync(join(tmpdir(), 'polity-model-'));
      const path = writeModel(folder, toSaved(encodeModel(topology, params)));
      const model = await tf.loadLayersModel(fromDisk(path));
      expect(weightsOf(model)).toEqual([...params]);
      expect(model.inputs.length).toBe(
        (await tf.models.modelFromJSON(structuredClone(topology) as never)).inputs.length,
      );
      model.dispose();
    });
  }

  const fitting: Readonly<Record<string, object>> = { cnn: { grid: [4, 4, 2] }, cao: { streams: 2 } };
  it.each(architectures.ids)('for the architecture %s, with the outputs that its weights give', async (id) => {
    const architecture = architectures.get(id);
    const options = architecture.options.parse(fitting[id] ?? {});
    const { topology } = architecture.build({ observationSize: 32, policyOutputs: 3, value: true }, options);
    const params = someParams(topology).map((value) => 0.1 * value);
    const { modelJson, weights } = encodeModel(topology, params);
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: modelJson.modelTopology,
        weightSpecs: modelJson.weightsManifest[0].weights as never,
        weightData: weights.buffer,
      }),
    );
    const bias = parameterSlices(topology).find((slice) => slice.name === 'policy/bias')!;
    const same = await tf.models.modelFromJSON(structuredClone(topology) as never);
    same.setWeights(model.getWeights());
    const [outputs, expected] = [model, same].map((one) => {
      // An architecture with memory is given a sequence of one step, and what it remembers.
      const inputs = one.inputs.map(({ shape }) => tf.ones([2, ...(shape.slice(1) as number[])]));
      const [policy] = one.predict(inputs) as tf.Tensor[];
      return [...policy.dataSync()];
    });
    expect(outputs).toEqual(expected);
    expect(outputs.length).toBe(2 * bias.size);
  });
});

describe('a model that was written is read back', () => {
  for (const [name, make] of Object.entries(topologies)) {
    it(`bit for bit for ${name}, also when tfjs saved it`, async () => {
      const topology = make();
      const params = someParams(topology);
      const saved = toSaved(encodeModel(topology, params));
      expect(decode(saved).params).toEqual(params);
      expect(decode(saved).topology).toEqual(topology);
      const model = await tf.models.modelFromJSON(structuredClone(topology) as never);
      model.setWeights(
        parameterSlices(topology).map(({ offset, size, shape }) =>
          tf.tensor(params.slice(offset, offset + size), shape as number[]),
        ),
      );
      expect(decode(await saveWithTfjs(model)).params).toEqual(params);
      model.dispose();
    });
  }

  const topology = topologies['a trunk with two heads']();
  const params = someParams(topology);

  it('little-endian, weight after weight in the order of tfjs', () => {
    const { modelJson, weights } = encodeModel(topology, params);
    expect(modelJson.weightsManifest[0].weights.map(({ name }) => name)).toEqual(
      parameterSlices(topology).map(({ name }) => name),
    );
    const view = new DataView(weights.buffer);
    expect([view.getFloat32(0, true), view.getFloat32(4, true)]).toEqual([params[0], params[1]]);
  });

  it('from several groups of weights, each in several files, in any order', () => {
    const { json, files } = toSaved(encodeModel(topology, params));
    const [{ weights }] = json.weightsManifest;
    const bytes = files['weights.bin'];
    const sizes: number[] = weights.map(({ shape }: { shape: number[] }) => 4 * shape.reduce((a, b) => a * b, 1));
    const cut = sizes[0] + sizes[1];
    const first = { paths: ['a', 'b', 'c'], weights: weights.slice(0, 2) };
    const second = { paths: ['d'], weights: weights.slice(2) };
    const parts = {
      a: bytes.slice(0, 7),
      b: bytes.slice(7, 9),
      c: bytes.slice(9, cut),
      d: bytes.slice(cut),
    };
    expect(decode({ json: { ...json, weightsManifest: [second, first] }, files: parts }).params).toEqual(params);
  });

  it('from a view into a larger buffer that is not aligned', () => {
    const { json, files } = toSaved(encodeModel(topology, params));
    const larger = new Uint8Array(files['weights.bin'].length + 3);
    larger.set(files['weights.bin'], 3);
    expect(decode({ json, files: { 'weights.bin': larger.subarray(3) } }).params).toEqual(params);
  });

  it('without the state of an optimiser that tfjs saved along', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    await model.fit(tf.ones([4, 3]), tf.zeros([4, 2]), { epochs: 2, verbose: 0 });
    const saved = await saveWithTfjs(model, { includeOptimizer: true });
    expect(saved.json.weightsManifest[0].weights.length).toBeGreaterThan(2);
    expect([...decode(saved).params]).toEqual(weightsOf(model));
  });

  it('as Keras wraps it, with its names of recurrent cells', () => {
    const recurrent = topologies['a GRU over sequences with a layer norm']();
    const values = someParams(recurrent);
    const saved = toSaved(encodeModel(recurrent, values));
    saved.json.modelTopology = {
      keras_version: '2.9.0',
      backend: 'tensorflow',
      model_config: saved.json.modelTopology,
    };
    for (const weight of saved.json.weightsManifest[0].weights) {
      weight.name = weight.name.replace('gru/', 'gru/gru_cell/');
    }
    expect(saved.json.weightsManifest[0].weights[0].name).toBe('gru/gru_cell/kernel');
    expect(decode(saved).params).toEqual(values);
  });
});

describe('a model is refused', () => {
  const spoilt = (spoil: (saved: SavedModel) => void): PolityError['detail'] => {
    const topology = topologies['a Sequential stack of dense layers']();
    const saved = toSaved(encodeModel(topology, someParams(topology)));
    spoil(saved);
    try {
      decode(saved);
    } catch (error) {
      if (error instanceof PolityError) return error.detail;
      throw error;
    }
    throw new Error('was accepted');
  };
  // 3 * 5 + 5 + 5 * 4 + 4 * 2 + 2 numbers of 4 bytes.
  const bytes = 200;

  it('when its weights are cut short or too long, with the bytes there are and should be', () => {
    expect(spoilt(({ files }) => (files['weights.bin'] = files['weights.bin'].slice(0, 117)))).toMatchObject({
      code: 'input',
      where: 'saved/model.json › weights.bin',
      message: 'cut short',
      got: '117 bytes',
      expected: `${bytes} bytes`,
    });
    expect(spoilt(({ files }) => (files['weights.bin'] = new Uint8Array(bytes + 4)))).toMatchObject({
      message: 'longer than its weights',
      got: `${bytes + 4} bytes`,
    });
  });

  it('when a weight has another shape', () => {
    const detail = spoilt(({ json }) => (json.weightsManifest[0].weights[0].shape = [5, 3]));
    expect(detail).toMatchObject({ message: 'the shape of weight "a/kernel"', got: '[5, 3]', expected: '[3, 5]' });
  });

  it('when a weight is missing, unknown or there twice', () => {
    expect(
      spoilt(({ json, files }) => {
        json.weightsManifest[0].weights.pop();
        files['weights.bin'] = files['weights.bin'].slice(0, bytes - 8);
      }).message,
    ).toBe('no weight "c/bias"');
    expect(spoilt(({ json }) => (json.weightsManifest[0].weights[1].name = 'a/bais'))).toMatchObject({
      message: 'weight "a/bais" belongs to no layer, or is there twice',
      remedy: 'Did you mean "a/bias"?',
    });
    expect(spoilt(({ json }) => (json.weightsManifest[0].weights[1].name = 'a/kernel')).message).toContain('twice');
  });

  it('when its weights are not float32, or quantised', () => {
    expect(spoilt(({ json }) => (json.weightsManifest[0].weights[2].dtype = 'int32'))).toMatchObject({
      where: 'saved/model.json › weightsManifest.0.weights.2',
      got: 'int32',
      expected: 'float32',
    });
    const quantization = { dtype: 'uint8', scale: 0.1, min: 0 };
    expect(spoilt(({ json }) => (json.weightsManifest[0].weights[0].quantization = quantization))).toMatchObject({
      message: 'weight "a/kernel" is quantised',
      got: 'uint8',
    });
  });

  it('when a weight is not a number', () => {
    const detail = spoilt(({ files }) => new DataView(files['weights.bin'].buffer).setFloat32(8, Number.NaN, true));
    expect(detail).toMatchObject({ message: 'weight "a/kernel" is not finite', got: 'NaN at 2' });
  });

  it.each([
    ['a graph model', { format: 'graph-model' }, 'not a layers model'],
    ['one without a topology', { modelTopology: undefined }, 'not a model.json of a tfjs layers model'],
    ['one whose topology is no model', { modelTopology: {} }, 'not a model.json of a tfjs layers model'],
    ['one without weights', { weightsManifest: undefined }, 'not a model.json of a tfjs layers model'],
    ['one without file names', { weightsManifest: [{ weights: [] }] }, 'not a model.json of a tfjs layers model'],
    ['one with a nameless weight', { weightsManifest: [{ paths: [], weights: [{ shape: [1] }] }] }, 'not a model.json'],
  ])('when it is %s', (_what, change, message) => {
    const detail = spoilt(({ json }) => Object.assign(json, change));
    expect([detail.code, detail.where.startsWith('saved/model.json')]).toEqual(['input', true]);
    expect(detail.message).toContain(message);
  });

  it('when the file is no object at all', () => {
    for (const json of [null, 7, [], 'text']) {
      expect(() => decodeModel(json, () => new Uint8Array())).toThrow('not a model.json of a tfjs layers model');
    }
  });

  it('when the weights to write are of another network', () => {
    const topology = topologies['a trunk with two heads']();
    expect(() => encodeModel(topology, new Float32Array(3))).toThrow('got 3 numbers, expected 58 numbers');
  });
});
