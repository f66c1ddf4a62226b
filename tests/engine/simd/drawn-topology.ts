import * as tf from '@tensorflow/tfjs';
import type { Topology } from '#core';
import { topologyOf } from '../topologies.ts';

/** Gives a whole number below its argument. */
export type Pick = (count: number) => number;

export interface DrawnTopology {
  readonly topology: Topology;
  /** For inputs that are symbols, how many there are; null for numbers. */
  readonly symbols: readonly (number | null)[];
}

/**
 * `tfjs` leaves out what tfjs has no gradients for (layer norms without scale or shift, dilated convolutions) and what it stumbles
 * over (one tensor twice among the inputs of a layer: it lets go of it too early).
 */
export type Differentiable = 'tfjs' | 'all';

type Node = tf.SymbolicTensor;

const elementwise =
  'linear relu relu6 tanh sigmoid hardSigmoid elu selu softplus softsign swish gelu mish softmax logSoftmax'.split(' ');
const forGates = ['tanh', 'sigmoid', 'hardSigmoid', 'relu', 'softsign', 'elu'];

const shapeOf = (node: Node) => node.shape.slice(1) as number[];

/**
 * A model that is drawn: up to three inputs (features, sequences, grids, symbols), up to seven layers of every kind that the kernels
 * run, merged and shared, and up to three outputs; one in four is a Sequential model.
 */
export function drawTopology(pick: Pick, differentiable: Differentiable): DrawnTopology {
  const draft = new Draft(pick, differentiable);
  return pick(4) === 0 ? drawChain(pick, draft) : drawGraph(pick, draft);
}

class Draft {
  readonly inputs: Node[] = [];
  readonly symbols: (number | null)[] = [];
  readonly nodes: Node[] = [];
  readonly #pick: Pick;
  readonly #all: boolean;
  #count = 0;

  constructor(pick: Pick, differentiable: Differentiable) {
    this.#pick = pick;
    this.#all = differentiable === 'all';
  }

  input(): Node {
    const pick = this.#pick;
    const shapes = [
      [1 + pick(20)],
      [1 + pick(20)],
      [1 + pick(5), 1 + pick(9)],
      [2 + pick(5), 2 + pick(5), 1 + pick(9)],
      [1 + pick(6)],
    ];
    const kind = pick(shapes.length);
    const node = tf.input({ shape: shapes[kind], name: `input_${this.inputs.length}` });
    this.inputs.push(node);
    this.symbols.push(kind === 4 ? 2 + pick(6) : null);
    if (kind !== 4) return node;
    const inputDim = this.symbols[this.symbols.length - 1]!;
    return this.apply(
      tf.layers.embedding({
        inputDim,
        outputDim: 1 + pick(9),
        inputLength: shapes[kind][0],
        name: this.name('embedding'),
      }),
      node,
    );
  }

  name(kind: string): string {
    return `${kind}_${this.#count++}`;
  }

  apply(layer: tf.layers.Layer, on: Node | Node[]): Node {
    const made = layer.apply(on) as Node | Node[];
    const [first, ...states] = Array.isArray(made) ? made : [made];
    this.nodes.push(...states);
    return first;
  }

  /** A layer on a node, by the rank of what the node gives. */
  grow(node: Node, chain: boolean): Node {
    const shape = shapeOf(node);
    if (shape.length === 1) return this.#onFeatures(node, shape[0]);
    if (shape.length === 2) return this.#onSequence(node, shape, chain);
    return this.#onGrid(node, shape);
  }

