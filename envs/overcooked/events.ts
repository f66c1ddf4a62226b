import type { Kitchen } from './kitchen.ts';
import type { Menu } from './recipes.ts';
import { dish, onion, soup } from './recipes.ts';
import type { OvercookedState } from './start.ts';

/** What upstream notes about a step, in its order; event k is bit k. Source: overcooked_ai 1.1.0, overcooked_mdp.py, EVENT_TYPES. */
export const eventNames = [
  'tomato_pickup',
  'useful_tomato_pickup',
  'tomato_drop',
  'useful_tomato_drop',
  'potting_tomato',
  'onion_pickup',
  'useful_onion_pickup',
  'onion_drop',
  'useful_onion_drop',
  'potting_onion',
  'dish_pickup',
  'useful_dish_pickup',
  'dish_drop',
  'useful_dish_drop',
  'soup_pickup',
  'soup_delivery',
  'soup_drop',
  'optimal_onion_potting',
  'optimal_tomato_potting',
  'viable_onion_potting',
  'viable_tomato_potting',
  'catastrophic_onion_potting',
  'catastrophic_tomato_potting',
  'useless_onion_potting',
  'useless_tomato_potting',
] as const;

const soupPickup = 14;
export const soupDelivery = 15;
const soupDrop = 16;

/** How the pots stood before anybody acted: upstream does not look again in between. */
export interface PotCount {
  full: number;
  /** Cooking, ready, or begun and not full. */
  inUse: number;
}

/** Written anew in every step. */
export const potCount: PotCount = { full: 0, inUse: 0 };

export function countPots({ potRow, potTick }: OvercookedState, { most, size }: Menu): void {
  potCount.full = 0;
  potCount.inUse = 0;
  for (let p = 0; p < potRow.length; p++) {
    const count = size[potRow[p]];
    const cooks = potTick[p] >= 0;
    if (cooks || count === most) potCount.full++;
    if (cooks || (count > 0 && count < most)) potCount.inUse++;
  }
}

/** Whether a dish is worth taking: none lies about, and fewer are held than pots are in use. */
export function isDishNeeded({ held, counters }: OvercookedState): boolean {
  for (let cell = 0; cell < counters.length; cell++) if (counters[cell] === dish) return false;
  const dishes = (held[0] === dish ? 1 : 0) + (held[1] === dish ? 1 : 0);
  return dishes < potCount.inUse;
}

/** Notes that a player takes `item`, before it is taken. */
export function notePickup(state: OvercookedState, player: number, item: number, { pots }: Kitchen): void {
  if (item >= soup) {
    note(state, player, soupPickup);
    return;
  }
  const event = item === dish ? 10 : item === onion ? 5 : 0;
  note(state, player, event);
  const useful = item === dish ? isDishNeeded(state) : potCount.full < pots.length || state.held[1 - player] === dish;
  if (useful) note(state, player, event + 1);
}

/** Notes that a player puts `item` on a counter, before it lies there. */
export function noteDrop(state: OvercookedState, player: number, item: number, { pots }: Kitchen): void {
  if (item >= soup) {
    note(state, player, soupDrop);
    return;
  }
  const other = state.held[1 - player];
  const event = item === dish ? 12 : item === onion ? 7 : 2;
  note(state, player, event);
  const useful =
    item === dish ? potCount.full === 0 && other !== onion : potCount.full === pots.length && other !== dish;
  if (useful) note(state, player, event + 1);
}

/** Notes that a player puts an ingredient into a pot that held `before` and holds `after` now. */
export function notePotting(
  state: OvercookedState,
  player: number,
  ingredient: number,
  before: number,
  after: number,
  { bestValue }: Menu,
): void {
  const isTomato = ingredient === onion ? 0 : 1;
  note(state, player, ingredient === onion ? 9 : 4);
  const was = bestValue[before];
  const is = bestValue[after];
  if (was === is) note(state, player, 17 + isTomato);
  if (is > 0) note(state, player, 19 + isTomato);
  if (was > 0 && is === 0) note(state, player, 21 + isTomato);
  if (was === 0) note(state, player, 23 + isTomato);
}

export function note({ events }: OvercookedState, player: number, event: number): void {
  events[player] |= 1 << event;
}
