import type { Rng } from '#core';
import { commonMoments, requireCommonEpisodes } from './common-moments.ts';
import { copyByteRow, copyRow } from './copy-numbers.ts';
import type { ReplayPart } from './replay.ts';
import type { Rollout } from './rollout.ts';

/** What segments hold of one policy. Shapes: C segments, A agents, T places: [C, A, T, ...], memories [C, A, H]. */
export interface SegmentPart {
  readonly observations: Float32Array;
  readonly masks: Uint8Array;
  readonly actions: Float32Array;
  /** What each agent remembered before the first place. */
  readonly memories: Float32Array;
}

/** Segments side by side. Shapes: states [C, T, G], of the first agent; the others [C, T]. */
export interface SegmentColumns {
  readonly parts: readonly SegmentPart[];
  readonly states: Float32Array;
  readonly rewards: Float32Array;
  /** 1 where something was done; the other places are looked at, or empty. */
  readonly held: Uint8Array;
  /** 1 where an episode begins, so that memories are empty. */
  readonly begins: Uint8Array;
  readonly terminated: Uint8Array;
  /** 1 where what was done is followed by a place that is only looked at: the clock stopped there, or the segment ends. */
  readonly truncated: Uint8Array;
}

/** Plain data; columns cut to what is filled. */
export interface SegmentsSnapshot {
  readonly filled: number;
  readonly next: number;
  readonly columns: SegmentColumns;
}

/**
 * Stretches of consecutive moments that one shard has lived through, in flat memory; the oldest give way. A stretch may hold
 * several episodes. Each moment is followed by the one that its value is bootstrapped from: the next moment, or, where a clock
 * or the end of the stretch cut it off, a place that only holds what was seen then. What agents remembered when a stretch began
 * is kept with it.
 *
 * Shapes: T places a segment, of which at most T - 1 are moments.
 * Source: Kapturowski et al. (2019), "Recurrent experience replay in distributed reinforcement learning" (stored states).
 */
export class Segments {
  /** T. */
  readonly places: number;
  readonly capacity: number;
  /** Segments held, and moments in them. */
  filled = 0;
  moments = 0;
  readonly #parts: readonly ReplayPart[];
  readonly #agents: readonly number[];
  readonly #columns: SegmentColumns;
  #next = 0;

  /** @param steps Moments of a segment at most. */
  constructor(capacity: number, steps: number, parts: readonly ReplayPart[]) {
    this.capacity = capacity;
    this.places = steps + 1;
    this.#parts = parts;
    this.#agents = parts.map(({ agents }) => agents);
    this.#columns = createColumns(capacity, this.places, parts);
  }

  /** Bytes of so many segments. */
  static bytes(capacity: number, steps: number, parts: readonly ReplayPart[]): number {
    const places = steps + 1;
    const rows = parts.map(({ agents, sizes: { observation, mask, action, memory } }) => {
      return agents * (places * (4 * (observation + action) + mask) + 4 * memory);
    });
    const shared = places * (4 * (parts[0].sizes.state + 1) + 4);
    return capacity * rows.reduce((sum, bytes) => sum + bytes, shared);
  }

  /** How many segments the rollouts of a shard can come to at most. */
  static most(rollout: Rollout, agents: number, steps: number): number {
    // Where the clock stops after every moment, every other place is only looked at.
    return (rollout.slots / agents) * Math.ceil((rollout.stride - 1) / Math.ceil(steps / 2));
  }

