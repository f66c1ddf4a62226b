import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { PolityError } from '#core';
import { readLayerGraph } from '#engine/layer-graph';
import { layerKinds } from '#engine/layer-kinds';
import { parameterSlices, rowShapes } from '#engine/parameter-slices';
import { topologies } from './topologies.ts';

beforeAll(() => tf.setBackend('cpu'));

describe('parameter slices are those of tfjs', () => {
  for (const [name, make] of Object.entries(topologies)) {
    it(`for ${name}`, async () => {
      const topology = make();
      const model = await tf.models.modelFromJSON(
        structuredClone(topology) as unknown as Parameters<typeof tf.models.modelFromJSON>[0],
      );
      const trainable = new Set(model.trainableWeights);
      expect(parameterSlices(topology).map((slice) => [slice.name, slice.shape, slice.trainable])).toEqual(
        model.weights.map((weight) => [weight.originalName, weight.shape, trainable.has(weight)]),
      );
      const graph = readLayerGraph(topology);
      const shapes = rowShapes(graph);
      expect(graph.inputs.map((call) => shapes[call][0])).toEqual(model.inputs.map((input) => input.shape.slice(1)));
      expect(graph.outputs.map(({ call, output }) => shapes[call][output])).toEqual(
        model.outputs.map((output) => output.shape.slice(1)),
      );
      model.dispose();
    });
  }
});

it('every kind of layer that is known occurs in one of these models', () => {
  const texts = Object.values(topologies).map((make) => JSON.stringify(make()));
  const missing = [...layerKinds.keys()].filter(
    (kind) => !texts.some((text) => text.includes(`"class_name":"${kind}"`)),
  );
  expect(missing).toEqual([]);
});

it('lays slices side by side from 0 on', () => {
  const slices = parameterSlices(topologies['a Sequential stack of dense layers']());
  expect(slices.map(({ name, offset, size }) => [name, offset, size])).toEqual([
    ['a/kernel', 0, 3 * 5],
    ['a/bias', 15, 5],
    ['b/kernel', 20, 5 * 4],
    ['c/kernel', 40, 4 * 2],
    ['c/bias', 48, 2],
  ]);
});

it('reads the Sequential config that Keras before 2.2.3 wrote, a bare list of layers', () => {
  const config = [{ class_name: 'Dense', config: { name: 'd', units: 2, batch_input_shape: [null, 3] } }];
  expect(parameterSlices({ class_name: 'Sequential', config }).map(({ name }) => name)).toEqual(['d/kernel', 'd/bias']);
});

describe('a topology that cannot be read is refused', () => {
  const refusal = (topology: unknown): PolityError => {
    try {
      parameterSlices(topology as never);
    } catch (error) {
      if (error instanceof PolityError) return error;
      throw error;
    }
    throw new Error('was accepted');
  };

  it('by the name of the layer whose kind is unknown, with the remedy', () => {
    const config = { layers: [{ class_name: 'Denze', config: { name: 'odd', batch_input_shape: [null, 3] } }] };
    const { detail } = refusal({ class_name: 'Sequential', config });
    expect(detail).toMatchObject({ code: 'engine', where: 'network › layer "odd"' });
    expect(detail.expected).toContain('Dense');
    expect(detail.remedy).toContain('kind: tfjs');
  });

  it('by the layer whose lengths are not fixed', () => {
    const topology = () => tf.sequential({ layers: [tf.layers.gru({ units: 2, name: 'gru', inputShape: [null, 3] })] });
    const { detail } = refusal(topology().toJSON(null, false));
    expect(detail).toMatchObject({ code: 'engine', got: '[null, 3]' });
    expect(detail.where).toContain('gru_input');
  });

  it('when it is no model at all', () => {
    expect(refusal({ class_name: 'Dense', config: {} }).detail.got).toBe('class_name "Dense"');
    expect(refusal({ class_name: 'Sequential', config: 7 }).message).toContain('config is not an object: got 7');
    expect(refusal({ class_name: 'Sequential', config: { layers: [] } }).message).toContain('without layers');
  });

  it('when a layer refers to one that is not there', () => {
    const topology = structuredClone(topologies['a trunk with two heads']());
    const { layers } = topology.config as { layers: { inbound_nodes: unknown[][][] }[] };
    layers[1].inbound_nodes[0][0] = ['nowhere', 0, 0, {}];
    expect(refusal(topology).message).toContain('refers to a call that is not there: got ["nowhere",0,0,{}]');
  });
});
