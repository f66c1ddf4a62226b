import { describe, expect, it } from 'vitest';
import { Rollout } from '#learn/rollout';

const sizes = { observation: 1, mask: 0, action: 1, state: 0, memory: 0 };

describe('a row runs from one turn to the next', () => {
  it('adds up what arrives between two turns into the row of the last action', () => {
    const rollout = new Rollout(1, 3, sizes);
    const first = rollout.beginRow(0);
    rollout.addReward(0, 1);
    rollout.addReward(0, 2);
    const second = rollout.beginRow(0);
    rollout.addReward(0, 5);
    rollout.terminate(0);
    expect([rollout.rewards[first], rollout.rewards[second]]).toEqual([3, 5]);
    expect([rollout.terminated[first], rollout.terminated[second]]).toEqual([0, 1]);
    expect(rollout.rows).toBe(2);
  });

  it('gives no credit to an agent that has not acted yet', () => {
    const rollout = new Rollout(1, 2, sizes);
    rollout.addReward(0, 7);
    rollout.terminate(0);
    expect(rollout.rows).toBe(0);
  });

  it('carries an open row over into the next rollout with what it has earned', () => {
    const rollout = new Rollout(1, 2, sizes);
    rollout.beginRow(0);
    rollout.terminate(0);
    const open = rollout.beginRow(0);
    rollout.observations[open] = 9;
    rollout.addReward(0, 4);
    rollout.restart();
    expect([rollout.rows, rollout.open[0], rollout.observations[0], rollout.rewards[0]]).toEqual([0, 1, 9, 4]);
    rollout.addReward(0, 1);
    rollout.beginRow(0);
    expect([rollout.rows, rollout.rewards[0]]).toEqual([1, 5]);
  });

  it('keeps the row that a clock stopped, apart from those that the game ended', () => {
    const rollout = new Rollout(2, 2, sizes);
    rollout.beginRow(0);
    rollout.beginRow(1);
    rollout.terminate(0);
    expect(rollout.truncate(0)).toBe(-1);
    expect(rollout.truncate(1)).toBe(0);
    expect(rollout.finalRows[0]).toBe(rollout.stride);
    expect([...rollout.truncated.filter((_, row) => row % rollout.stride === 0)]).toEqual([0, 1]);
  });

  it('begins no episode where a turn has come that only the next rollout plays, also after a snapshot', () => {
    const rollout = new Rollout(2, 2, sizes);
    for (const slot of [0, 1]) rollout.beginRow(slot);
    rollout.settle(0);
    rollout.terminate(1);
    rollout.restart();
    const other = new Rollout(2, 2, sizes);
    other.restore(structuredClone(rollout.snapshot()));
    for (const next of [rollout, other]) {
      expect([0, 1].map((slot) => next.begins[next.beginRow(slot)])).toEqual([0, 1]);
      next.terminate(0);
      expect(next.begins[next.beginRow(0)]).toBe(1);
    }
  });

  it('comes back from a snapshot with its open rows', () => {
    const rollout = new Rollout(2, 2, sizes);
    const row = rollout.beginRow(1);
    rollout.observations[row] = 3;
    rollout.actions[row] = 2;
    rollout.addReward(1, 6);
    const other = new Rollout(2, 2, sizes);
    other.restore(structuredClone(rollout.snapshot()));
    expect([...other.open]).toEqual([0, 1]);
    expect([other.observations[row], other.actions[row], other.rewards[row]]).toEqual([3, 2, 6]);
  });
});

describe('what masks left to choose', () => {
  it('counts closed rows, those with one action, entries and forbidden entries', () => {
    const rollout = new Rollout(1, 4, { ...sizes, mask: 3 });
    const masks = [
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
    ];
    for (const mask of masks) rollout.masks.set(mask, 3 * rollout.beginRow(0));
    const open = [0, 0, 0, 0];
    rollout.addChoices(open, 0);
    // The third row is still open.
    expect(open).toEqual([2, 1, 6, 3]);
    rollout.terminate(0);
    const closed = [0, 0, 0, 0];
    rollout.addChoices(closed, 0);
    expect(closed).toEqual([3, 1, 9, 3]);
  });

  it('calls a turn forced where every one of several components has one action', () => {
    const rollout = new Rollout(1, 2, { ...sizes, mask: 4, action: 2 });
    rollout.masks.set([0, 1, 1, 0], 4 * rollout.beginRow(0));
    rollout.masks.set([1, 1, 1, 0], 4 * rollout.beginRow(0));
    rollout.terminate(0);
    const sums = [0, 0, 0, 0];
    rollout.addChoices(sums, 0);
    expect(sums).toEqual([2, 1, 8, 3]);
  });

  it('says nothing where everything is always legal', () => {
    const rollout = new Rollout(1, 2, sizes);
    rollout.beginRow(0);
    rollout.terminate(0);
    const sums = [0, 0, 0, 0];
    rollout.addChoices(sums, 0);
    expect(sums).toEqual([0, 0, 0, 0]);
  });
});
