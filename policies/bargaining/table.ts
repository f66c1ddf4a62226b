import { type ActorContext, describeSpace } from '#core';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';

/** Which numbers of the observation and of the action mean what; read once for a role. */
export interface TableLayout {
  readonly offersMade: Stretch;
  /** One stretch for each kind of item, all three in the same order. */
  readonly pool: readonly Stretch[];
  readonly values: readonly Stretch[];
  readonly offer: readonly Stretch[];
  /** Most that one item can be worth. */
  readonly maxValue: number;
  /** Offers that the game allows in all; the last one cannot be accepted. */
  readonly maxTurns: number;
  /** The action that accepts. */
  readonly agree: number;
  /** What each offer keeps for the one who makes it. Shapes: [actions, kinds]. */
  readonly keeps: Int32Array;
}

/**
 * What one party sees of the talk, in numbers. Made once, filled anew at every turn.
 *
 * Units: utilities in points; `total` is what the whole pool is worth to this party.
 */
export interface Table {
  readonly pool: Int32Array;
  readonly values: Int32Array;
  /** What the other keeps by the standing offer. */
  readonly asked: Int32Array;
  /** Offers made so far by both; 0 means that nothing stands. */
  made: number;
  total: number;
}

/**
 * Reads the layout of a bargaining role from the names of its fields (`offersMade`, `pool/…`, `values/…`, `offer/…`) and of its
 * actions (`keep 1 0 2`, `agree`).
 *
 * Throws: PolityError (input) when the role is not one of alternating offers over a pool of items.
 */
export function tableLayout(policy: string, context: ActorContext): TableLayout {
  const { observation, action } = context.role;
  const offersMade = findField(observation, 'offersMade');
  const kinds = (observation.fields ?? []).flatMap(({ name }) => (name.startsWith('pool/') ? [name.slice(5)] : []));
  const list = (group: string) => kinds.map((kind) => findField(observation, `${group}/${kind}`));
  const [pool, values, offer] = [list('pool'), list('values'), list('offer')];
  if (offersMade === undefined || kinds.length === 0 || !allFound(pool) || !allFound(values) || !allFound(offer)) {
    throw refusal(policy, context, {
      got: observation.fields?.map(({ name }) => name).join(', ') ?? 'an observation without names',
      expected: 'the fields offersMade, pool/…, values/… and offer/… of a bargaining world',
      remedy: 'Seat it in bargaining',
    });
  }
  const labels = action.kind === 'discrete' ? (action.labels ?? []) : [];
  const agree = labels.indexOf('agree');
  const rows = labels.map((label, i) => (i === agree ? kinds.map(() => -1) : keepsOf(label, kinds.length)));
  if (agree < 0 || rows.some((row) => row === undefined)) {
    throw refusal(policy, context, {
      got: describeSpace(action),
      expected: `actions named "agree" and "keep ${kinds.map(() => 'n').join(' ')}"`,
      remedy: 'Seat it in bargaining',
    });
  }
  return {
    offersMade,
    pool,
    values,
    offer,
    maxValue: values[0].size - 1,
    maxTurns: offersMade.size - 1,
    agree,
    keeps: Int32Array.from(rows.flatMap((row) => row ?? [])),
  };
}

export function createTable({ pool }: TableLayout): Table {
  const kinds = pool.length;
  const numbers = () => new Int32Array(kinds);
  return { pool: numbers(), values: numbers(), asked: numbers(), made: 0, total: 0 };
}

export function readTable(layout: TableLayout, observation: Float32Array, table: Table): void {
  const { pool, values, asked } = table;
  table.made = Math.max(0, hotIndex(observation, layout.offersMade));
  table.total = 0;
  for (let i = 0; i < pool.length; i++) {
    pool[i] = quantity(observation, layout.pool[i]);
    values[i] = quantity(observation, layout.values[i]);
    asked[i] = quantity(observation, layout.offer[i]);
    table.total += pool[i] * values[i];
  }
}

/**
 * What an offer of one's own, or the standing offer of the other (`agree`), brings this party, as a share of the whole pool's worth. A
 * pool that is worth nothing counts as 1 in every split: there is nothing to be had.
 */
export function ownShare({ keeps, agree }: TableLayout, { pool, values, asked, total }: Table, action: number): number {
  if (total === 0) return 1;
  let sum = 0;
  for (let i = 0; i < pool.length; i++) {
    sum += values[i] * (action === agree ? pool[i] - asked[i] : keeps[action * pool.length + i]);
  }
  return sum / total;
}

/** How far the talk has come: 0 at the first offer, 1 at the last turn, when accepting is all that is left. */
export function relativeTime({ maxTurns }: TableLayout, { made }: Table): number {
  return maxTurns > 1 ? made / (maxTurns - 1) : 0;
}

/** A thermometer: q of something sets the first q + 1 bits. All zero (no offer yet) reads as 0. */
function quantity(observation: Float32Array, { at, size }: Stretch): number {
  let ones = 0;
  while (ones < size && observation[at + ones] > 0.5) ones++;
  return Math.max(0, ones - 1);
}

function keepsOf(label: string, kinds: number): number[] | undefined {
  const [word, ...counts] = label.split(' ');
  const numbers = counts.map(Number);
  return word === 'keep' && counts.length === kinds && numbers.every(Number.isInteger) ? numbers : undefined;
}

function allFound(list: readonly (Stretch | undefined)[]): list is readonly Stretch[] {
  return list.every((stretch) => stretch !== undefined);
}
