import { bargainingInstances } from '../data/bargaining-instances.ts';
import { actionCount, agree, maxItemValue, maxPoolItems, offerCount, offerItems } from './offers.ts';

export type Triple = readonly [number, number, number];

/** A pool of items and what one of each is worth to each party, with what follows from them. */
export interface Instance {
  readonly pool: Triple;
  readonly values: readonly [Triple, Triple];
  /** 1 for every offer that the pool can serve and for agreeing. Shapes: [actionCount]. */
  readonly legal: Uint8Array;
  /** Utilities of both parties for every split of the pool. */
  readonly feasible: readonly (readonly [number, number])[];
}

/** Which instances an episode may be about. */
export type InstanceChoice =
  | 'all'
  | 'generated'
  | { readonly from: number; readonly to: number }
  | readonly number[]
  | { readonly pool: Triple; readonly values: readonly [Triple, Triple] };

/** The instances of a choice, in order; made once and shared. */
export function instancesOf(choice: InstanceChoice): readonly Instance[] {
  if (choice === 'all') return shippedInstances();
  if (choice === 'generated') return generatedInstances();
  if ('pool' in choice) return [instance(choice.pool, choice.values[0], choice.values[1])];
  if ('from' in choice) return shippedInstances().slice(choice.from, choice.to);
  return choice.map((number) => shippedInstances()[number]);
}

export const shippedCount = 1000;

let shipped: readonly Instance[] | undefined;
let generated: readonly Instance[] | undefined;

/** The 1000 instances of open_spiel 2.0.2 (Apache-2.0). */
export function shippedInstances(): readonly Instance[] {
  shipped ??= bargainingInstances
    .trim()
    .split(/\s+/)
    .map((digits) => {
      const n = Array.from(digits, (digit) => Number.parseInt(digit, 16));
      return instance([n[0], n[1], n[2]], [n[3], n[4], n[5]], [n[6], n[7], n[8]]);
    });
  return shipped;
}

/**
 * Every instance that OpenSpiel's generator can draw; it draws each with the same probability, so drawing one of these by number is
 * the same distribution without its rejections.
 *
 * Source: open_spiel, games/bargaining/bargaining_instance_generator.cc, after Lewis et al. (2017): 5 to 7 items with at least one of
 * each kind; the pool is worth 10 to each party; every kind has a value for someone and some kind for both.
 */
export function generatedInstances(): readonly Instance[] {
  generated ??= poolsOf(5, maxPoolItems).flatMap((pool) => {
    const worth = valuesWorth(pool, maxItemValue);
    return worth.flatMap((a) => worth.filter((b) => interesting(a, b)).map((b) => instance(pool, a, b)));
  });
  return generated;
}

/** What a party gets of the pool, given what the proposer keeps. */
export function utility({ pool, values }: Instance, party: number, proposer: number, offer: number): number {
  const worth = values[party];
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    const kept = offerItems[3 * offer + i];
    sum += worth[i] * (party === proposer ? kept : pool[i] - kept);
  }
  return sum;
}

function instance(pool: Triple, a: Triple, b: Triple): Instance {
  const legal = new Uint8Array(actionCount);
  legal[agree] = 1;
  const split = { pool, values: [a, b], legal, feasible: [] as (readonly [number, number])[] } satisfies Instance;
  for (let offer = 0; offer < offerCount; offer++) {
    if (!pool.every((count, i) => offerItems[3 * offer + i] <= count)) continue;
    legal[offer] = 1;
    split.feasible.push([utility(split, 0, 0, offer), utility(split, 1, 0, offer)]);
  }
  return split;
}

function poolsOf(fewest: number, most: number): Triple[] {
  const pools: Triple[] = [];
  for (let book = 1; book <= most; book++) {
    for (let hat = 1; hat <= most; hat++) {
      for (let ball = 1; ball <= most; ball++) {
        const sum = book + hat + ball;
        if (sum >= fewest && sum <= most) pools.push([book, hat, ball]);
      }
    }
  }
  return pools;
}

function valuesWorth([book, hat, ball]: Triple, total: number): Triple[] {
  const found: Triple[] = [];
  for (let x = 0; x * book <= total; x++) {
    for (let y = 0; x * book + y * hat <= total; y++) {
      const left = total - x * book - y * hat;
      if (left % ball === 0) found.push([x, y, left / ball]);
    }
  }
  return found;
}

function interesting(a: Triple, b: Triple): boolean {
  return a.every((value, i) => value + b[i] > 0) && a.some((value, i) => value > 0 && b[i] > 0);
}
