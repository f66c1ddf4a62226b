import type { Rng } from '#core';
import { commonMoments } from './common-moments.ts';
import { copyByteRow, copyRow } from './copy-numbers.ts';
import type { Rollout, RowSizes } from './rollout.ts';

/** Rows of one policy that are kept together, `agents` of them in a moment. */
export interface ReplayPart {
  readonly agents: number;
  readonly sizes: RowSizes;
}

/** What a replay remembers of one policy: rows and the rows that followed, side by side. */
interface Columns {
  readonly observations: Float32Array;
  readonly nextObservations: Float32Array;
  readonly masks: Uint8Array;
  readonly nextMasks: Uint8Array;
  readonly actions: Float32Array;
  readonly states: Float32Array;
  readonly nextStates: Float32Array;
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
}

const columnNames = [
  'observations',
  'nextObservations',
  'masks',
  'nextMasks',
  'actions',
  'states',
  'nextStates',
  'rewards',
  'terminated',
] as const;

/** Plain data; columns cut to what is filled. */
export interface ReplaySnapshot {
  readonly filled: number;
  readonly next: number;
  readonly parts: readonly Columns[];
}

/** A batch gathered from a replay, in memory that is made once. Shapes: as the columns, [moments * agents, ...]. */
export interface ReplayBatch {
  readonly parts: readonly Columns[];
}

/**
 * Moments that one shard has lived through, in flat memory; the oldest give way. A moment is what all agents that are learned
 * about together did at one time: a single row for independent learners, a row of every agent for a team.
 *
 * Shapes: capacity moments; for each part [capacity * agents, ...].
 */
export class Replay {
  readonly capacity: number;
  /** Moments held. */
  filled = 0;
  readonly #parts: readonly ReplayPart[];
  readonly #columns: readonly Columns[];
  readonly #agents: readonly number[];
  readonly #rows: readonly Int32Array[];
  #next = 0;

  constructor(capacity: number, parts: readonly ReplayPart[]) {
    this.capacity = capacity;
    this.#parts = parts;
    this.#columns = parts.map((part) => createColumns(capacity, part));
    this.#agents = parts.map(({ agents }) => agents);
    this.#rows = this.#agents.map((agents) => new Int32Array(agents));
  }

  /** Bytes of a replay of so many moments. */
  static bytes(capacity: number, parts: readonly ReplayPart[]): number {
    return parts.reduce((sum, { agents, sizes: { observation, mask, action, state } }) => {
      const row = 4 * (2 * observation + 2 * state + action + 1) + 2 * mask + 1;
      return sum + capacity * agents * row;
    }, 0);
  }

  /** Takes in the closed rows of a shard, one rollout for each part. */
  remember(rollouts: readonly Rollout[]): void {
    const rows = this.#rows;
    const agents = this.#agents;
    const envs = rollouts[0].slots / agents[0];
    for (let e = 0; e < envs; e++) {
      const count = commonMoments(rollouts, agents, e);
      for (let t = 0; t < count; t++) {
        for (let p = 0; p < rollouts.length; p++) {
          for (let i = 0; i < agents[p]; i++) rows[p][i] = (e * agents[p] + i) * rollouts[p].stride + t;
        }
        this.add(rollouts, rows);
      }
    }
  }

  /** Takes in one moment: for each part the row numbers of its agents in their rollout. */
  add(rollouts: readonly Rollout[], rows: readonly Int32Array[]): void {
    for (let p = 0; p < rollouts.length; p++) {
      const { agents } = this.#parts[p];
      for (let i = 0; i < agents; i++) this.#copyIn(p, rollouts[p], rows[p][i], this.#next * agents + i);
    }
    this.#next = (this.#next + 1) % this.capacity;
    this.filled = Math.min(this.capacity, this.filled + 1);
  }

