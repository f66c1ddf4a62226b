import { type BoxSpace, type Field, fieldBox } from '#core';
import { type Distances, distancesOf, unreachable } from './distances.ts';
import { dishes, free, type Kitchen, onions, serving, tomatoes } from './kitchen.ts';
import type { OvercookedParams } from './params.ts';
import { dish, nothing, onion, soup, tomato } from './recipes.ts';
import type { OvercookedState } from './start.ts';

const ownSize = 26;
const potSize = 10;

/** Features of a player, then of the other, where the other is from here, where the player is. */
export function featureSpace({ width, height, menu }: Kitchen, { featurePots }: OvercookedParams): BoxSpace {
  const fields: Field[] = [];
  const low: number[] = [];
  const high: number[] = [];
  const add = (name: string, size: number, least: number, most: number) => {
    fields.push({ name, size });
    for (let i = 0; i < size; i++) {
      low.push(least);
      high.push(most);
    }
  };
  const far = Math.max(width, height);
  const longest = menu.cookTime.reduce((most, time) => Math.max(most, time), 0);
  for (const who of ['self', 'other']) {
    add(`${who}/facing`, 4, 0, 1);
    add(`${who}/holds`, 4, 0, 1);
    for (const name of ['onion', 'tomato', 'dish', 'soup']) add(`${who}/closest ${name}`, 2, -far, far);
    add(`${who}/soup onions`, 1, 0, menu.most);
    add(`${who}/soup tomatoes`, 1, 0, menu.most);
    add(`${who}/closest serving place`, 2, -far, far);
    add(`${who}/closest empty counter`, 2, -far, far);
    for (let p = 0; p < featurePots; p++) {
      for (const name of ['exists', 'empty', 'full', 'cooks', 'ready']) add(`${who}/pot${p} ${name}`, 1, 0, 1);
      add(`${who}/pot${p} onions`, 1, 0, menu.most);
      add(`${who}/pot${p} tomatoes`, 1, 0, menu.most);
      add(`${who}/pot${p} time left`, 1, 0, longest);
      add(`${who}/pot${p}`, 2, -far, far);
    }
    add(`${who}/wall`, 4, 0, 1);
  }
  add('other from here', 2, -far, far);
  add('place', 2, 0, far);
  return fieldBox(fields, low, high);
}

/**
 * The features that upstream’s default environment shows: ways are counted in steps and turns, and counters are no goals, so that what
 * lies on them, and the closest empty one, are never shown.
 *
 * Source: overcooked_ai 1.1.0, overcooked_mdp.py, featurize_state, with NO_COUNTERS_PARAMS of planning/planners.py.
 */
export function writeFeatures(
  state: OvercookedState,
  agent: number,
  out: Float32Array,
  kitchen: Kitchen,
  featurePots: number,
): void {
  const { places } = state;
  const { width } = kitchen;
  const distances = distancesOf(kitchen);
  const size = ownSize + potSize * featurePots;
  out.fill(0);
  writePlayer(state, agent, out, 0, kitchen, distances, featurePots);
  writePlayer(state, 1 - agent, out, size, kitchen, distances, featurePots);
  writeOffset(places[agent], places[1 - agent], out, 2 * size, width);
  out[2 * size + 2] = places[agent] % width;
  out[2 * size + 3] = Math.floor(places[agent] / width);
}

function writePlayer(
  state: OvercookedState,
  player: number,
  out: Float32Array,
  from: number,
  kitchen: Kitchen,
  distances: Distances,
  featurePots: number,
): void {
  const { places, facing, held } = state;
  const { width, cells, menu, offsets } = kitchen;
  const here = places[player];
  const item = held[player];
  const node = distances.nodeAt[here] + facing[player];
  out[from + facing[player]] = 1;
  if (item !== nothing) out[from + 4 + holdsAt(item)] = 1;
  if (item !== onion) writeClosest(here, distances.closest(node, onions), out, from + 8, width);
  if (item !== tomato) writeClosest(here, distances.closest(node, tomatoes), out, from + 10, width);
  if (item !== dish) writeClosest(here, distances.closest(node, dishes), out, from + 12, width);
  if (item >= soup) {
    out[from + 16] = menu.onions[item - soup];
    out[from + 17] = menu.tomatoes[item - soup];
  }
  writeClosest(here, distances.closest(node, serving), out, from + 18, width);
  const taken = writePots(state, node, here, out, from + 22, kitchen, distances, featurePots);
  for (let direction = 0; direction < 4; direction++) {
    out[taken + direction] = cells[here + offsets[direction]] === free ? 0 : 1;
  }
}

/** Order of the one-hot of what is held: onion, soup, dish, tomato. */
function holdsAt(item: number): number {
  if (item >= soup) return 1;
  if (item === dish) return 2;
  return item === tomato ? 3 : 0;
}

/** Writes the closest pots, nearest first, those as near in the order of the map; returns where they end. */
function writePots(
  state: OvercookedState,
  node: number,
  here: number,
  out: Float32Array,
  from: number,
  kitchen: Kitchen,
  distances: Distances,
  featurePots: number,
): number {
  const { potRow, potTick } = state;
  const { pots, menu, width } = kitchen;
  let lastAway = -1;
  let last = -1;
  for (let k = 0; k < featurePots; k++) {
    let best = -1;
    let bestAway = unreachable;
    for (let p = 0; p < pots.length; p++) {
      const away = distances.toPot(node, p);
      const isLater = away > lastAway || (away === lastAway && p > last);
      if (!isLater || away >= bestAway) continue;
      best = p;
      bestAway = away;
    }
    if (best < 0) break;
    lastAway = bestAway;
    last = best;
    const at = from + potSize * k;
    const row = potRow[best];
    const tick = potTick[best];
    const isReady = tick >= 0 && tick >= menu.cookTime[row];
    out[at] = 1;
    out[at + 1] = row === 0 ? 1 : 0;
    out[at + 2] = tick >= 0 || menu.size[row] === menu.most ? 1 : 0;
    out[at + 3] = tick >= 0 && !isReady ? 1 : 0;
    out[at + 4] = isReady ? 1 : 0;
    out[at + 5] = menu.onions[row];
    out[at + 6] = menu.tomatoes[row];
    out[at + 7] = tick < 0 ? 0 : menu.cookTime[row] - tick;
    writeOffset(here, pots[best], out, at + 8, width);
  }
  return from + potSize * featurePots;
}

function writeClosest(here: number, cell: number, out: Float32Array, at: number, width: number): void {
  if (cell >= 0) writeOffset(here, cell, out, at, width);
}

function writeOffset(from: number, to: number, out: Float32Array, at: number, width: number): void {
  out[at] = (to % width) - (from % width);
  out[at + 1] = Math.floor(to / width) - Math.floor(from / width);
}
