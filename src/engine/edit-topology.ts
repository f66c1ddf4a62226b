import { PolityError, type Topology } from '#core';
import { readLayerGraph } from './layer-graph.ts';

type Json = Readonly<Record<string, unknown>>;

interface Entry {
  readonly name: string;
  readonly class_name: string;
  readonly config: Json;
  readonly inbound_nodes: readonly unknown[];
}

interface Functional {
  readonly layers: readonly Entry[];
  readonly input_layers: readonly unknown[];
  readonly output_layers: readonly (readonly [layer: string, call: number, output: number])[];
}

/** The topology as a functional one: a Sequential one is a chain of calls. */
function functionalOf(topology: Topology): Functional & Json {
  // Says what is wrong with a topology that is no model.
  readLayerGraph(topology);
  if (topology.class_name !== 'Sequential') {
    const config = topology.config as Functional & Json;
    return { ...config, layers: config.layers.map((entry) => ({ ...entry, name: entry.name ?? entry.config.name })) };
  }
  const { config } = topology;
  const given = (Array.isArray(config) ? config : (config as { layers: readonly Entry[] }).layers) as readonly Entry[];
  const entries = given.map((entry) => ({ ...entry, name: String(entry.name ?? entry.config.name) }));
  const first = entries[0];
  const chain =
    first.class_name === 'InputLayer'
      ? entries
      : [inputEntry(`${first.name}_input`, readLayerGraph(topology).calls[0].layer.config), ...entries];
  const layers = chain.map((entry, i) => ({
    ...entry,
    inbound_nodes: i === 0 ? [] : [[[chain[i - 1].name, 0, 0, {}]]],
  }));
  return {
    name: (config as { name?: string }).name ?? 'sequential',
    layers,
    input_layers: [[chain[0].name, 0, 0]],
    output_layers: [[chain[chain.length - 1].name, 0, 0]],
  };
}

function inputEntry(name: string, { batch_input_shape }: Json): Omit<Entry, 'inbound_nodes'> {
  return {
    name,
    class_name: 'InputLayer',
    config: { batch_input_shape, dtype: 'float32', sparse: false, name },
  };
}

function modelOf(topology: Topology, config: Functional): Topology {
  return { ...topology, class_name: 'Model', config };
}

/**
 * The part of a model that leads to some of its outputs, by number and in that order; layers keep their names.
 *
 * @example
 * const config = { layers: [{ class_name: 'Dense', config: { name: 'pi', units: 2, batch_input_shape: [null, 3] } }] };
 * selectOutputs({ class_name: 'Sequential', config }, [0]).class_name // 'Model'
 */
export function selectOutputs(topology: Topology, numbers: readonly number[]): Topology {
  const config = functionalOf(topology);
  const cut = { ...config, output_layers: numbers.map((number) => config.output_layers[number]) };
  const { layers, calls, inputs } = readLayerGraph(modelOf(topology, cut));
  const kept = new Set([...layers.map(({ name }) => name), ...inputs.map((call) => calls[call].layer.name)]);
  // What a shared layer makes of a branch that is gone stays, so the branch has to stay too.
  const shared = config.layers.some(({ name, inbound_nodes }) => kept.has(name) && inbound_nodes.length > 1);
  return modelOf(topology, shared ? cut : { ...cut, layers: config.layers.filter(({ name }) => kept.has(name)) });
}

/**
 * The model with another number of numbers at its only input, which is a vector.
 *
 * Throws: PolityError (input) for an input with axes: how these would grow is not known.
 */
export function resizeInput(topology: Topology, size: number): Topology {
  const config = functionalOf(topology);
  const { calls, inputs } = readLayerGraph(topology);
  const { name } = calls[inputs[0]].layer;
  return modelOf(topology, {
    ...config,
    layers: config.layers.map((entry) => {
      if (entry.name !== name) return entry;
      const shape = entry.config.batch_input_shape as readonly (number | null)[];
      if (shape.length !== 2) {
        throw new PolityError({
          code: 'input',
          where: `network › layer "${name}"`,
          message: `reads a grid, so it cannot read ${size} numbers instead`,
          got: `[${shape.slice(1).join(', ')}]`,
          expected: 'a vector',
          remedy: 'Take an algorithm whose critic reads what the policy reads, such as ppo',
        });
      }
      return { ...entry, config: { ...entry.config, batch_input_shape: [null, size] } };
    }),
  });
}

/**
 * The model with a new last layer in place of that of its only output: linear, of `units` numbers.
 *
 * Throws: PolityError (input) where the last layer is not dense.
 */
export function replaceHead(topology: Topology, name: string, units: number): Topology {
  const config = functionalOf(topology);
  const [[last]] = config.output_layers;
  const head = config.layers.find((entry) => entry.name === last);
  if (head?.class_name !== 'Dense') {
    throw new PolityError({
      code: 'input',
      where: `network › layer "${last}" (${head?.class_name})`,
      message: 'is no dense layer that a critic could have another one in place of',
      remedy: 'Give the model a second output of one number, the value',
    });
  }
  return modelOf(topology, {
    ...config,
    layers: config.layers.map((entry) =>
      entry === head ? { ...entry, name, config: { ...entry.config, name, units, activation: 'linear' } } : entry,
    ),
    output_layers: [[name, 0, 0]],
  });
}
