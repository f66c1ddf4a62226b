import type { Topology } from '#core';
import { parameterSlices } from '#engine';
import { readLayerGraph } from '#engine/layer-graph';

/** Where the biases of a network lie in its block: entries of units that others read, and of the outputs. */
interface UnitBiases {
  readonly hidden: readonly number[];
  readonly outputs: readonly number[];
}

/** The hidden units of networks that lie in one block of parameters, told by the gradients of their biases. */
export class HiddenUnits {
  readonly #networks: readonly UnitBiases[];

  constructor(networks: readonly { readonly topology: Topology; readonly offset: number }[]) {
    this.#networks = networks.map(({ topology, offset }) => biasesOf(topology, offset));
  }

  /**
   * Share of the hidden units whose bias got no gradient at all: rectifiers that were on for none of the rows, and whatever
   * only they read. Undefined where there are no hidden units, or no gradient came from the outputs.
   *
   * Shapes: grads as the block of parameters.
   * Source: after Sokar et al. (2023), "The dormant neuron phenomenon in deep reinforcement learning", with gradients for
   * activations.
   */
  deadShare(grads: Float32Array): number | undefined {
    let units = 0;
    let dead = 0;
    for (const { hidden, outputs } of this.#networks) {
      if (outputs.every((at) => grads[at] === 0)) continue;
      units += hidden.length;
      for (const at of hidden) if (grads[at] === 0) dead++;
    }
    return units === 0 ? undefined : dead / units;
  }
}

/** Kinds of layers with one bias a unit; those of recurrent layers are of gates. */
const unitKinds: ReadonlySet<string> = new Set(['Dense', 'Conv1D', 'Conv2D']);

function biasesOf(topology: Topology, offset: number): UnitBiases {
  const { layers, calls, outputs } = readLayerGraph(topology);
  const kinds = new Map(layers.map(({ name, kind }) => [name, kind]));
  const last = new Set(outputs.map(({ call }) => calls[call].layer.name));
  const hidden: number[] = [];
  const final: number[] = [];
  for (const { layer, weight, trainable, offset: at, size } of parameterSlices(topology)) {
    if (weight !== 'bias' || !trainable || !unitKinds.has(kinds.get(layer) ?? '')) continue;
    const biases = last.has(layer) ? final : hidden;
    for (let i = 0; i < size; i++) biases.push(offset + at + i);
  }
  return { hidden, outputs: final };
}
