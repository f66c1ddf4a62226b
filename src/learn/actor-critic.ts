import { PolityError } from '#core';
import type { FillOutputGrads, Network } from '#engine/network';
import type { Distribution, OptimiserSpec } from '#math';
import type { LearnerContext } from './algorithm.ts';
import type { EstimatedRollout } from './estimated-rollout.ts';
import { ParameterBlock } from './parameter-block.ts';
import { RecurrentActorCritic } from './recurrent-actor-critic.ts';
import type { Rollout } from './rollout.ts';
import { type BatchLosses, RowBatch } from './row-batch.ts';

/** A policy and the value function that criticises it, whatever they are made of. */
export interface PolicyModel {
  readonly block: ParameterBlock;
  /** Acts, one step at a time. */
  readonly actor: Network;
  /** Writes the values of rows 0 .. count of every slot, the row that follows the last closed one included. */
  values(rollout: Rollout, out: Float32Array): void;
  /** Writes the values of the final observations of truncated rows. */
  finalValues(rollout: Rollout, out: Float32Array): void;
  /** What a minibatch is made of: rows, or sequences of rows. Writes their numbers to `units`, returns how many there are. */
  listUnits(rollout: Rollout, units: Int32Array): number;
  /** Gradients of the units `from` .. `to - 1` of a rollout's list, added to those that the block is aimed at. */
  differentiate(source: EstimatedRollout, from: number, to: number, losses: BatchLosses): void;
}

/** Two networks, or two heads of one; with memory where the policy network has one. */
export function createModel(
  context: LearnerContext<unknown>,
  distribution: Distribution,
  optimiser: OptimiserSpec,
  central: boolean,
): PolicyModel {
  return context.memorySize > 0
    ? new RecurrentActorCritic(context, distribution, optimiser, central)
    : new ActorCritic(context, distribution, optimiser, central);
}

/**
 * A policy and a critic without memory. The critic sees what the actor sees, or the global state where `central` says so
 * (then the trunk cannot be shared).
 */
export class ActorCritic implements PolicyModel {
  readonly block: ParameterBlock;
  readonly actor: Network;
  readonly #critic: Network | null;
  readonly #central: boolean;
  readonly #batch: RowBatch;
  readonly #inputs = new Map<Rollout, readonly Float32Array[]>();

  constructor(
    context: LearnerContext<unknown>,
    distribution: Distribution,
    optimiser: OptimiserSpec,
    central: boolean,
  ) {
    const { engine, team, streams, policy, trunk, observationSize, stateSize } = context;
    if (trunk === 'shared' && central) throw sharedCentral();
    const needs = { observationSize, policyOutputs: distribution.outputSize };
    const built =
      trunk === 'shared'
        ? [context.buildNetwork({ ...needs, value: true })]
        : [
            context.buildNetwork({ ...needs, value: false }),
            context.buildNetwork({
              observationSize: central ? stateSize : observationSize,
              policyOutputs: 0,
              value: true,
            }),
          ];
    this.block = new ParameterBlock(engine, team, built, optimiser, streams.stream(`learner/${policy}/initial`));
    this.actor = this.block.networks[0];
    this.#critic = this.block.networks[1] ?? null;
    this.#central = central;
    this.#batch = new RowBatch(central);
  }

  values(rollout: Rollout, out: Float32Array): void {
    const inputs = this.#inputsOf(rollout);
    for (let slot = 0; slot < rollout.slots; slot++) {
      if (rollout.counts[slot] === 0) continue;
      this.#value(inputs[slot], rollout.counts[slot] + 1, out, slot * rollout.stride);
    }
  }

  finalValues(rollout: Rollout, out: Float32Array): void {
    this.#value(this.#central ? rollout.finalStates : rollout.finalObservations, rollout.finals, out, 0);
  }

  listUnits({ slots, stride, counts }: Rollout, units: Int32Array): number {
    let listed = 0;
    for (let slot = 0; slot < slots; slot++) {
      for (let t = 0; t < counts[slot]; t++) units[listed++] = slot * stride + t;
    }
    return listed;
  }

  differentiate(source: EstimatedRollout, from: number, to: number, losses: BatchLosses): void {
    const batch = this.#batch;
    batch.gather(source, from, to);
    const rows = to - from;
    if (this.#critic === null) {
      const both: FillOutputGrads = (outputs, grads, start, count) => {
        const part = batch.from(start);
        losses.policy(outputs[0], grads[0], part, count);
        losses.value(outputs[1], grads[1], part, count);
      };
      this.actor.differentiate([batch.observations], rows, both);
      return;
    }
    this.actor.differentiate([batch.observations], rows, (outputs, grads, start, count) => {
      losses.policy(outputs[0], grads[0], batch.from(start), count);
    });
    this.#critic.differentiate([batch.criticInputs], rows, (outputs, grads, start, count) => {
      losses.value(outputs[0], grads[0], batch.from(start), count);
    });
  }

  #value(inputs: Float32Array, rows: number, out: Float32Array, at: number): void {
    const outputs =
      this.#critic === null ? this.actor.forward([inputs], rows)[1] : this.#critic.forward([inputs], rows)[0];
    for (let row = 0; row < rows; row++) out[at + row] = outputs[row];
  }

  /** What the critic reads of each slot, from its first row on. */
  #inputsOf(rollout: Rollout): readonly Float32Array[] {
    let inputs = this.#inputs.get(rollout);
    if (inputs === undefined) {
      const { slots, stride, sizes, states, observations } = rollout;
      const [all, width] = this.#central ? [states, sizes.state] : [observations, sizes.observation];
      inputs = Array.from({ length: slots }, (_, slot) => all.subarray(slot * stride * width));
      this.#inputs.set(rollout, inputs);
    }
    return inputs;
  }
}

export function sharedCentral(): PolityError {
  return new PolityError({
    code: 'input',
    where: 'policy.network.trunk',
    message: 'a central critic sees more than the policy, so they cannot be heads of one trunk',
    got: 'shared',
    expected: 'separate',
  });
}