  createBatch(moments: number): ReplayBatch {
    return { parts: this.#parts.map((part) => createColumns(moments, part)) };
  }

  /** Draws `count` moments with replacement. */
  sample(rng: Rng, count: number, batch: ReplayBatch): void {
    for (let k = 0; k < count; k++) {
      const moment = rng.integer(0, this.filled);
      for (let p = 0; p < this.#parts.length; p++) this.#copyOut(p, moment, batch.parts[p], k);
    }
  }

  snapshot(): ReplaySnapshot {
    const parts = this.#columns.map((columns) => cut(columns, this.capacity, this.filled));
    return { filled: this.filled, next: this.#next, parts };
  }

  restore({ filled, next, parts }: ReplaySnapshot): void {
    this.filled = filled;
    this.#next = next;
    parts.forEach((columns, p) => {
      for (const name of columnNames) this.#columns[p][name].set(columns[name]);
    });
  }

  #copyIn(p: number, rollout: Rollout, row: number, to: number): void {
    const columns = this.#columns[p];
    const { observation, mask, action, state } = rollout.sizes;
    copyRow(rollout.observations, row, columns.observations, to, observation);
    copyByteRow(rollout.masks, row, columns.masks, to, mask);
    copyRow(rollout.actions, row, columns.actions, to, action);
    copyRow(rollout.states, row, columns.states, to, state);
    columns.rewards[to] = rollout.rewards[row];
    columns.terminated[to] = rollout.terminated[row];
    const final = rollout.truncated[row] === 1 ? rollout.finalOf(row) : -1;
    if (final >= 0) {
      copyRow(rollout.finalObservations, final, columns.nextObservations, to, observation);
      copyRow(rollout.finalStates, final, columns.nextStates, to, state);
      // Nobody acts at the last moment of an episode that was cut off, so no choice is known to be illegal.
      columns.nextMasks.fill(1, to * mask, (to + 1) * mask);
      return;
    }
    copyRow(rollout.observations, row + 1, columns.nextObservations, to, observation);
    copyRow(rollout.states, row + 1, columns.nextStates, to, state);
    // What follows the end of a game is never looked at; a mask that allows nothing would be a stumbling block.
    if (rollout.terminated[row] === 1) columns.nextMasks.fill(1, to * mask, (to + 1) * mask);
    else copyByteRow(rollout.masks, row + 1, columns.nextMasks, to, mask);
  }

  #copyOut(p: number, moment: number, batch: Columns, k: number): void {
    const { agents, sizes } = this.#parts[p];
    const columns = this.#columns[p];
    const { observation, mask, action, state } = sizes;
    // Rows of a moment stand side by side: together they are one row, `agents` times as wide.
    copyRow(columns.observations, moment, batch.observations, k, agents * observation);
    copyRow(columns.nextObservations, moment, batch.nextObservations, k, agents * observation);
    copyByteRow(columns.masks, moment, batch.masks, k, agents * mask);
    copyByteRow(columns.nextMasks, moment, batch.nextMasks, k, agents * mask);
    copyRow(columns.actions, moment, batch.actions, k, agents * action);
    copyRow(columns.states, moment, batch.states, k, agents * state);
    copyRow(columns.nextStates, moment, batch.nextStates, k, agents * state);
    copyRow(columns.rewards, moment, batch.rewards, k, agents);
    copyByteRow(columns.terminated, moment, batch.terminated, k, agents);
  }
}

function createColumns(moments: number, { agents, sizes }: ReplayPart): Columns {
  const rows = moments * agents;
  return {
    observations: new Float32Array(rows * sizes.observation),
    nextObservations: new Float32Array(rows * sizes.observation),
    masks: new Uint8Array(rows * sizes.mask),
    nextMasks: new Uint8Array(rows * sizes.mask),
    actions: new Float32Array(rows * sizes.action),
    states: new Float32Array(rows * sizes.state),
    nextStates: new Float32Array(rows * sizes.state),
    rewards: new Float32Array(rows),
    terminated: new Uint8Array(rows),
  };
}

function cut(columns: Columns, capacity: number, filled: number): Columns {
  const entries = columnNames.map((name) => {
    const column = columns[name];
    return [name, column.slice(0, (column.length / capacity) * filled)];
  });
  return Object.fromEntries(entries) as Columns;
}
