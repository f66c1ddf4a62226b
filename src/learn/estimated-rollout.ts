import { type AdvantageRows, gae, type RunningMoments } from '#math';
import type { PolicyModel } from './actor-critic.ts';
import type { Rollout } from './rollout.ts';

/**
 * Values, advantages and returns of a rollout's rows, in the rollout's own numbering. Values are in units of the reward,
 * also where the critic speaks in normalised ones.
 *
 * Shapes: all [slots * stride]; `units` holds the numbers of the `unitCount` units that minibatches are made of.
 */
export class EstimatedRollout {
  readonly rollout: Rollout;
  readonly values: Float32Array;
  readonly advantages: Float32Array;
  readonly returns: Float32Array;
  readonly units: Int32Array;
  unitCount = 0;
  readonly #rows: AdvantageRows & { readonly nextValues: Float32Array };
  #finalValues = new Float32Array(16);

  constructor(rollout: Rollout) {
    this.rollout = rollout;
    const rows = rollout.slots * rollout.stride;
    this.values = new Float32Array(rows);
    this.advantages = new Float32Array(rows);
    this.returns = new Float32Array(rows);
    this.units = new Int32Array(rows);
    const { rewards, terminated, truncated } = rollout;
    this.#rows = { rewards, values: this.values, nextValues: new Float32Array(rows), terminated, truncated };
  }

  /** Asks the critic about every row and works backwards from each slot's last one. */
  estimate(model: PolicyModel, moments: RunningMoments | null, gamma: number, lambda: number): void {
    const { rollout, values, advantages, returns } = this;
    const { nextValues } = this.#rows;
    model.values(rollout, values);
    for (let slot = 0; slot < rollout.slots; slot++) {
      const rows = rollout.counts[slot];
      if (rows === 0) continue;
      const first = slot * rollout.stride;
      if (moments !== null) inRewards(values, first, rows + 1, moments);
      nextValues.set(values.subarray(first + 1, first + rows + 1), first);
    }
    this.unitCount = model.listUnits(rollout, this.units);
    this.#bootstrapTruncated(model, moments);
    for (let slot = 0; slot < rollout.slots; slot++) {
      const first = slot * rollout.stride;
      gae(this.#rows, gamma, lambda, advantages, first, rollout.counts[slot]);
      for (let row = first; row < first + rollout.counts[slot]; row++) returns[row] = advantages[row] + values[row];
    }
  }

  #bootstrapTruncated(model: PolicyModel, moments: RunningMoments | null): void {
    const { rollout } = this;
    if (rollout.finals === 0) return;
    if (this.#finalValues.length < rollout.finals) this.#finalValues = new Float32Array(rollout.finalRows.length);
    model.finalValues(rollout, this.#finalValues);
    if (moments !== null) inRewards(this.#finalValues, 0, rollout.finals, moments);
    for (let i = 0; i < rollout.finals; i++) this.#rows.nextValues[rollout.finalRows[i]] = this.#finalValues[i];
  }
}

function inRewards(values: Float32Array, at: number, length: number, moments: RunningMoments): void {
  if (moments.count === 0) return;
  const scale = Math.sqrt(moments.variance(0) + valueEpsilon);
  for (let i = at; i < at + length; i++) values[i] = values[i] * scale + moments.mean[0];
}

/** Added to the variance of returns before it divides them, so that constant returns do not explode. */
export const valueEpsilon = 1e-8;
