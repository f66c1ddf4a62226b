import type { Topology } from '#core';
import type { Network } from '#engine/network';
import { addSumMixGrads, MonotonicMix, sumMix } from '#math';
import type { BuiltNetwork, LearnerContext } from './algorithm.ts';
import { denseModel } from './dense-model.ts';

/** How the values of a team's agents become the team's value: not at all, as a sum, or by a network that rises with each. */
export type Mixing = 'none' | 'sum' | 'monotonic';

/** Where the states of a batch lie: one row an agent of the first policy, whose own observation comes first. */
interface StateRows {
  readonly agents: number;
}

/** Mixes the values of agents; `network` is the mixer's own, where it has one. Shapes: values [K, A], totals [K]. */
export interface Mixer {
  readonly kind: Mixing;
  /** The network that makes the mixing weights of the state. */
  readonly built: BuiltNetwork | null;
  mix(
    network: Network | undefined,
    states: Float32Array,
    values: Float64Array,
    moments: number,
    totals: Float64Array,
    rows: StateRows,
  ): void;
  addGrads(
    network: Network | undefined,
    states: Float32Array,
    values: Float64Array,
    moments: number,
    gradTotals: Float64Array,
    gradValues: Float64Array,
    rows: StateRows,
  ): void;
}

/** Units of the mixing network and of the network that makes its last bias. */
const mixingUnits = 32;

export function createMixer(kind: Mixing, agents: number, context: LearnerContext<unknown>): Mixer {
  return kind === 'monotonic' ? monotonicMixer(agents, context) : plainMixer(kind, agents);
}

/** A single agent's value is the sum of one. */
function plainMixer(kind: 'none' | 'sum', agents: number): Mixer {
  return {
    kind,
    built: null,
    mix: (_network, _states, values, moments, totals) => sumMix(values, moments, agents, totals),
    addGrads(_network, _states, _values, moments, gradTotals, gradValues) {
      addSumMixGrads(gradTotals, moments, agents, gradValues);
    },
  };
}

/** Source: Rashid et al. (2018), "QMIX", section 4: linear hypernetworks, the last bias by two layers. */
function monotonicMixer(agents: number, { observationSize, stateSize }: LearnerContext<unknown>): Mixer {
  const hidden = mixingUnits;
  const size = stateSize - observationSize;
  const mixing = new MonotonicMix(agents, hidden);
  let world = new Float32Array(0);
  /** The world's part of each moment's state, one row a moment. */
  const worldOf = (states: Float32Array, moments: number, rows: StateRows) => {
    if (world.length < moments * size) world = new Float32Array(moments * size);
    for (let k = 0; k < moments; k++) {
      const from = k * rows.agents * stateSize + observationSize;
      for (let i = 0; i < size; i++) world[k * size + i] = states[from + i];
    }
    return world;
  };
  const named = ([first, firstBias, second, secondBias]: readonly Float32Array[]) => ({
    first,
    firstBias,
    second,
    secondBias,
  });
  return {
    kind: 'monotonic',
    built: { topology: hyperTopology(size, agents, hidden), gains: {} },
    mix(network, states, values, moments, totals, rows) {
      const weights = named((network as Network).forward([worldOf(states, moments, rows)], moments));
      mixing.mix(values, weights, moments, totals);
    },
    addGrads(network, states, values, moments, gradTotals, gradValues, rows) {
      (network as Network).differentiate([worldOf(states, moments, rows)], moments, (outputs, grads, start, count) => {
        const part = (all: Float64Array, width: number) => all.subarray(start * width, (start + count) * width);
        const own = part(gradValues, agents);
        mixing.addGrads(part(values, agents), named(outputs), count, part(gradTotals, 1), own, named(grads));
      });
    },
  };
}

/** State -> first [A * H], firstBias [H], second [H], secondBias [1], as a tfjs functional model. */
function hyperTopology(size: number, agents: number, hidden: number): Topology {
  const layers = [
    { name: 'first', units: agents * hidden, activation: 'linear', from: 'state' },
    { name: 'first_bias', units: hidden, activation: 'linear', from: 'state' },
    { name: 'second', units: hidden, activation: 'linear', from: 'state' },
    { name: 'second_bias_hidden', units: hidden, activation: 'relu', from: 'state' },
    { name: 'second_bias', units: 1, activation: 'linear', from: 'second_bias_hidden' },
  ] as const;
  return denseModel('mixing', { name: 'state', size }, layers, ['first', 'first_bias', 'second', 'second_bias']);
}
