import type { Rng } from '#core';
import type { Network } from '#engine/network';
import type { Rollout } from './rollout.ts';

/**
 * A batch on its way through the networks. The last of the networks is the mixer's, where it has one.
 *
 * Shapes: B entries.
 */
export interface ValueBatch {
  /** Values of what was done, mixed. */
  readonly totals: Float64Array;
  readonly targets: Float64Array;
  readonly gradTotals: Float64Array;
  /** 1 where something was done; other entries are no experience. */
  readonly held: Uint8Array;
  /** Fills totals and targets. */
  evaluate(online: readonly Network[], target: readonly Network[], gamma: number, doubleQ: boolean): void;
  /** Adds the gradients of sum(gradTotals * totals) to the networks' gradients. */
  differentiate(online: readonly Network[]): void;
}

/** What a shard remembers. */
export interface ShardMemory {
  /** Moments that it holds. */
  held(): number;
  remember(rollouts: readonly Rollout[]): void;
  /** Draws moments into the batch. */
  draw(rng: Rng): void;
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

/** What the shards of a thread remember, and the batch that they are learned from in turn. */
export interface ValueMemory {
  /** In the order of `team.mine`. */
  readonly shards: readonly ShardMemory[];
  readonly batch: ValueBatch;
  /** Moments that a batch holds at most. */
  readonly moments: number;
}
