import { type BoxSpace, box, type Field, fieldBox } from '#core';
import { eachOf, type ForagingParams, highestFood } from './params.ts';
import type { ForagingState } from './spawn.ts';

/** How far a player sees. */
export function sightOf({ sight, rows, columns }: ForagingParams): number {
  return sight ?? Math.max(rows, columns);
}

/** Lists of foods and players, or three layers around the player. */
export function observationSpace(params: ForagingParams): BoxSpace {
  const { rows, columns, players, foods, observeLevels } = params;
  const highestPlayer = Math.max(...eachOf(params.maxPlayerLevel, players));
  if (params.gridObservation) {
    const side = 2 * sightOf(params) + 1;
    const high = [observeLevels ? highestPlayer : 1, highestFood(params), 1].flatMap((top) =>
      new Array<number>(side * side).fill(top),
    );
    const layers = ['players', 'foods', 'free'].map((name): Field => ({ name, size: side * side }));
    return box([3, side, side], 0, high, layers);
  }
  const fields: Field[] = [
    ...Array.from({ length: foods }, (_, f) => ({ name: `food${f}`, size: 3 })),
    { name: 'self', size: observeLevels ? 3 : 2 },
    ...Array.from({ length: players - 1 }, (_, p) => ({ name: `player${p}`, size: observeLevels ? 3 : 2 })),
  ];
  const low = fields.flatMap(({ size }) => [-1, -1, 0].slice(0, size));
  const high = fields.flatMap(({ name, size }) => {
    return [rows - 1, columns - 1, name.startsWith('food') ? highestFood(params) : highestPlayer].slice(0, size);
  });
  return fieldBox(fields, low, high);
}

/**
 * Writes what is in the window around a player, as row, column and level: foods by cell, then itself, then the others by number; -1, -1
 * and 0 where there are fewer. Places count from the window's corner, or from the field's where the window sticks out.
 *
 * Upstream cuts foods to the window and players to those whose numbers come out between 0 and twice the sight, so that near the upper
 * and left border players are seen from farther than foods; `strict` cuts both to the window.
 *
 * Source: lbforaging 2.0.0, environment.py, _make_obs and make_obs_array.
 */
export function writeLists(
  state: ForagingState,
  player: number,
  out: Float32Array,
  params: ForagingParams,
  strict: boolean,
): void {
  const { foods, levels, players, playerLevels } = state;
  const { columns, observeLevels } = params;
  const sight = sightOf(params);
  const cell = players[player];
  const column = cell % columns;
  const row = (cell - column) / columns;
  const top = row > sight ? row - sight : 0;
  const left = column > sight ? column - sight : 0;
  let at = 0;
  for (let f = 0; f < state.spawned; f++) {
    if (levels[f] === 0) continue;
    const foodColumn = foods[f] % columns;
    const foodRow = (foods[f] - foodColumn) / columns;
    if (Math.abs(foodRow - row) > sight || Math.abs(foodColumn - column) > sight) continue;
    out[at] = foodRow - top;
    out[at + 1] = foodColumn - left;
    out[at + 2] = levels[f];
    at += 3;
  }
  for (const end = 3 * params.foods; at < end; at += 3) {
    out[at] = -1;
    out[at + 1] = -1;
    out[at + 2] = 0;
  }
  const size = observeLevels ? 3 : 2;
  out[at] = row - top;
  out[at + 1] = column - left;
  if (observeLevels) out[at + 2] = playerLevels[player];
  at += size;
  for (let p = 0; p < players.length; p++) {
    if (p === player) continue;
    const otherColumn = players[p] % columns;
    const otherRow = (players[p] - otherColumn) / columns;
    const down = otherRow - top;
    const right = otherColumn - left;
    if (down < 0 || right < 0 || down > 2 * sight || right > 2 * sight) continue;
    if (strict && (otherRow - row > sight || otherColumn - column > sight)) continue;
    out[at] = down;
    out[at + 1] = right;
    if (observeLevels) out[at + 2] = playerLevels[p];
    at += size;
  }
  for (; at < out.length; at += size) {
    out[at] = -1;
    out[at + 1] = -1;
    if (observeLevels) out[at + 2] = 0;
  }
}

/** Writes the layers around a player: levels of players (or ones), levels of foods, and ones where a cell is free. */
export function writeLayers(state: ForagingState, player: number, out: Float32Array, params: ForagingParams): void {
  const { field, players, playerLevels } = state;
  const { rows, columns, observeLevels } = params;
  const sight = sightOf(params);
  const side = 2 * sight + 1;
  const layer = side * side;
  const column = players[player] % columns;
  const row = (players[player] - column) / columns;
  out.fill(0);
  for (let r = Math.max(0, row - sight); r <= row + sight && r < rows; r++) {
    for (let c = Math.max(0, column - sight); c <= column + sight && c < columns; c++) {
      const at = (r - row + sight) * side + c - column + sight;
      const food = field[r * columns + c];
      out[layer + at] = food;
      out[2 * layer + at] = food > 0 ? 0 : 1;
    }
  }
  for (let p = 0; p < players.length; p++) {
    const otherColumn = players[p] % columns;
    const down = (players[p] - otherColumn) / columns - row + sight;
    const right = otherColumn - column + sight;
    if (down < 0 || right < 0 || down >= side || right >= side) continue;
    const at = down * side + right;
    out[at] = observeLevels ? playerLevels[p] : 1;
    out[2 * layer + at] = 0;
  }
}
