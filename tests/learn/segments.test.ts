import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreams } from '#core';
import { Rollout } from '#learn/rollout';
import { Segments } from '#learn/segments';

const sizes = { observation: 1, mask: 2, action: 1, state: 1, memory: 1 };
const parts = [{ agents: 2, sizes }];

/** What an episode does after a moment. */
const fates = ['goes on', 'terminates', 'is cut off'] as const;
type Fate = (typeof fates)[number];

/** Moments of one env of two agents, each with a number of its own, and what they are followed by. */
interface Moment {
  readonly number: number;
  readonly begins: boolean;
  readonly fate: Fate;
  /** The number that is seen next; null where the game ended. */
  readonly next: number | null;
}

/** Plays fates into a rollout: agent i sees 10 * number + i, remembers it, does number, is paid number + 1. */
function play(rollout: Rollout, fateList: readonly Fate[], from = 1): Moment[] {
  const moments: Moment[] = [];
  let number = from;
  let begins = true;
  rollout.restart();
  for (const fate of fateList) {
    for (let slot = 0; slot < rollout.slots; slot++) {
      const row = rollout.beginRow(slot);
      rollout.observations[row] = 10 * number + slot;
      rollout.memories[row] = 10 * number + slot;
      rollout.masks.set([1, number % 2], 2 * row);
      rollout.actions[row] = number;
      rollout.states[row] = 100 * number;
      rollout.addReward(slot, number + 1);
      if (fate === 'terminates') rollout.terminate(slot);
      if (fate !== 'is cut off') continue;
      const final = rollout.truncate(slot);
      rollout.finalObservations[final] = 10 * (number + 0.5) + slot;
      rollout.finalStates[final] = 100 * (number + 0.5);
    }
    const cut = fate === 'is cut off';
    moments.push({ number, begins, fate, next: fate === 'terminates' ? null : cut ? number + 0.5 : number + 1 });
    begins = fate !== 'goes on';
    number++;
  }
  if (!begins) {
    for (let slot = 0; slot < rollout.slots; slot++) {
      const row = rollout.settle(slot);
      rollout.observations[row] = 10 * number + slot;
      rollout.masks.set([1, number % 2], 2 * row);
      rollout.states[row] = 100 * number;
    }
  }
  return moments;
}

/** Reads the moments back out of every segment. */
function read(segments: Segments): Moment[] {
  const batch = segments.createBatch(segments.filled);
  for (let k = 0; k < segments.filled; k++) segments.copyOut(k, batch, k);
  const { places } = segments;
  const moments: Moment[] = [];
  const [part] = batch.parts;
  for (let k = 0; k < segments.filled; k++) {
    for (let t = 0; t < places; t++) {
      const at = k * places + t;
      if (batch.held[at] === 0) continue;
      const seen = (place: number, agent: number) => part.observations[(k * 2 + agent) * places + place];
      const number = seen(t, 0) / 10;
      const ended = batch.terminated[at] === 1;
      const lookedAt = !ended && batch.held[at + 1] === 0;
      if (!ended) {
        expect(seen(t + 1, 1)).toBe(seen(t + 1, 0) + 1);
        expect(batch.states[at + 1]).toBe(10 * seen(t + 1, 0));
        expect(batch.begins[at + 1]).toBe(0);
      }
      expect(batch.truncated[at]).toBe(lookedAt ? 1 : 0);
      expect([seen(t, 1), part.actions[2 * k * places + t]]).toEqual([10 * number + 1, number]);
      expect([batch.rewards[at], batch.states[at]]).toEqual([number + 1, 100 * number]);
      expect([...part.masks.subarray(2 * (2 * k * places + t)).subarray(0, 2)]).toEqual([1, number % 2]);
      if (t === 0) expect([part.memories[2 * k], part.memories[2 * k + 1]]).toEqual([10 * number, 10 * number + 1]);
      const next = ended ? null : seen(t + 1, 0) / 10;
      const cut = next !== null && next !== number + 1;
      const fate = ended ? 'terminates' : cut ? 'is cut off' : 'goes on';
      moments.push({ number, begins: batch.begins[at] === 1, fate, next });
    }
  }
  return moments;
}

describe('segments', () => {
  it('hold every moment once, in order, with what it is followed by, however episodes end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...fates), { maxLength: 20 }),
        fc.integer({ min: 1, max: 7 }),
        (list, steps) => {
          const rollout = new Rollout(2, 20, sizes);
          const moments = play(rollout, list);
          const segments = new Segments(Math.max(1, Segments.most(rollout, 2, steps)), steps, parts);
          segments.remember([rollout]);
          expect(read(segments)).toEqual(moments);
          expect(segments.moments).toBe(list.length);
        },
      ),
    );
  });

  it('let the oldest give way and count the moments that are left', () => {
    const rollout = new Rollout(2, 5, sizes);
    const segments = new Segments(2, 2, parts);
    for (const from of [1, 11]) {
      play(rollout, ['goes on', 'goes on', 'terminates'], from);
      segments.remember([rollout]);
    }
    // Each rollout came to a segment of two moments and one of one.
    expect(segments.moments).toBe(3);
    expect(read(segments).map(({ number }) => number)).toEqual([11, 12, 13]);
  });

  it('are drawn alike after a snapshot', () => {
    const rollout = new Rollout(2, 9, sizes);
    play(rollout, ['goes on', 'is cut off', 'goes on', 'goes on', 'terminates', 'goes on']);
    const segments = new Segments(4, 2, parts);
    segments.remember([rollout]);
    const other = new Segments(4, 2, parts);
    other.restore(structuredClone(segments.snapshot()));
    expect([other.filled, other.moments]).toEqual([segments.filled, segments.moments]);
    const [a, b] = [segments, other].map((each) => {
      const batch = each.createBatch(8);
      each.remember([rollout]);
      each.sample(createStreams('draws').stream('replay'), 8, batch);
      return batch;
    });
    expect(b).toEqual(a);
  });

  it('take the bytes that are stated before a run', () => {
    const uneven = [
      { agents: 3, sizes: { observation: 7, mask: 5, action: 2, state: 11, memory: 4 } },
      { agents: 1, sizes: { observation: 2, mask: 0, action: 1, state: 6, memory: 4 } },
    ];
    const columns = new Segments(3, 4, uneven).createBatch(10);
    const arrays = [...columns.parts.flatMap((part) => Object.values(part)), ...Object.values(columns)].filter((each) =>
      ArrayBuffer.isView(each),
    );
    expect(Segments.bytes(10, 4, uneven)).toBe(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  });

  it('are refused where agents of a team do not end together', () => {
    const rollout = new Rollout(2, 3, sizes);
    for (const slot of [0, 1]) rollout.beginRow(slot);
    rollout.terminate(0);
    rollout.truncate(1);
    expect(() => new Segments(4, 2, parts).remember([rollout])).toThrow('mixes the values of agents that act together');
  });
});
