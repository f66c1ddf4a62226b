import type { Network } from '#engine/network';
import type { Distribution, OptimiserSpec } from '#math';
import { type PolicyModel, sharedCentral } from './actor-critic.ts';
import type { LearnerContext } from './algorithm.ts';
import type { EstimatedRollout } from './estimated-rollout.ts';
import { ParameterBlock } from './parameter-block.ts';
import type { Rollout } from './rollout.ts';
import { type BatchLosses, RowBatch } from './row-batch.ts';

/** Rows that a sequence has at most: as far back as gradients flow through the memory. */
const sequenceSteps = 16;

/**
 * A policy with memory. It acts step by step and learns from sequences of up to 16 rows, each from the memory that the policy
 * had when it acted there; episodes that begin inside a sequence begin with an empty memory. Policy and value are heads of
 * one trunk, except that a central critic, which sees the state of the world, is a network of its own without memory.
 *
 * Source: Kapturowski et al. (2019), "Recurrent experience replay in distributed reinforcement learning" (stored states).
 */
export class RecurrentActorCritic implements PolicyModel {
  readonly block: ParameterBlock;
  readonly actor: Network;
  readonly #sequence: Network;
  readonly #critic: Network | null;
  readonly #batch: RowBatch;
  readonly #outputs: number;
  readonly #memory: number;
  /** Sequences side by side: observations, what they begin with, and where in them an episode begins. */
  #observations = new Float32Array(0);
  #memories = new Float32Array(0);
  #resets = new Uint8Array(0);
  /** The first row of each sequence in the batch, its place there, and how many rows it has. */
  #places = new Int32Array(1);
  #lengths = new Int32Array(0);
  readonly #units = new Map<Rollout, Int32Array>();

  constructor(
    context: LearnerContext<unknown>,
    distribution: Distribution,
    optimiser: OptimiserSpec,
    central: boolean,
  ) {
    const { engine, team, streams, policy, trunk, observationSize, stateSize, memorySize } = context;
    if (trunk === 'shared' && central) throw sharedCentral();
    const needs = { observationSize, policyOutputs: distribution.outputSize, value: !central };
    const built = [context.buildNetwork(needs)];
    if (central) {
      built.push(
        context.buildNetwork({ observationSize: stateSize, policyOutputs: 0, value: true, withoutMemory: true }),
      );
    }
    this.block = new ParameterBlock(engine, team, built, optimiser, streams.stream(`learner/${policy}/initial`));
    this.actor = this.block.networks[0];
    this.#critic = this.block.networks[1] ?? null;
    this.#sequence = this.block.twin(0, context.buildNetwork({ ...needs, steps: sequenceSteps }).topology);
    this.#batch = new RowBatch(central);
    this.#outputs = distribution.outputSize;
    this.#memory = memorySize;
  }

