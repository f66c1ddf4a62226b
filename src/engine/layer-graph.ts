import { PolityError, type Topology } from '#core';

/** The settings of a layer as the topology states them; what it leaves out has the default of tfjs. */
export type LayerConfig = Readonly<Record<string, unknown>>;

/** A layer of a topology: its kind, its name and its settings. */
export interface LayerSpec {
  readonly name: string;
  readonly kind: string;
  readonly config: LayerConfig;
}

/** Output number `output` of call number `call`. */
export interface TensorRef {
  readonly call: number;
  readonly output: number;
}

/** One use of a layer; a shared layer is called several times. */
export interface LayerCall {
  readonly layer: LayerSpec;
  readonly inputs: readonly TensorRef[];
}

/** A topology as a graph of calls. */
export interface LayerGraph {
  /** Every layer once, in the order in which tfjs lists the layers of a model and so their weights. */
  readonly layers: readonly LayerSpec[];
  /** In an order in which every call comes after the calls that it takes its inputs from. */
  readonly calls: readonly LayerCall[];
  /** Calls of the input layers, in the order of the model's inputs. */
  readonly inputs: readonly number[];
  readonly outputs: readonly TensorRef[];
}

/**
 * Reads a Sequential or functional topology.
 *
 * Throws: PolityError (engine) when it is of another kind, nested, or refers to layers that are not there.
 */
export function readLayerGraph(topology: Topology): LayerGraph {
  if (topology.class_name === 'Sequential') return readSequential(topology.config);
  if (isModel(topology.class_name)) return readFunctional(topology.config);
  throw graphError('not a model', `class_name "${topology.class_name}"`, 'Sequential, Model or Functional');
}

/** Whether a kind of layer is a model of its own. */
export function isModel(kind: string): boolean {
  return kind === 'Sequential' || kind === 'Model' || kind === 'Functional';
}

function readSequential(config: unknown): LayerGraph {
  // Keras before 2.2.3 wrote the list of layers itself where there is an object now.
  const entries = Array.isArray(config) ? config : listAt(recordOf(config, 'config'), 'layers', 'config');
  const layers = entries.map(readLayer);
  if (layers.length === 0) throw graphError('a Sequential model without layers');
  const chain = [...layers];
  if (layers[0].kind !== 'InputLayer') {
    const batch_input_shape = inputShapeOf(layers[0]);
    if (batch_input_shape === undefined)
      throw graphError(`the first layer "${layers[0].name}" has no batch_input_shape`);
    chain.unshift({ name: `${layers[0].name}_input`, kind: 'InputLayer', config: { batch_input_shape } });
  }
  const calls = chain.map((layer, i) => ({ layer, inputs: i === 0 ? [] : [{ call: i - 1, output: 0 }] }));
  return { layers, calls, inputs: [0], outputs: [{ call: calls.length - 1, output: 0 }] };
}

/** What a first layer takes in; of a model, what its own first layer does. */
function inputShapeOf({ kind, config }: LayerSpec): unknown {
  if (config.batch_input_shape !== undefined || !isModel(kind)) return config.batch_input_shape;
  const { calls, inputs } = readLayerGraph({ class_name: kind, config });
  return calls[inputs[0]].layer.config.batch_input_shape;
}

interface Node {
  readonly layer: LayerSpec;
  readonly inputs: readonly NodeRef[];
}

interface NodeRef {
  readonly node: Node;
  readonly output: number;
}

