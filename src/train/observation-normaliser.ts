import type { Memory } from '#core';
import type { Team } from '#learn';
import { RunningMoments, type RunningMomentsState } from '#math';

/** Observations beyond so many deviations are cut. */
export const observationClip = 10;

/**
 * Running normalisation of one policy's observations. While a rollout is collected the moments stand still and every shard
 * gathers its own; afterwards all threads merge them in shard order.
 */
export class ObservationNormaliser {
  readonly moments: RunningMoments;
  readonly #team: Team;
  readonly #gathered: readonly RunningMoments[];
  readonly #shared: readonly Float64Array[];

  constructor(size: number, memory: Memory, team: Team) {
    this.#team = team;
    this.moments = new RunningMoments(size);
    this.#gathered = Array.from({ length: team.shards }, () => new RunningMoments(size));
    this.#shared = Array.from({ length: team.shards }, () => memory.float64(1 + 2 * size));
  }

  /** Takes in a shard's observations, then normalises them in place. */
  observe(shard: number, observations: Float32Array, rows: number): void {
    this.#gathered[shard].update(observations, rows);
    this.normalise(observations, rows);
  }

  normalise(observations: Float32Array, rows: number): void {
    this.moments.normalise(observations, rows, observations, observationClip);
  }

  merge(): void {
    const { size } = this.moments;
    for (const shard of this.#team.mine) {
      const { count, mean, squares } = this.#gathered[shard].state();
      this.#shared[shard].set([count, ...mean, ...squares]);
      this.#gathered[shard].clear();
    }
    this.#team.barrier();
    const part = new RunningMoments(size);
    for (const [count, ...numbers] of this.#shared) {
      part.restore({ count, mean: numbers.slice(0, size), squares: numbers.slice(size) });
      this.moments.merge(part);
    }
    this.#team.barrier();
  }

  state(): RunningMomentsState {
    return this.moments.state();
  }

  restore(state: RunningMomentsState): void {
    this.moments.restore(state);
  }
}
