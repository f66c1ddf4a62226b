import type { Writable } from '#math';

/** What a row of a rollout holds, in numbers: O observation, M mask, K action slots, G global state, H memory. */
export interface RowSizes {
  readonly observation: number;
  readonly mask: number;
  readonly action: number;
  /** 0 where the learner wants no global state. */
  readonly state: number;
  /** Memory that the policy carries from step to step; 0 where it has none. */
  readonly memory: number;
}

/**
 * What one policy lived through in one shard: a learner's row runs from one of the agent's turns to its next. Slot = one agent
 * in one env; its rows are consecutive in time. Rows 0 .. counts-1 of a slot are closed. Row `counts` is the one that follows:
 * either still open (the agent has acted and its next turn has not come) or just the observation that the next turn begins
 * with; its value is what the last closed row bootstraps from.
 *
 * Shapes: slots N, stride = capacity + 2 rows a slot; row number = slot * stride + t; observations [N * stride, O],
 * masks [.., M], actions [.., K], states [.., G], the others [N * stride]; finalObservations [finals, O].
 */
export class Rollout {
  readonly slots: number;
  readonly stride: number;
  readonly sizes: RowSizes;
  readonly observations: Float32Array;
  readonly masks: Uint8Array;
  readonly actions: Float32Array;
  readonly states: Float32Array;
  readonly #stateRows: Float32Array[] = [];
  /** What the policy remembered before it acted in a row. */
  readonly memories: Float32Array;
  readonly logProbabilities: Float32Array;
  readonly rewards: Float32Array;
  /** 1 where the game ended, or the agent left it. */
  readonly terminated: Uint8Array;
  /** 1 where only the clock ended the episode. */
  readonly truncated: Uint8Array;
  /** 1 where the row is the first of an episode for its agent. */
  readonly begins: Uint8Array;
  readonly counts: Int32Array;
  readonly open: Uint8Array;
  /** 1 where the next turn of the slot's episode has come without being played: see `settle`. */
  readonly #waiting: Uint8Array;
  /** Rows that were truncated, in the order they were, with the observation (and state) at which the clock stopped. */
  finals = 0;
  finalRows: Int32Array;
  finalObservations: Float32Array;
  finalStates: Float32Array;
  finalMemories: Float32Array;
  readonly #finalOf: Int32Array;

  constructor(slots: number, capacity: number, sizes: RowSizes) {
    this.slots = slots;
    this.stride = capacity + 2;
    this.sizes = sizes;
    const rows = slots * this.stride;
    this.observations = new Float32Array(rows * sizes.observation);
    this.masks = new Uint8Array(rows * sizes.mask);
    this.actions = new Float32Array(rows * sizes.action);
    this.states = new Float32Array(rows * sizes.state);
    for (let row = 0; sizes.state > 0 && row < rows; row++) {
      this.#stateRows.push(this.states.subarray(row * sizes.state, (row + 1) * sizes.state));
    }
    this.memories = new Float32Array(rows * sizes.memory);
    this.logProbabilities = new Float32Array(rows);
    this.rewards = new Float32Array(rows);
    this.terminated = new Uint8Array(rows);
    this.truncated = new Uint8Array(rows);
    this.begins = new Uint8Array(rows);
    this.counts = new Int32Array(slots);
    this.open = new Uint8Array(slots);
    this.#waiting = new Uint8Array(slots);
    const finals = Math.max(16, slots);
    this.finalRows = new Int32Array(finals);
    this.#finalOf = new Int32Array(rows);
    this.finalObservations = new Float32Array(finals * sizes.observation);
    this.finalStates = new Float32Array(finals * sizes.state);
    this.finalMemories = new Float32Array(finals * sizes.memory);
  }

  /** The global state of a row, to write into; only where a state is kept. */
  stateRow(row: number): Float32Array {
    return this.#stateRows[row];
  }

  /** Closed rows of all slots. */
  get rows(): number {
    let total = 0;
    for (let slot = 0; slot < this.slots; slot++) total += this.counts[slot];
    return total;
  }

  /**
   * Adds up what the masks of the closed rows left to choose: rows, rows with one legal action alone, entries of their masks,
   * entries that were forbidden. Nothing where there are no masks.
   *
   * Shapes: sums [>= at + 4].
   */
  addChoices(sums: Writable, at: number): void {
    const { mask, action } = this.sizes;
    if (mask === 0) return;
    for (let slot = 0; slot < this.slots; slot++) {
      const first = slot * this.stride;
      for (let row = first; row < first + this.counts[slot]; row++) {
        let legal = 0;
        for (let i = row * mask; i < (row + 1) * mask; i++) legal += this.masks[i];
        sums[at]++;
        // Of several components each has one action at least.
        if (legal === action) sums[at + 1]++;
        sums[at + 2] += mask;
        sums[at + 3] += mask - legal;
      }
    }
  }

  /** Which of the final observations belongs to a truncated row. */
  finalOf(row: number): number {
    return this.#finalOf[row];
  }

  /** Forgets the closed rows; rows that are still open become the first of their slots. */
  restart(): void {
    for (let slot = 0; slot < this.slots; slot++) {
      if (this.open[slot] === 1 && this.counts[slot] > 0) {
        this.#move(slot * this.stride + this.counts[slot], slot * this.stride);
      }
      this.counts[slot] = 0;
    }
    this.finals = 0;
  }

