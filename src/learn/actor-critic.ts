import { PolityError } from '#core';
import type { FillOutputGrads, Network } from '#engine';
import type { Distribution, OptimiserSpec } from '#math';
import type { LearnerContext } from './algorithm.ts';
import { ParameterBlock } from './parameter-block.ts';

/**
 * A policy and the value function that criticises it: two networks, or two heads of one trunk. The critic sees what the actor
 * sees, or the global state where `critic` says so (then the trunk cannot be shared).
 */
export class ActorCritic {
  readonly block: ParameterBlock;
  readonly actor: Network;
  readonly critic: Network | null;

  constructor(
    context: LearnerContext<unknown>,
    distribution: Distribution,
    optimiser: OptimiserSpec,
    criticInputSize = context.observationSize,
  ) {
    const { engine, team, streams, policy, trunk } = context;
    if (trunk === 'shared' && criticInputSize !== context.observationSize) {
      throw new PolityError({
        code: 'input',
        where: 'policy.network.trunk',
        message: 'a central critic sees more than the policy, so they cannot be heads of one trunk',
        got: 'shared',
        expected: 'separate',
      });
    }
    const needs = { observationSize: context.observationSize, policyOutputs: distribution.outputSize };
    const built =
      trunk === 'shared'
        ? [context.buildNetwork({ ...needs, value: true })]
        : [
            context.buildNetwork({ ...needs, value: false }),
            context.buildNetwork({ observationSize: criticInputSize, policyOutputs: 0, value: true }),
          ];
    this.block = new ParameterBlock(engine, team, built, optimiser, streams.stream(`learner/${policy}/initial`));
    this.actor = this.block.networks[0];
    this.critic = this.block.networks[1] ?? null;
  }

  /** Values of `rows` rows, written to out[at ..]. */
  values(inputs: Float32Array, rows: number, out: Float32Array, at: number): void {
    const outputs =
      this.critic === null ? this.actor.forward([inputs], rows)[1] : this.critic.forward([inputs], rows)[0];
    for (let row = 0; row < rows; row++) out[at + row] = outputs[row];
  }

  /** Forward and backward through both, with the gradients that the two losses write. */
  differentiate(
    observations: Float32Array,
    criticInputs: Float32Array,
    rows: number,
    policyLoss: Loss,
    valueLoss: Loss,
  ): void {
    if (this.critic === null) {
      const both: FillOutputGrads = (outputs, grads, start, count) => {
        policyLoss(outputs[0], grads[0], start, count);
        valueLoss(outputs[1], grads[1], start, count);
      };
      this.actor.differentiate([observations], rows, both);
      return;
    }
    this.actor.differentiate([observations], rows, (outputs, grads, start, count) => {
      policyLoss(outputs[0], grads[0], start, count);
    });
    this.critic.differentiate([criticInputs], rows, (outputs, grads, start, count) => {
      valueLoss(outputs[0], grads[0], start, count);
    });
  }
}

/** Reads the outputs of rows start .. start + count - 1, which lie at index 0 on, and writes their gradients. */
export type Loss = (outputs: Float32Array, grads: Float32Array, start: number, count: number) => void;