  #onFeatures(node: Node, width: number): Node {
    const pick = this.#pick;
    const steps = [3, 2].find((count) => width % count === 0) ?? 1;
    if (pick(5) === 0) {
      const targetShape = [steps, width / steps];
      return this.apply(tf.layers.reshape({ targetShape, name: this.name('steps') }), node);
    }
    return this.#anywhere(node);
  }

  /** Layers that work at every position alike. */
  #anywhere(node: Node): Node {
    const pick = this.#pick;
    const activation = elementwise[pick(elementwise.length)] as 'relu';
    const makes: (() => tf.layers.Layer)[] = [
      () => tf.layers.dense({ units: 1 + pick(20), activation, useBias: pick(4) > 0, name: this.name('dense') }),
      () => tf.layers.activation({ activation, name: this.name('activation') }),
      () => tf.layers.leakyReLU({ alpha: 0.1 * pick(4), name: this.name('leaky') }),
      () => tf.layers.softmax({ axis: pick(2) === 0 ? -1 : node.shape.length - 1, name: this.name('softmax') }),
      () => tf.layers.elu({ name: this.name('elu') }),
      () => tf.layers.reLU({ name: this.name('relu'), ...(pick(2) === 0 ? { maxValue: 6 } : {}) }),
      () =>
        tf.layers.layerNormalization({
          name: this.name('norm'),
          center: !this.#all || pick(4) > 0,
          scale: !this.#all || pick(4) > 0,
          epsilon: 0.01,
        }),
    ];
    return this.apply(makes[pick(2) === 0 ? 0 : pick(makes.length)](), node);
  }

  #onSequence(node: Node, [steps, width]: number[], chain: boolean): Node {
    const pick = this.#pick;
    const choice = pick(6);
    if (choice === 0) return this.apply(tf.layers.flatten({ name: this.name('flat') }), node);
    if (choice === 1) return this.#anywhere(node);
    if (choice === 2) {
      const kernelSize = 1 + pick(Math.min(3, steps));
      const padding = pick(2) === 0 ? 'same' : 'valid';
      const dilated = this.#all && padding === 'same' && pick(2) === 0;
      const spread = dilated ? { dilationRate: 2 } : { strides: 1 + pick(2) };
      const options = { filters: 1 + pick(9), kernelSize, padding, activation: 'tanh', ...spread } as const;
      return this.apply(tf.layers.conv1d({ ...options, name: this.name('conv') }), node);
    }
    const units = pick(3) === 0 ? 8 : 1 + pick(10);
    const options = {
      units,
      activation: forGates[pick(2) === 0 ? 0 : pick(forGates.length)] as 'tanh',
      useBias: pick(4) > 0,
      returnSequences: pick(2) === 0,
      returnState: !chain && pick(3) === 0,
      goBackwards: pick(4) === 0,
    };
    const gates = { ...options, recurrentActivation: (['sigmoid', 'hardSigmoid', 'tanh'] as const)[pick(3)] };
    const name = this.name('recurrent');
    const states = choice === 4 ? 2 : 1;
    const layer =
      choice === 3
        ? tf.layers.gru({ ...gates, name })
        : choice === 4
          ? tf.layers.lstm({ ...gates, name })
          : tf.layers.simpleRNN({ ...options, name });
    if (chain || pick(2) === 0) return this.apply(layer, node);
    const from = this.features(width);
    const initial = Array.from({ length: states }, () =>
      this.apply(tf.layers.dense({ units, name: this.name('state') }), from),
    );
    return this.apply(layer, [node, ...initial]);
  }

  #onGrid(node: Node, [height, width]: number[]): Node {
    const pick = this.#pick;
    const choice = pick(4);
    if (choice === 0) return this.apply(tf.layers.flatten({ name: this.name('flat') }), node);
    if (choice === 1) return this.#anywhere(node);
    const padding = pick(2) === 0 ? 'same' : 'valid';
    const kernelSize = [1 + pick(Math.min(3, height)), 1 + pick(Math.min(3, width))];
    const options = { filters: 1 + pick(12), kernelSize, strides: [1 + pick(2), 1 + pick(2)], padding } as const;
    const activation = (['relu', 'swish', 'linear'] as const)[pick(3)];
    const name = this.name('conv');
    return this.apply(tf.layers.conv2d({ ...options, activation, useBias: pick(4) > 0, name } as never), node);
  }

  /** Some node with features, or one made from whatever there is. */
  features(preferred: number): Node {
    const flat = this.nodes.filter((node) => node.shape.length === 2);
    if (flat.length > 0) return flat[preferred % flat.length];
    return this.flatten(this.nodes[0]);
  }

  flatten(node: Node): Node {
    return node.shape.length === 2 ? node : this.apply(tf.layers.flatten({ name: this.name('flat') }), node);
  }

  /** Joins two nodes where their shapes allow it. */
  merge(a: Node, b: Node): Node | null {
    const pick = this.#pick;
    const [one, other] = [shapeOf(a), shapeOf(b)];
    if (one.join() === other.join()) {
      const makes = [
        tf.layers.add,
        tf.layers.multiply,
        tf.layers.average,
        tf.layers.maximum,
        tf.layers.minimum,
      ] as readonly ((args: { name: string }) => tf.layers.Layer)[];
      const nodes = this.#all && pick(3) === 0 ? [a, b, a] : [a, b];
      return this.apply(makes[pick(makes.length)]({ name: this.name('merge') }), nodes);
    }
    if (one.slice(0, -1).join() !== other.slice(0, -1).join()) return null;
    return this.apply(tf.layers.concatenate({ name: this.name('joined') }), [a, b]);
  }
}

function drawGraph(pick: Pick, draft: Draft): DrawnTopology {
  const { nodes, inputs, symbols } = draft;
  for (let i = 1 + pick(3); i > 0; i--) nodes.push(draft.input());
  for (let i = 1 + pick(7); i > 0; i--) {
    const from = nodes[pick(nodes.length)];
    const shared =
      pick(6) === 0 && from.shape.length === 2 ? nodes.find((node) => node !== from && same(node, from)) : undefined;
    if (shared !== undefined) {
      const layer = tf.layers.dense({ units: 1 + pick(9), activation: 'tanh', name: draft.name('shared') });
      nodes.push(draft.apply(layer, from), draft.apply(layer, shared));
      continue;
    }
    const made = draft.grow(from, false);
    const other = nodes[pick(nodes.length)];
    nodes.push((pick(2) === 0 ? draft.merge(made, other) : null) ?? made);
  }
  // Every input has to lead to an output.
  const ends = [...nodes].map((node) => draft.flatten(node));
  const all = ends.length === 1 ? ends[0] : draft.apply(tf.layers.concatenate({ name: 'all' }), ends);
  const outputs = [draft.apply(tf.layers.dense({ units: 1 + pick(5), name: 'out' }), all)];
  for (let i = pick(3); i > 0; i--) {
    const more = nodes[pick(nodes.length)];
    if (!inputs.includes(more) && !outputs.includes(more)) outputs.push(more);
  }
  return { topology: topologyOf(tf.model({ inputs, outputs })), symbols };
}

const same = (a: Node, b: Node) => shapeOf(a).join() === shapeOf(b).join();

/** One layer after the other, written down as tfjs writes a Sequential model. */
function drawChain(pick: Pick, draft: Draft): DrawnTopology {
  let node = draft.input();
  for (let i = 1 + pick(5); i > 0; i--) node = draft.grow(node, true);
  node = draft.apply(tf.layers.dense({ units: 1 + pick(5), name: 'out' }), node);
  const { config, ...more } = topologyOf(tf.model({ inputs: draft.inputs, outputs: node }));
  const { name, layers } = config as { name: string; layers: { class_name: string; config: object }[] };
  const chain = layers.map((layer) => ({ class_name: layer.class_name, config: layer.config }));
  const topology = { ...more, class_name: 'Sequential', config: { name, layers: chain } };
  return { topology, symbols: draft.symbols };
}
