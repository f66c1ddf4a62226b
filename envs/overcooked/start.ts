import { type Kitchen, kitchenOf } from './kitchen.ts';
import type { OvercookedParams } from './params.ts';
import { dish, nothing, onion, rowOf, soup, tomato } from './recipes.ts';

/** Shapes: 2 players, P pots: places (cells), facing, held [2]; counters [cells]; potRow, potTick [P]. */
export interface OvercookedState {
  readonly places: Int32Array;
  /** 0 north, 1 south, 2 east, 3 west. */
  readonly facing: Uint8Array;
  readonly held: Int32Array;
  /** What lies on each counter. */
  readonly counters: Int32Array;
  /** Ingredients in each pot, as a row of the menu. */
  readonly potRow: Int32Array;
  /** Steps that each pot has cooked; -1 where it does not, its soup’s cooking time when that is done. */
  readonly potTick: Int32Array;
  step: number;
  /** What the last step brought and who did it: soups, shaping, events as bits. Shapes: [2]. */
  readonly sparse: Float64Array;
  readonly shaped: Float64Array;
  readonly events: Int32Array;
  /** Since the beginning. Shapes: [2]. */
  readonly served: Int32Array;
  readonly shapedSum: Float64Array;
}

/** The standard start: both players face north, everything is empty; or the start that the parameters give. */
export function openKitchen(params: OvercookedParams): OvercookedState {
  const kitchen = kitchenOf(params);
  const { cells, pots, starts } = kitchen;
  const state: OvercookedState = {
    places: Int32Array.from(starts),
    facing: new Uint8Array(2),
    held: new Int32Array(2),
    counters: new Int32Array(cells.length),
    potRow: new Int32Array(pots.length),
    potTick: new Int32Array(pots.length).fill(-1),
    step: 0,
    sparse: new Float64Array(2),
    shaped: new Float64Array(2),
    events: new Int32Array(2),
    served: new Int32Array(2),
    shapedSum: new Float64Array(2),
  };
  if (params.start !== null) arrange(state, params.start, kitchen);
  return state;
}

function arrange(
  state: OvercookedState,
  start: NonNullable<OvercookedParams['start']>,
  { width, potAt, menu }: Kitchen,
): void {
  state.step = start.step;
  start.players.forEach(([x, y, facing, item], p) => {
    state.places[p] = y * width + x;
    state.facing[p] = facing;
    state.held[p] = itemOf(item);
  });
  for (const [x, y, item] of start.counters) state.counters[y * width + x] = itemOf(item);
  for (const [x, y, letters, tick] of start.pots) {
    const p = potAt[y * width + x];
    state.potRow[p] = rowOf(letters);
    state.potTick[p] = Math.min(tick, menu.cookTime[state.potRow[p]]);
  }
}

function itemOf(name: string | null): number {
  if (name === null) return nothing;
  if (name.startsWith('soup:')) return soup + rowOf(name.slice('soup:'.length));
  return { onion, tomato, dish }[name as 'onion' | 'tomato' | 'dish'];
}
