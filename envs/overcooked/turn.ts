import { countPots, isDishNeeded, note, noteDrop, notePickup, notePotting, soupDelivery } from './events.ts';
import { counter, dishes, free, type Kitchen, onions, pot, serving, tomatoes } from './kitchen.ts';
import type { OvercookedParams } from './params.ts';
import { dish, nothing, onion, soup, tomato, withIngredient } from './recipes.ts';
import type { OvercookedState } from './start.ts';

export const actionNames = ['north', 'south', 'east', 'west', 'stay', 'interact'] as const;

const stay = 4;
const interact = 5;

/**
 * What players do with what they face, the first before the second, from where they stood.
 *
 * Source: overcooked_ai 1.1.0, overcooked_mdp.py, resolve_interacts; HEAD 739950a for the old dynamics.
 */
export function resolveInteracts(
  state: OvercookedState,
  actions: Float64Array,
  kitchen: Kitchen,
  params: OvercookedParams,
): void {
  state.sparse.fill(0);
  state.shaped.fill(0);
  state.events.fill(0);
  countPots(state, kitchen.menu);
  for (let p = 0; p < 2; p++) if (actions[p] === interact) useFaced(state, p, kitchen, params);
}

function useFaced(
  state: OvercookedState,
  p: number,
  kitchen: Kitchen,
  { shaping, oldDynamics }: OvercookedParams,
): void {
  const { held, counters, shaped } = state;
  const faced = state.places[p] + kitchen.offsets[state.facing[p]];
  const kind = kitchen.cells[faced];
  const item = held[p];
  if (kind === counter) {
    if (item !== nothing && counters[faced] === nothing) {
      noteDrop(state, p, item, kitchen);
      counters[faced] = item;
      held[p] = nothing;
    } else if (item === nothing && counters[faced] !== nothing) {
      notePickup(state, p, counters[faced], kitchen);
      held[p] = counters[faced];
      counters[faced] = nothing;
    }
  } else if (kind === pot) usePot(state, p, kitchen.potAt[faced], kitchen, shaping, oldDynamics);
  else if (kind === serving) {
    if (item < soup) return;
    state.sparse[p] += kitchen.menu.value[item - soup];
    state.served[p]++;
    held[p] = nothing;
    note(state, p, soupDelivery);
  } else if (item === nothing) {
    if (kind === onions) {
      notePickup(state, p, onion, kitchen);
      held[p] = onion;
    } else if (kind === tomatoes) held[p] = tomato;
    else if (kind === dishes) {
      notePickup(state, p, dish, kitchen);
      if (isDishNeeded(state)) shaped[p] += shaping.dishPickup;
      held[p] = dish;
    }
  }
}

function usePot(
  state: OvercookedState,
  p: number,
  at: number,
  kitchen: Kitchen,
  shaping: OvercookedParams['shaping'],
  oldDynamics: boolean,
): void {
  const { held, potRow, potTick, shaped } = state;
  const { menu } = kitchen;
  const row = potRow[at];
  const item = held[p];
  if (item === nothing) {
    if (!oldDynamics && row > 0 && potTick[at] < 0) potTick[at] = 0;
  } else if (item === dish) {
    if (potTick[at] < 0 || potTick[at] < menu.cookTime[row]) return;
    notePickup(state, p, soup + row, kitchen);
    held[p] = soup + row;
    potRow[at] = 0;
    potTick[at] = -1;
    shaped[p] += shaping.soupPickup;
  } else if (item < soup && potTick[at] < 0 && menu.size[row] < menu.most) {
    const after = withIngredient(row, item, menu.size[row]);
    potRow[at] = after;
    held[p] = nothing;
    shaped[p] += shaping.potPlacement;
    notePotting(state, p, item, row, after, menu);
  }
}

/** Turns and moves both; who would share a cell or change places stays, turned. */
export function resolveMovement(
  { places, facing }: OvercookedState,
  actions: Float64Array,
  { cells, offsets }: Kitchen,
): void {
  const first = targetOf(places[0], actions[0], cells, offsets);
  const second = targetOf(places[1], actions[1], cells, offsets);
  if (actions[0] < stay) facing[0] = actions[0];
  if (actions[1] < stay) facing[1] = actions[1];
  if (first === second || (first === places[1] && second === places[0])) return;
  places[0] = first;
  places[1] = second;
}

function targetOf(place: number, action: number, cells: Uint8Array, offsets: Kitchen['offsets']): number {
  if (action >= stay) return place;
  const ahead = place + offsets[action];
  return cells[ahead] === free ? ahead : place;
}

/** Time passes: pots cook. Under the old dynamics a pot with three ingredients starts by itself. */
export function cook(state: OvercookedState, { menu }: Kitchen, oldDynamics: boolean): void {
  const { potRow, potTick } = state;
  state.step++;
  for (let p = 0; p < potRow.length; p++) {
    const row = potRow[p];
    if (oldDynamics && potTick[p] < 0 && menu.size[row] === 3) potTick[p] = 0;
    if (potTick[p] >= 0 && potTick[p] < menu.cookTime[row]) potTick[p]++;
  }
}
