import { defineScripted, type Policy } from '#core';
import { OtherModel } from './other-model.ts';
import { createTable, ownShare, readTable, relativeTime, type Table, type TableLayout, tableLayout } from './table.ts';

/** Utilities are multiples of 1/total; this is far below any difference between two of them. */
export const tolerance = 1e-9;

/** What a negotiator knows when it is its turn. */
export interface Turn {
  readonly layout: TableLayout;
  readonly table: Table;
  readonly model: OtherModel;
  /** 1 for every offer that the pool can serve. */
  readonly mask: Uint8Array;
  /** 0 at the first offer, 1 at the last turn. */
  readonly time: number;
  /** Whether no further offer can be accepted, so that accepting is all that is left. */
  readonly last: boolean;
}

interface NegotiatorSpec {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly source: string;
  /** The offer to make, as an action number. */
  propose(turn: Turn): number;
  /** Whether an offer that brings `share` of the pool's worth is good enough; `proposal` is what it would offer itself. */
  accepts(share: number, turn: Turn, proposal: number): boolean;
}

interface Setup {
  readonly layout: TableLayout;
  readonly table: Table;
  readonly model: OtherModel;
}

/** The other's offers so far: the number of offers made when the last of them was seen, and what each kept. */
interface Memory {
  seen: number;
  readonly offers: number[];
}

/** A scripted party to alternating offers: it answers the standing offer first and, if it refuses, makes its own. */
export function defineNegotiator(spec: NegotiatorSpec): Policy {
  return defineScripted<Setup, Memory>({
    id: spec.id,
    card: { title: spec.title, description: spec.description, source: spec.source, worlds: ['bargaining'] },
    prepare(context) {
      const layout = tableLayout(spec.id, context);
      return {
        layout,
        table: createTable(layout),
        model: new OtherModel(layout.pool.length, layout.maxValue),
      };
    },
    remember: () => ({ seen: 0, offers: [] }),
    act({ observation, mask, memory }, out, { layout, table, model }) {
      readTable(layout, observation, table);
      if (table.made > memory.seen) {
        memory.seen = table.made;
        for (const kept of table.asked) memory.offers.push(kept);
      }
      model.estimate(table, memory.offers);
      const time = relativeTime(layout, table);
      const turn = { layout, table, model, mask, time, last: table.made >= layout.maxTurns - 1 };
      const proposal = spec.propose(turn);
      const mayAccept = mask[layout.agree] !== 0;
      const accept = mayAccept && spec.accepts(ownShare(layout, table, layout.agree), turn, proposal);
      out[0] = accept ? layout.agree : proposal;
    },
  });
}

/**
 * The offer that brings this party least, but at least `target` of the pool's worth; among equals the one that the other is thought to
 * like best, then the lowest action number.
 *
 * Units: target and shares in 0..1 of what the whole pool is worth.
 */
export function leastAbove({ layout, table, model, mask }: Turn, target: number): number {
  let best = -1;
  let bestOwn = 0;
  let bestLeft = 0;
  for (let action = 0; action < mask.length; action++) {
    if (mask[action] === 0 || action === layout.agree) continue;
    const own = ownShare(layout, table, action);
    if (own < target - tolerance) continue;
    const left = model.shareLeft(table, layout.keeps, action * table.pool.length);
    const better = best < 0 || own < bestOwn - tolerance || (own < bestOwn + tolerance && left > bestLeft + tolerance);
    if (!better) continue;
    best = action;
    bestOwn = own;
    bestLeft = left;
  }
  return best;
}