function readFunctional(config: unknown): LayerGraph {
  const record = recordOf(config, 'config');
  const entries = listAt(record, 'layers', 'config').map((entry) => recordOf(entry, 'config.layers'));
  const nodesOf = new Map<string, Node[]>();
  const find = (value: unknown, where: string): NodeRef => {
    if (!Array.isArray(value) || typeof value[0] !== 'string') {
      throw graphError(`${where} is not a list of [layer, node, output]`, JSON.stringify(value));
    }
    const node = nodesOf.get(value[0])?.[Number(value[1])];
    if (node === undefined) throw graphError(`${where} refers to a call that is not there`, JSON.stringify(value));
    return { node, output: Number(value[2]) };
  };
  const pending: (() => void)[] = [];
  for (const entry of entries) {
    const layer = readLayer(entry);
    const where = `config.layers.${layer.name}.inbound_nodes`;
    const given = listAt(entry, 'inbound_nodes', `config.layers.${layer.name}`);
    // An input layer is called once, on nothing.
    const calls: readonly unknown[] = given.length === 0 ? [[]] : given;
    const nodes = calls.map((call) => {
      const inputs: NodeRef[] = [];
      pending.push(() => {
        if (!Array.isArray(call)) throw graphError(`${where} is not in the format of tfjs`, JSON.stringify(call));
        for (const input of call) inputs.push(find(input, where));
      });
      return { layer, inputs };
    });
    nodesOf.set(layer.name, nodes);
  }
  for (const resolve of pending) resolve();
  const refs = (key: string) => listAt(record, key, 'config').map((value) => find(value, `config.${key}`));
  return orderNodes(refs('input_layers'), refs('output_layers'));
}

/**
 * Orders layers and calls. tfjs walks from the outputs back to the inputs, gives every layer its greatest distance from an
 * output, and lists layers by falling distance, those of one distance in the order of the walk.
 */
function orderNodes(inputs: readonly NodeRef[], outputs: readonly NodeRef[]): LayerGraph {
  const order: Node[] = [];
  const finished = new Set<Node>();
  const open = new Set<Node>();
  const walked: LayerSpec[] = [];
  const walk = (node: Node): void => {
    if (finished.has(node)) return;
    if (open.has(node)) throw graphError(`layer "${node.layer.name}" depends on itself`);
    open.add(node);
    if (!walked.includes(node.layer)) walked.push(node.layer);
    for (const input of node.inputs) walk(input.node);
    open.delete(node);
    finished.add(node);
    order.push(node);
  };
  for (const output of outputs) walk(output.node);
  const nodeDepths = new Map<Node, number>();
  const layerDepths = new Map<LayerSpec, number>();
  for (const node of order.toReversed()) {
    const depth = Math.max(nodeDepths.get(node) ?? 0, layerDepths.get(node.layer) ?? 0);
    nodeDepths.set(node, depth);
    layerDepths.set(node.layer, depth);
    for (const { node: before } of node.inputs) {
      nodeDepths.set(before, Math.max(depth + 1, nodeDepths.get(before) ?? 0));
    }
  }
  const depthOf = (layer: LayerSpec) => layerDepths.get(layer) ?? 0;
  const numbers = new Map(order.map((node, i) => [node, i]));
  const numberOf = (node: Node): number => {
    const number = numbers.get(node);
    if (number === undefined) throw graphError(`input "${node.layer.name}" leads to no output`);
    return number;
  };
  const refer = ({ node, output }: NodeRef): TensorRef => ({ call: numberOf(node), output });
  return {
    layers: walked.toSorted((a, b) => depthOf(b) - depthOf(a)),
    calls: order.map(({ layer, inputs: from }) => ({ layer, inputs: from.map(refer) })),
    inputs: inputs.map(({ node }) => numberOf(node)),
    outputs: outputs.map(refer),
  };
}

function readLayer(value: unknown): LayerSpec {
  const entry = recordOf(value, 'config.layers');
  const config = recordOf(entry.config, 'config.layers.config');
  const name = entry.name ?? config.name;
  if (typeof entry.class_name !== 'string' || typeof name !== 'string') {
    throw graphError('a layer without class_name or name', JSON.stringify(value).slice(0, 80));
  }
  return { name, kind: entry.class_name, config };
}

function recordOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw graphError(`${where} is not an object`, JSON.stringify(value));
}

function listAt(record: Readonly<Record<string, unknown>>, key: string, where: string): readonly unknown[] {
  const value = record[key];
  if (Array.isArray(value)) return value;
  throw graphError(`${where}.${key} is not a list`, JSON.stringify(value));
}

function graphError(message: string, got?: string, expected?: string): PolityError {
  return new PolityError({
    code: 'engine',
    where: 'network topology',
    message,
    ...(got === undefined ? {} : { got }),
    ...(expected === undefined ? {} : { expected }),
    remedy: 'Give the modelTopology of a model.json that tfjs wrote',
  });
}