  /** The number of the row that the slot's agent is about to fill: its open row, if there is one, closes. */
  beginRow(slot: number): number {
    const first = this.open[slot] === 0;
    if (!first) this.counts[slot]++;
    const row = slot * this.stride + this.counts[slot];
    this.open[slot] = 1;
    this.rewards[row] = 0;
    this.terminated[row] = 0;
    this.truncated[row] = 0;
    this.begins[row] = first && this.#waiting[slot] === 0 ? 1 : 0;
    this.#waiting[slot] = 0;
    return row;
  }

  /** Adds to the reward of the slot's open row; without one there is nothing to credit. */
  addReward(slot: number, reward: number): void {
    if (this.open[slot] === 1) this.rewards[slot * this.stride + this.counts[slot]] += reward;
  }

  /** Closes the open row because the game ended or the agent left it. */
  terminate(slot: number): void {
    if (this.open[slot] === 0) return;
    this.terminated[slot * this.stride + this.counts[slot]] = 1;
    this.counts[slot]++;
    this.open[slot] = 0;
  }

  /**
   * Closes the open row because the clock stopped. Returns the number of the entry in `finalObservations` (and `finalStates`)
   * that the caller fills, or -1 when no row was open.
   */
  truncate(slot: number): number {
    if (this.open[slot] === 0) return -1;
    const row = slot * this.stride + this.counts[slot];
    this.truncated[row] = 1;
    this.counts[slot]++;
    this.open[slot] = 0;
    if (this.finals === this.finalRows.length) this.#growFinals();
    this.finalRows[this.finals] = row;
    this.#finalOf[row] = this.finals;
    return this.finals++;
  }

  /** The slot's next turn has come but is not to be played yet: its open row closes. Returns the row for the observation. */
  settle(slot: number): number {
    this.counts[slot]++;
    this.open[slot] = 0;
    this.#waiting[slot] = 1;
    return slot * this.stride + this.counts[slot];
  }

  /** Rows that are still open, and slots whose turn has come, for a checkpoint: plain data. */
  snapshot(): RolloutSnapshot {
    const open: RolloutSnapshot['open'] = [];
    const { observation, mask, action, state, memory } = this.sizes;
    for (let slot = 0; slot < this.slots; slot++) {
      if (this.open[slot] === 0) continue;
      const row = slot * this.stride + this.counts[slot];
      open.push({
        slot,
        observation: [...this.observations.subarray(row * observation, (row + 1) * observation)],
        mask: [...this.masks.subarray(row * mask, (row + 1) * mask)],
        action: [...this.actions.subarray(row * action, (row + 1) * action)],
        state: [...this.states.subarray(row * state, (row + 1) * state)],
        memory: [...this.memories.subarray(row * memory, (row + 1) * memory)],
        logProbability: this.logProbabilities[row],
        reward: this.rewards[row],
        begins: this.begins[row],
      });
    }
    const waiting = Array.from(this.#waiting.keys()).filter((slot) => this.#waiting[slot] === 1);
    return { open, waiting };
  }

  restore(snapshot: RolloutSnapshot): void {
    this.counts.fill(0);
    this.open.fill(0);
    this.#waiting.fill(0);
    for (const slot of snapshot.waiting) this.#waiting[slot] = 1;
    this.finals = 0;
    const { observation, mask, action, state, memory } = this.sizes;
    for (const kept of snapshot.open) {
      const row = kept.slot * this.stride;
      this.open[kept.slot] = 1;
      this.observations.set(kept.observation, row * observation);
      this.masks.set(kept.mask, row * mask);
      this.actions.set(kept.action, row * action);
      this.states.set(kept.state, row * state);
      this.memories.set(kept.memory, row * memory);
      this.logProbabilities[row] = kept.logProbability;
      this.rewards[row] = kept.reward;
      this.begins[row] = kept.begins;
      this.terminated[row] = 0;
      this.truncated[row] = 0;
    }
  }

  #move(from: number, to: number): void {
    const { observation, mask, action, state, memory } = this.sizes;
    this.observations.copyWithin(to * observation, from * observation, (from + 1) * observation);
    this.masks.copyWithin(to * mask, from * mask, (from + 1) * mask);
    this.actions.copyWithin(to * action, from * action, (from + 1) * action);
    this.states.copyWithin(to * state, from * state, (from + 1) * state);
    this.memories.copyWithin(to * memory, from * memory, (from + 1) * memory);
    this.logProbabilities[to] = this.logProbabilities[from];
    this.rewards[to] = this.rewards[from];
    this.begins[to] = this.begins[from];
    this.terminated[to] = 0;
    this.truncated[to] = 0;
  }

  #growFinals(): void {
    const size = this.finalRows.length * 2;
    const grow = (old: Float32Array, width: number) => {
      const grown = new Float32Array(size * width);
      grown.set(old);
      return grown;
    };
    const rows = new Int32Array(size);
    rows.set(this.finalRows);
    this.finalRows = rows;
    this.finalObservations = grow(this.finalObservations, this.sizes.observation);
    this.finalStates = grow(this.finalStates, this.sizes.state);
    this.finalMemories = grow(this.finalMemories, this.sizes.memory);
  }
}

export interface RolloutSnapshot {
  readonly waiting: readonly number[];
  readonly open: {
    readonly slot: number;
    readonly observation: readonly number[];
    readonly mask: readonly number[];
    readonly action: readonly number[];
    readonly state: readonly number[];
    readonly memory: readonly number[];
    readonly logProbability: number;
    readonly reward: number;
    readonly begins: number;
  }[];
}
