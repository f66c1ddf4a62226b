import { PolityError, type Topology } from '#core';
import { isModel, type LayerGraph, type LayerSpec, readLayerGraph } from './layer-graph.ts';
import { layerKindOf, type RowShape, type WeightStart } from './layer-kinds.ts';
import type { ParameterSlice } from './network.ts';

/** A slice with what it belongs to: `dense_1/kernel` is the weight `kernel` of the layer `dense_1`. */
export interface LayerSlice extends ParameterSlice {
  readonly layer: string;
  readonly weight: string;
  /** False for weights that no gradient reaches: of frozen layers, and statistics of batch normalisation. */
  readonly trainable: boolean;
  /** What it is before training; absent: a matrix is orthogonal, anything else zero. */
  readonly start?: WeightStart;
}

/**
 * Shapes of a row at every output of every call of a graph, in the graph's order of calls.
 *
 * Throws: PolityError (engine) for a layer of unknown kind or a length that is not fixed.
 */
export function rowShapes(graph: LayerGraph): readonly (readonly RowShape[])[] {
  const shapes: (readonly RowShape[])[] = [];
  for (const { layer, inputs } of graph.calls) {
    const outputs = outputsOf(
      layer,
      inputs.map(({ call, output }) => shapes[call][output]),
    );
    for (const shape of outputs) {
      if (shape.every((length) => Number.isInteger(length) && length > 0)) continue;
      throw new PolityError({
        code: 'engine',
        where: `network › layer "${layer.name}" (${layer.kind})`,
        message: 'no fixed shape',
        got: `[${shape.map((length) => length ?? 'null').join(', ')}]`,
        expected: 'a positive length on every axis behind the first',
        remedy: 'Give the input its lengths, or check the settings of this layer',
      });
    }
    shapes.push(outputs);
  }
  return shapes;
}

/**
 * Names, shapes and order of a topology's weights as tfjs gives them (trainable ones first), worked out without tfjs.
 *
 * Throws: PolityError (engine) for a layer of unknown kind, by name and with the remedy.
 *
 * @example
 * const config = { layers: [{ class_name: 'Dense', config: { name: 'pi', units: 2, batch_input_shape: [null, 3] } }] };
 * parameterSlices({ class_name: 'Sequential', config }).map(({ name, offset }) => `${name} at ${offset}`)
 * // ['pi/kernel at 0', 'pi/bias at 6']
 */
export function parameterSlices(topology: Topology): readonly LayerSlice[] {
  const graph = readLayerGraph(topology);
  const shapes = rowShapes(graph);
  const weights = graph.layers.flatMap((layer): readonly Omit<LayerSlice, 'name' | 'offset' | 'size'>[] => {
    // The layers of a model within the model keep their own names.
    if (isModel(layer.kind)) return parameterSlices(topologyOf(layer));
    const first = graph.calls.find((call) => call.layer === layer);
    const inputs = (first?.inputs ?? []).map(({ call, output }) => shapes[call][output]);
    const frozen = layer.config.trainable === false;
    return layerKindOf(layer)
      .weights(layer.config, inputs)
      .map(({ name, shape, trainable, start }) => ({
        layer: layer.name,
        weight: name,
        shape,
        trainable: trainable && !frozen,
        start,
      }));
  });
  const ordered = [...weights.filter((one) => one.trainable), ...weights.filter((one) => !one.trainable)];
  let offset = 0;
  return ordered.map((one) => {
    const size = one.shape.reduce((product, length) => product * length, 1);
    const slice = { ...one, name: `${one.layer}/${one.weight}`, offset, size };
    offset += size;
    return slice;
  });
}

/** A model that is a layer of another one gives what it gives alone. */
function outputsOf(layer: LayerSpec, inputs: readonly RowShape[]): readonly RowShape[] {
  if (!isModel(layer.kind)) return layerKindOf(layer).outputs(layer.config, inputs);
  const graph = readLayerGraph(topologyOf(layer));
  const shapes = rowShapes(graph);
  return graph.outputs.map(({ call, output }) => shapes[call][output]);
}

function topologyOf({ kind, config }: LayerSpec): Topology {
  return { class_name: kind, config };
}
