import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExperimentInput, train } from '#cli/library';
import { PolityError } from '#core';
import { decodeModel } from '#engine';
import { saveWithTfjs, writeModel } from '../engine/model-files/saved-model.ts';

beforeAll(() => tf.setBackend('cpu'));

const fresh = () => mkdtempSync(join(tmpdir(), 'polity-own-'));
const save = async (model: tf.LayersModel) => writeModel(fresh(), await saveWithTfjs(model));

/** Matrix games have observations of 5 numbers and 2 actions; every layer here has a name of its own. */
const observed = 5;

function chain(...ends: tf.layers.Layer[]): tf.LayersModel {
  return tf.sequential({
    layers: [tf.layers.dense({ name: 'mine', units: 6, activation: 'relu', inputShape: [observed] }), ...ends],
  });
}

function twoHeads(): tf.LayersModel {
  const input = tf.input({ shape: [observed], name: 'seen' });
  const trunk = tf.layers.dense({ name: 'trunk', units: 5, activation: 'tanh' }).apply(input) as tf.SymbolicTensor;
  const moves = tf.layers.dense({ name: 'moves', units: 2 }).apply(trunk) as tf.SymbolicTensor;
  const worth = tf.layers.dense({ name: 'worth', units: 1 }).apply(trunk) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: [moves, worth] });
}

const moves = (units = 2, activation: 'linear' | 'softmax' = 'linear') =>
  tf.layers.dense({ name: 'moves', units, activation });

const experiment = (network: object, rest: object = {}) =>
  ({
    name: 'own',
    env: { id: 'matrix-game' },
    policy: { network: { architecture: 'model', ...network } },
    rollout: { envs: 8, steps: 8, shards: 4 },
    budget: { envSteps: 128 },
    evaluation: { episodes: 4, opponents: [], replays: 0 },
    engine: { kernels: 'portable' },
    ...rest,
  }) as ExperimentInput;

/** Trains and reads what was learned, by name. */
async function learn(value: ExperimentInput, threads = 1): Promise<Record<string, number[]>> {
  const out = fresh();
  const { folder, status } = await train(value, { out, threads });
  expect(status).toBe('finished');
  return read(join(folder, 'policy', 'player', 'model.json'));
}

function read(path: string): Record<string, number[]> {
  const { params, slices } = decodeModel(JSON.parse(readFileSync(path, 'utf8')), (name) =>
    readFileSync(join(path, '..', name)),
  );
  return Object.fromEntries(
    slices.map(({ name, offset, size }) => [name, [...params.subarray(offset, offset + size)]]),
  );
}

describe('a model.json that tfjs wrote', () => {
  it('is trained layer for layer, with the same bytes in any number of threads', async () => {
    const file = await save(chain(moves()));
    const one = await learn(experiment({ file }));
    expect(Object.keys(one)).toEqual(['mine/kernel', 'mine/bias', 'moves/kernel', 'moves/bias']);
    expect(one['mine/bias'].some((value) => value !== 0)).toBe(true);
    expect(await learn(experiment({ file }), 2)).toEqual(one);
  });

  it('begins with drawn weights, or with its own where `weights: file` says so', async () => {
    const file = await save(chain(moves()));
    const still = { learner: { learningRate: 1e-12 } };
    const [drawn, own] = [
      await learn(experiment({ file }, still)),
      await learn(experiment({ file, weights: 'file' }, still)),
    ];
    const saved = read(file);
    for (const name of Object.keys(saved)) {
      for (const [i, value] of saved[name].entries()) expect(own[name][i]).toBeCloseTo(value, 6);
    }
    expect(drawn['mine/kernel']).not.toEqual(own['mine/kernel']);
  });

  it.each([
    ['separate', ['trunk/kernel', 'trunk/bias', 'moves/kernel', 'moves/bias']],
    ['shared', ['trunk/kernel', 'trunk/bias', 'moves/kernel', 'worth/kernel', 'moves/bias', 'worth/bias']],
  ])('with a second output has that as its value, trunk %s', async (trunk, names) => {
    const file = await save(twoHeads());
    expect(Object.keys(await learn(experiment({ file, trunk }))).sort()).toEqual([...names].sort());
  });

  it.each([
    ['ppo with a central critic', { algorithm: 'mappo' }, {}],
    ['values instead of chances', { algorithm: 'iql' }, {}],
    ['the engine of reference', {}, { engine: { kind: 'tfjs', backend: 'cpu' } }],
  ])('trains under %s', async (_, learner, rest) => {
    const file = await save(chain(moves()));
    expect((await learn(experiment({ file }, { learner, ...rest })))['moves/kernel']).toHaveLength(12);
  });
});

describe('a model.json that does not fit is refused before anything is written', () => {
  const refused = async (value: ExperimentInput) => {
    const out = fresh();
    const error = await train(value, { out, threads: 1 }).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(PolityError);
    const { detail } = error as PolityError;
    expect(detail.code).toBe('input');
    // Throws where something is in it.
    rmdirSync(out);
    return (error as PolityError).message;
  };

  it.each<[string, () => tf.LayersModel, object, readonly string[]]>([
    [
      'reads another number of numbers',
      () => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] }),
      {},
      ['reads observations of another size', 'got 3 numbers, expected 5'],
    ],
    ['has another number of actions', () => chain(moves(3)), {}, ['got 3 numbers, expected 2']],
    ['gives chances', () => chain(moves(2, 'softmax')), {}, ['softmax of layer "moves"', 'linear']],
    ['has no value to share', () => chain(moves()), { trunk: 'shared' }, ['no value', 'trunk: separate']],
    [
      'has a layer that nobody knows',
      () => chain(tf.layers.gaussianNoise({ name: 'odd', stddev: 1 }), moves()),
      { unknown: 'odd' },
      ['layer "odd"', 'unknown kind of layer "GaussianNoisy"', 'engine: { kind: tfjs }'],
    ],
  ])('where it %s', async (_, make, network, said) => {
    const model = make();
    const saved = await saveWithTfjs(model);
    const { unknown, ...keys } = network as { unknown?: string };
    // A kind that tfjs does not have cannot be saved by it.
    if (unknown !== undefined) {
      const layer = saved.json.modelTopology.config.layers.find(
        ({ config }: { config: { name: string } }) => config.name === unknown,
      );
      layer.class_name = 'GaussianNoisy';
    }
    const message = await refused(experiment({ file: writeModel(fresh(), saved), ...keys }));
    for (const part of ['experiment › policy.network', ...said]) expect(message).toContain(part);
  });

  it('where it is not there', async () => {
    expect(await refused(experiment({ file: 'nowhere/model.json' }))).toContain('nowhere/model.json: cannot be read');
  });

  it('where it is another one than a run began with', async () => {
    const file = await save(chain(moves()));
    const out = fresh();
    await train(experiment({ file }), { out, threads: 1 });
    writeModel(join(file, '..'), await saveWithTfjs(chain(moves())));
    const again = train(experiment({ file }), { out, threads: 1, resume: true });
    await expect(again).rejects.toThrow('policy.network.fingerprint');
  });
});
