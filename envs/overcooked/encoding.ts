import { type BoxSpace, box } from '#core';
import { counter, dishes, free, type Kitchen, onions, pot, serving, tomatoes } from './kitchen.ts';
import { dish, nothing, onion, soup, tomato } from './recipes.ts';
import type { OvercookedState } from './start.ts';

/** The layers, of which an entry’s lie side by side. */
export const layerNames = [
  'self',
  'other',
  ...['north', 'south', 'east', 'west'].map((direction) => `self facing ${direction}`),
  ...['north', 'south', 'east', 'west'].map((direction) => `other facing ${direction}`),
  'pot',
  'counter',
  'onion dispenser',
  'tomato dispenser',
  'dish dispenser',
  'serving place',
  'onions in pot',
  'tomatoes in pot',
  'onions in soup',
  'tomatoes in soup',
  'cooking time left',
  'soup done',
  'dishes',
  'onions',
  'tomatoes',
  'urgency',
] as const;

export const layers = layerNames.length;
const facingSelf = 2;
const facingOther = 6;
const onionsInPot = 16;
const onionsInSoup = 18;
const timeLeft = 20;
const soupDone = 21;
const dishLayer = 22;
const urgency = 25;
/** Steps before the end from which on everything is urgent: fewer than these are left. */
const urgentSteps = 40;

/** Layer of each kind of cell, by number of the kind. */
const terrainLayer = new Int32Array(7);
terrainLayer[pot] = 10;
terrainLayer[counter] = 11;
terrainLayer[onions] = 12;
terrainLayer[tomatoes] = 13;
terrainLayer[dishes] = 14;
terrainLayer[serving] = 15;

/** Shapes: [width, height, 26]. */
export function encodingSpace({ width, height, menu }: Kitchen): BoxSpace {
  const high = new Float32Array(layers).fill(1);
  high.fill(menu.most, onionsInPot, timeLeft);
  high[timeLeft] = menu.cookTime.reduce((most, time) => Math.max(most, time), 0);
  const all = new Float32Array(width * height * layers);
  for (let i = 0; i < all.length; i++) all[i] = high[i % layers];
  return box([width, height, layers], 0, all);
}

/**
 * The kitchen as layers, the observing player’s first.
 *
 * Source: overcooked_ai 1.1.0, overcooked_mdp.py, lossless_state_encoding.
 */
export function writeEncoding(
  state: OvercookedState,
  agent: number,
  out: Float32Array,
  kitchen: Kitchen,
  horizon: number,
): void {
  const { width, height, cells, pots, menu } = kitchen;
  const { places, facing, held, counters, potRow, potTick } = state;
  const urgent = horizon - state.step < urgentSteps ? 1 : 0;
  out.fill(0);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const cell = y * width + x;
      const at = (x * height + y) * layers;
      if (cells[cell] !== free) out[at + terrainLayer[cells[cell]]] = 1;
      if (counters[cell] !== nothing) writeItem(counters[cell], out, at, kitchen);
      out[at + urgency] = urgent;
    }
  }
  for (let p = 0; p < 2; p++) {
    const at = place(places[p], width, height);
    out[at + (p === agent ? 0 : 1)] = 1;
    out[at + (p === agent ? facingSelf : facingOther) + facing[p]] = 1;
    if (held[p] !== nothing) writeItem(held[p], out, at, kitchen);
  }
  for (let p = 0; p < pots.length; p++) {
    const row = potRow[p];
    const at = place(pots[p], width, height);
    const first = at + (potTick[p] < 0 ? onionsInPot : onionsInSoup);
    out[first] = menu.onions[row];
    out[first + 1] = menu.tomatoes[row];
    if (potTick[p] < 0) continue;
    out[at + timeLeft] = menu.cookTime[row] - potTick[p];
    out[at + soupDone] = potTick[p] >= menu.cookTime[row] ? 1 : 0;
  }
}

function place(cell: number, width: number, height: number): number {
  const x = cell % width;
  return (x * height + (cell - x) / width) * layers;
}

function writeItem(item: number, out: Float32Array, at: number, { menu }: Kitchen): void {
  if (item >= soup) {
    out[at + onionsInSoup] = menu.onions[item - soup];
    out[at + onionsInSoup + 1] = menu.tomatoes[item - soup];
    out[at + soupDone] = 1;
  } else if (item === dish) out[at + dishLayer] = 1;
  else if (item === onion) out[at + dishLayer + 1] = 1;
  else if (item === tomato) out[at + dishLayer + 2] = 1;
}