  values(rollout: Rollout, out: Float32Array): void {
    const { slots, stride, counts, states, sizes } = rollout;
    if (this.#critic !== null) {
      for (let slot = 0; slot < slots; slot++) {
        if (counts[slot] === 0) continue;
        const inputs = states.subarray(slot * stride * sizes.state);
        copyValues(this.#critic.forward([inputs], counts[slot] + 1)[0], counts[slot] + 1, out, slot * stride);
      }
      return;
    }
    const units = this.#unitsOf(rollout);
    const count = this.#list(rollout, units, 1);
    this.#gather(rollout, units, 0, count, 1);
    const values = this.#run(count)[1];
    for (let k = 0; k < count; k++) {
      for (let t = 0; t < this.#lengths[k]; t++) out[units[k] + t] = values[k * sequenceSteps + t];
    }
  }

  finalValues(rollout: Rollout, out: Float32Array): void {
    const { finalObservations, finalMemories, finalStates, finals } = rollout;
    const values =
      this.#critic === null
        ? this.actor.forward([finalObservations, finalMemories], finals)[1]
        : this.#critic.forward([finalStates], finals)[0];
    copyValues(values, finals, out, 0);
  }

  listUnits(rollout: Rollout, units: Int32Array): number {
    return this.#list(rollout, units, 0);
  }

  differentiate(source: EstimatedRollout, from: number, to: number, losses: BatchLosses): void {
    const { rollout, units } = source;
    this.#gather(rollout, units, from, to, 0);
    const rows = this.#gatherRows(source, from, to);
    const batch = this.#batch;
    this.#sequence.resets = this.#resets;
    this.#sequence.differentiate([this.#observations, this.#memories], to - from, (outputs, grads, start, count) => {
      for (let k = 0; k < count; k++) {
        const part = batch.from(this.#places[start + k]);
        const length = this.#lengths[start + k];
        const at = k * sequenceSteps;
        losses.policy(outputs[0].subarray(at * this.#outputs), grads[0].subarray(at * this.#outputs), part, length);
        if (this.#critic === null) losses.value(outputs[1].subarray(at), grads[1].subarray(at), part, length);
      }
    });
    this.#critic?.differentiate([batch.criticInputs], rows, (outputs, grads, start, count) => {
      losses.value(outputs[0], grads[0], batch.from(start), count);
    });
  }

  /** The first rows of sequences over the closed rows of every slot, and `more` rows behind them. */
  #list({ slots, stride, counts }: Rollout, units: Int32Array, more: number): number {
    let listed = 0;
    for (let slot = 0; slot < slots; slot++) {
      if (counts[slot] === 0) continue;
      for (let t = 0; t < counts[slot] + more; t += sequenceSteps) units[listed++] = slot * stride + t;
    }
    return listed;
  }

  /** Copies the sequences of units from .. to - 1 side by side; what lies behind their ends is zero. */
  #gather(rollout: Rollout, units: Int32Array, from: number, to: number, more: number): void {
    const { sizes, stride, counts, begins } = rollout;
    const width = sizes.observation;
    const sequences = to - from;
    if (this.#lengths.length < sequences) {
      this.#observations = new Float32Array(sequences * sequenceSteps * width);
      this.#memories = new Float32Array(sequences * this.#memory);
      this.#resets = new Uint8Array(sequences * sequenceSteps);
      this.#lengths = new Int32Array(sequences);
      this.#places = new Int32Array(sequences + 1);
    }
    for (let k = 0; k < sequences; k++) {
      const row = units[from + k];
      const slot = Math.floor(row / stride);
      const length = Math.min(sequenceSteps, slot * stride + counts[slot] + more - row);
      this.#lengths[k] = length;
      const at = k * sequenceSteps;
      for (let i = 0; i < sequenceSteps * width; i++) {
        this.#observations[at * width + i] = i < length * width ? rollout.observations[row * width + i] : 0;
      }
      for (let t = 0; t < sequenceSteps; t++) this.#resets[at + t] = t < length ? begins[row + t] : 0;
      for (let i = 0; i < this.#memory; i++) {
        this.#memories[k * this.#memory + i] = rollout.memories[row * this.#memory + i];
      }
    }
  }

  /** Copies the rows of the same sequences without gaps; returns how many there are. */
  #gatherRows(source: EstimatedRollout, from: number, to: number): number {
    this.#batch.reserve(source.rollout.sizes, (to - from) * sequenceSteps);
    let rows = 0;
    for (let k = 0; k < to - from; k++) {
      this.#places[k] = rows;
      const first = source.units[from + k];
      for (let t = 0; t < this.#lengths[k]; t++) this.#batch.put(source, first + t, rows++);
    }
    return rows;
  }

  #run(sequences: number): readonly Float32Array[] {
    this.#sequence.resets = this.#resets;
    return this.#sequence.forward([this.#observations, this.#memories], sequences);
  }

  #unitsOf(rollout: Rollout): Int32Array {
    let units = this.#units.get(rollout);
    if (units === undefined) {
      units = new Int32Array(rollout.slots * rollout.stride);
      this.#units.set(rollout, units);
    }
    return units;
  }
}

function copyValues(values: Float32Array, rows: number, out: Float32Array, at: number): void {
  for (let row = 0; row < rows; row++) out[at + row] = values[row];
}
