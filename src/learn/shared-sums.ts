import type { Memory } from '#core';
import type { Team } from './team.ts';

/** Numbers that every shard adds up for itself and all threads then read as one total, added in shard order. */
export class SharedSums {
  readonly total: Float64Array;
  readonly #team: Team;
  readonly #rows: readonly Float64Array[];

  constructor(memory: Memory, team: Team, width: number) {
    this.#team = team;
    this.#rows = Array.from({ length: team.shards }, () => memory.float64(width));
    this.total = new Float64Array(width);
  }

  /** What `shard` adds to. */
  of(shard: number): Float64Array {
    return this.#rows[shard];
  }

  /** What every shard has, once all threads are here; for numbers that are not to be added. */
  rows(): readonly Float64Array[] {
    this.#team.barrier();
    return this.#rows;
  }

  clear(): void {
    for (const shard of this.#team.mine) this.#rows[shard].fill(0);
  }

  /** Waits for all threads and adds up; nobody may change a row before everybody has read it, so it waits again. */
  combine(): Float64Array {
    this.#team.barrier();
    this.total.fill(0);
    for (const row of this.#rows) for (let i = 0; i < row.length; i++) this.total[i] += row[i];
    this.#team.barrier();
    return this.total;
  }
}