  /** Takes in the closed rows of a shard, one rollout for each part. */
  remember(rollouts: readonly Rollout[]): void {
    const envs = rollouts[0].slots / this.#agents[0];
    for (let e = 0; e < envs; e++) {
      const count = commonMoments(rollouts, this.#agents, e);
      requireCommonEpisodes(rollouts, this.#agents, e, count);
      for (let t = 0; t < count; ) t = this.#add(rollouts, e, t, count);
    }
  }

  clear(): void {
    this.filled = 0;
    this.moments = 0;
    this.#next = 0;
  }

  createBatch(segments: number): SegmentColumns {
    return createColumns(segments, this.places, this.#parts);
  }

  /** Draws `count` segments with replacement. */
  sample(rng: Rng, count: number, batch: SegmentColumns): void {
    for (let k = 0; k < count; k++) this.copyOut(rng.integer(0, this.filled), batch, k);
  }

  copyOut(segment: number, batch: SegmentColumns, k: number): void {
    const { places } = this;
    const columns = this.#columns;
    for (let p = 0; p < this.#parts.length; p++) {
      const { agents, sizes } = this.#parts[p];
      const from = columns.parts[p];
      const to = batch.parts[p];
      copyRow(from.observations, segment, to.observations, k, agents * places * sizes.observation);
      copyByteRow(from.masks, segment, to.masks, k, agents * places * sizes.mask);
      copyRow(from.actions, segment, to.actions, k, agents * places * sizes.action);
      copyRow(from.memories, segment, to.memories, k, agents * sizes.memory);
    }
    copyRow(columns.states, segment, batch.states, k, places * this.#parts[0].sizes.state);
    copyRow(columns.rewards, segment, batch.rewards, k, places);
    copyByteRow(columns.held, segment, batch.held, k, places);
    copyByteRow(columns.begins, segment, batch.begins, k, places);
    copyByteRow(columns.terminated, segment, batch.terminated, k, places);
    copyByteRow(columns.truncated, segment, batch.truncated, k, places);
  }

  snapshot(): SegmentsSnapshot {
    const columns = createColumns(this.filled, this.places, this.#parts);
    for (let segment = 0; segment < this.filled; segment++) this.copyOut(segment, columns, segment);
    return { filled: this.filled, next: this.#next, columns };
  }

  restore({ filled, next, columns }: SegmentsSnapshot): void {
    const own = this.#columns;
    columns.parts.forEach((part, p) => {
      own.parts[p].observations.set(part.observations);
      own.parts[p].masks.set(part.masks);
      own.parts[p].actions.set(part.actions);
      own.parts[p].memories.set(part.memories);
    });
    own.states.set(columns.states);
    own.rewards.set(columns.rewards);
    own.held.set(columns.held);
    own.begins.set(columns.begins);
    own.terminated.set(columns.terminated);
    own.truncated.set(columns.truncated);
    this.filled = filled;
    this.#next = next;
    this.moments = columns.held.reduce((sum, held) => sum + held, 0);
  }

  /** Fills one segment with moments of env e from t on; returns the first that had no place. */
  #add(rollouts: readonly Rollout[], e: number, first: number, count: number): number {
    const { places } = this;
    const { rewards, held, begins, terminated, truncated } = this.#columns;
    const segment = this.#next;
    const at = segment * places;
    if (this.filled === this.capacity) for (let i = 0; i < places; i++) this.moments -= held[at + i];
    for (const column of [held, begins, terminated, truncated]) column.fill(0, at, at + places);
    rewards.fill(0, at, at + places);
    this.#putMemories(rollouts, e, first, segment);
    const [rollout] = rollouts;
    const agents = this.#agents[0];
    let place = 0;
    let t = first;
    for (; t < count && place + 1 < places; t++) {
      const row = e * agents * rollout.stride + t;
      this.#put(rollouts, e, t, segment, place, false);
      // Agents of a team are rewarded alike; the mean is that reward, whatever the rounding of each.
      let reward = 0;
      for (let i = 0; i < agents; i++) reward += rollout.rewards[row + i * rollout.stride];
      rewards[at + place] = reward / agents;
      held[at + place] = 1;
      begins[at + place] = rollout.begins[row];
      terminated[at + place] = rollout.terminated[row];
      if (rollout.truncated[row] === 1) this.#cutOff(rollouts, e, t, segment, place++, true);
      place++;
      this.moments++;
    }
    const last = at + place - 1;
    if (held[last] === 1 && terminated[last] === 0) this.#cutOff(rollouts, e, t - 1, segment, place - 1, false);
    this.#next = (this.#next + 1) % this.capacity;
    this.filled = Math.min(this.capacity, this.filled + 1);
    return t;
  }

  /** What comes after moment t, at `place`, is only looked at: the final observation, or the next moment. */
  #cutOff(rollouts: readonly Rollout[], e: number, t: number, segment: number, place: number, final: boolean): void {
    this.#columns.truncated[segment * this.places + place] = 1;
    this.#put(rollouts, e, final ? t : t + 1, segment, place + 1, final);
  }

  /** Copies what every agent of env e saw and did in moment t, or saw when the clock stopped after it. */
  #put(rollouts: readonly Rollout[], e: number, t: number, segment: number, place: number, final: boolean): void {
    for (let p = 0; p < rollouts.length; p++) {
      const rollout = rollouts[p];
      const { agents, sizes } = this.#parts[p];
      const to = this.#columns.parts[p];
      for (let i = 0; i < agents; i++) {
        const row = (e * agents + i) * rollout.stride + t;
        const target = (segment * agents + i) * this.places + place;
        if (final) {
          const { finalObservations, finalStates } = rollout;
          const number = rollout.finalOf(row);
          copyRow(finalObservations, number, to.observations, target, sizes.observation);
          // Nobody acts when the clock has stopped, so no choice is known to be illegal.
          to.masks.fill(1, target * sizes.mask, (target + 1) * sizes.mask);
          if (p === 0 && i === 0) this.#putState(finalStates, number, segment, place);
          continue;
        }
        copyRow(rollout.observations, row, to.observations, target, sizes.observation);
        copyByteRow(rollout.masks, row, to.masks, target, sizes.mask);
        copyRow(rollout.actions, row, to.actions, target, sizes.action);
        if (p === 0 && i === 0) this.#putState(rollout.states, row, segment, place);
      }
    }
  }

  #putState(states: Float32Array, row: number, segment: number, place: number): void {
    copyRow(states, row, this.#columns.states, segment * this.places + place, this.#parts[0].sizes.state);
  }

  #putMemories(rollouts: readonly Rollout[], e: number, t: number, segment: number): void {
    for (let p = 0; p < rollouts.length; p++) {
      const { agents, sizes } = this.#parts[p];
      for (let i = 0; i < agents; i++) {
        const row = (e * agents + i) * rollouts[p].stride + t;
        copyRow(rollouts[p].memories, row, this.#columns.parts[p].memories, segment * agents + i, sizes.memory);
      }
    }
  }
}

function createColumns(segments: number, places: number, parts: readonly ReplayPart[]): SegmentColumns {
  const moments = segments * places;
  return {
    parts: parts.map(({ agents, sizes }) => ({
      observations: new Float32Array(moments * agents * sizes.observation),
      masks: new Uint8Array(moments * agents * sizes.mask),
      actions: new Float32Array(moments * agents * sizes.action),
      memories: new Float32Array(segments * agents * sizes.memory),
    })),
    states: new Float32Array(moments * parts[0].sizes.state),
    rewards: new Float32Array(moments),
    held: new Uint8Array(moments),
    begins: new Uint8Array(moments),
    terminated: new Uint8Array(moments),
    truncated: new Uint8Array(moments),
  };
}
