import {
  addExplainedVarianceSums,
  addPlainSums,
  advantageDeviation,
  explainedVariance,
  momentsOf,
  normaliseAdvantages,
  RunningMoments,
} from '#math';
import type { PolicyModel } from './actor-critic.ts';
import type { LearnerContext } from './algorithm.ts';
import { EstimatedRollout, valueEpsilon } from './estimated-rollout.ts';
import { SharedSums } from './shared-sums.ts';

export interface EstimateOptions {
  readonly gamma: number;
  readonly lambda: number;
  /** Mean 0 and deviation 1 over the rollouts of all shards. */
  readonly normaliseAdvantages: boolean;
}

const sum = { advantages: 0, explained: 3, returns: 8, units: 11, choices: 12, width: 16 } as const;

/** What the actions of the rollouts were worth, in every shard of this thread, on the scale of the rollouts of all. */
export class Estimates {
  /** In the order of `team.mine`. */
  readonly shards: readonly EstimatedRollout[];
  readonly #context: LearnerContext<unknown>;
  readonly #model: PolicyModel;
  readonly #sums: SharedSums;
  readonly #valueMoments: RunningMoments | null;
  #unitCounts: readonly number[] = [];
  #rowsPerUnit = 1;

  /**
   * @param normaliseValues Whether the critic learns returns of running mean 0 and deviation 1.
   */
  constructor(context: LearnerContext<unknown>, model: PolicyModel, normaliseValues: boolean) {
    this.#context = context;
    this.#model = model;
    this.shards = context.rollouts.map((rollout) => new EstimatedRollout(rollout));
    this.#sums = new SharedSums(context.engine.memory, context.team, sum.width);
    this.#valueMoments = normaliseValues ? new RunningMoments(1) : null;
  }

  /** Units of every shard, other threads' too, as of the last estimate: what minibatches are made of. */
  get unitCounts(): readonly number[] {
    return this.#unitCounts;
  }

  /** Rows of a unit on average, over all shards: 1 where units are rows. */
  get rowsPerUnit(): number {
    return this.#rowsPerUnit;
  }

  /** Values, advantages and returns of every row. Returns the share of the returns' variance that the critic explained. */
  estimate({ gamma, lambda, normaliseAdvantages: normalise }: EstimateOptions): number | undefined {
    this.#sums.clear();
    this.#context.team.mine.forEach((shard, i) => {
      this.shards[i].estimate(this.#model, this.#valueMoments, gamma, lambda);
      addSums(this.shards[i], this.#sums.of(shard));
    });
    const total = this.#sums.combine();
    this.#unitCounts = this.#sums.rows().map((row) => row[sum.units]);
    this.#rowsPerUnit = total[sum.units] === 0 ? 1 : total[sum.advantages] / total[sum.units];
    if (normalise) {
      const advantageSums = total.subarray(sum.advantages, sum.advantages + 3);
      const deviation = advantageDeviation(advantageSums, total.subarray(sum.returns, sum.returns + 3));
      const moments = { mean: momentsOf(advantageSums).mean, deviation };
      for (const { rollout, advantages } of this.shards) {
        for (let slot = 0; slot < rollout.slots; slot++) {
          normaliseAdvantages(advantages, slot * rollout.stride, rollout.counts[slot], moments);
        }
      }
    }
    if (this.#valueMoments !== null) this.#normaliseReturns(this.#valueMoments, total.subarray(sum.returns));
    return total[sum.advantages] === 0
      ? undefined
      : explainedVariance(total.subarray(sum.explained, sum.explained + 5));
  }

  /** What the last estimate saw, over all shards: the critic's targets, and how much the masks left to choose. */
  numbers(): Record<string, number> {
    const { total } = this.#sums;
    const { mean, deviation } = momentsOf(total.subarray(sum.returns, sum.returns + 3));
    const [turns, forced, entries, forbidden] = total.subarray(sum.choices);
    return {
      'policy/target': mean,
      'policy/targetDeviation': deviation,
      ...(turns === 0 ? {} : { 'policy/forcedTurns': forced / turns, 'policy/maskedActions': forbidden / entries }),
    };
  }

  /** Running moments of the returns, for a checkpoint. */
  state(): ReturnType<RunningMoments['state']> | null {
    return this.#valueMoments?.state() ?? null;
  }

  restore(state: ReturnType<RunningMoments['state']> | null): void {
    if (state !== null) this.#valueMoments?.restore(state);
  }

  /** Takes the returns of this update into the running moments, then brings values and returns to their scale. */
  #normaliseReturns(moments: RunningMoments, returnSums: Float64Array): void {
    const count = returnSums[0];
    if (count > 0) {
      const { mean, deviation } = momentsOf(returnSums.subarray(0, 3));
      const batch = new RunningMoments(1);
      batch.restore({ count, mean: [mean], squares: [count * deviation * deviation] });
      moments.merge(batch);
    }
    const scale = 1 / Math.sqrt(moments.variance(0) + valueEpsilon);
    for (const { rollout, values, returns } of this.shards) {
      for (let slot = 0; slot < rollout.slots; slot++) {
        const first = slot * rollout.stride;
        for (let row = first; row < first + rollout.counts[slot]; row++) {
          values[row] = (values[row] - moments.mean[0]) * scale;
          returns[row] = (returns[row] - moments.mean[0]) * scale;
        }
      }
    }
  }
}

function addSums({ rollout, advantages, values, returns, unitCount }: EstimatedRollout, sums: Float64Array): void {
  const { counts, slots, stride } = rollout;
  sums[sum.units] += unitCount;
  rollout.addChoices(sums, sum.choices);
  for (let slot = 0; slot < slots; slot++) {
    const at = slot * stride;
    addPlainSums(advantages, at, counts[slot], sums.subarray(sum.advantages, sum.advantages + 3));
    addPlainSums(returns, at, counts[slot], sums.subarray(sum.returns, sum.returns + 3));
    addExplainedVarianceSums(values, returns, at, counts[slot], sums.subarray(sum.explained, sum.explained + 5));
  }
}
