import { describe, expect, it } from 'vitest';
import { box, createStreams, defineScripted, layOutAgents, type RoleLayout } from '#core';
import { tower } from './worlds.ts';

const [role] = layOutAgents(tower, { top: 5, limit: 9 }).roles;
const card = { title: 't', description: 'd', source: 's', worlds: ['tower'] };

/** Answers with the number of its turns so far in the row, or, where that is illegal, with the highest legal choice. */
const counter = defineScripted<{ top: number }, { turns: number }>({
  id: 'counter',
  card,
  prepare: ({ env }) => ({ top: (env.params as { top: number }).top }),
  remember: () => ({ turns: 0 }),
  act({ observation, mask, memory }, out, { top }) {
    const wish = Math.min(memory.turns + (observation[0] >= top ? 1 : 0), 2);
    out[0] = mask[wish] === 1 ? wish : mask.lastIndexOf(1);
    memory.turns++;
  },
});

function seat(rows: number, given: RoleLayout = role) {
  const context = { env: { id: 'tower', params: { top: 5 } }, role: given, rows, rng: createStreams(0).stream('act') };
  return counter.createActor(context);
}

function turn(
  actor: ReturnType<typeof seat>,
  rows: number[],
  change: { masks?: number[]; observations?: number[] } = {},
) {
  const actions = new Float64Array(3).fill(-1);
  actor.act({
    rows: Int32Array.from([...rows, 99]),
    count: rows.length,
    observations: Float32Array.from(change.observations ?? [0, 0, 0, 0, 0, 0]),
    masks: Uint8Array.from(change.masks ?? new Array(9).fill(1)),
    actions,
  });
  return [...actions];
}

describe('defineScripted', () => {
  it('acts for the listed rows alone, each with a memory of its own', () => {
    const actor = seat(3);
    expect(turn(actor, [0, 2])).toEqual([0, -1, 0]);
    expect(turn(actor, [2])).toEqual([-1, -1, 1]);
    expect(turn(actor, [0, 1, 2])).toEqual([1, 0, 2]);
  });

  it('hands each row its own observation and mask', () => {
    const actor = seat(3);
    expect(turn(actor, [0, 1, 2], { observations: [0, 0, 5, 0, 0, 0] })).toEqual([0, 1, 0]);
    expect(turn(seat(3), [0, 1, 2], { masks: [0, 1, 0, 1, 0, 0, 0, 0, 1] })).toEqual([1, 0, 2]);
  });

  it('begins an episode with a new memory in that row', () => {
    const actor = seat(3);
    turn(actor, [0, 1]);
    actor.begin(0);
    expect(turn(actor, [0, 1])).toEqual([0, 1, -1]);
  });

  it('goes on from a snapshot, which later turns do not change', () => {
    const actor = seat(3);
    turn(actor, [0, 1]);
    const snapshot = actor.snapshot?.();
    turn(actor, [0, 1, 2]);
    const other = seat(3);
    other.restore?.(snapshot);
    turn(other, [0]);
    other.restore?.(snapshot);
    expect(turn(other, [0, 1, 2])).toEqual([1, 1, 0]);
  });

  it('carries its id and card, and gives box actions their full row', () => {
    expect([counter.id, counter.card]).toEqual(['counter', card]);
    const wide = { ...role, action: box([2], 0, 9), actionSize: 2, maskSize: 0 };
    const filler = defineScripted({
      id: 'filler',
      card,
      prepare: () => null,
      remember: () => null,
      act: ({ mask }, out) => out.fill(mask.length + 7),
    });
    const actor = filler.createActor({
      env: { id: 'x', params: {} },
      role: wide,
      rows: 2,
      rng: createStreams(0).stream('a'),
    });
    const actions = new Float64Array(4);
    actor.act({
      rows: Int32Array.of(1),
      count: 1,
      observations: new Float32Array(4),
      masks: new Uint8Array(0),
      actions,
    });
    expect([...actions]).toEqual([0, 0, 7, 7]);
  });
});
