import type { Rng } from '#core';
import { eachOf, type ForagingParams, sumOfLowest } from './params.ts';

/**
 * Shapes: P players, F foods, cells = rows * columns; a cell's number is row * columns + column. field [cells]: level of the food there
 * or 0; foods, levels [F]: cells and levels of the foods, by cell, the first `spawned` places used, level 0 once it is gone; players,
 * playerLevels, wanted [P].
 */
export interface ForagingState {
  readonly field: Int32Array;
  readonly foods: Int32Array;
  readonly levels: Int32Array;
  readonly players: Int32Array;
  readonly playerLevels: Int32Array;
  /** Where each player wants to go, and which of them may not: scratch of a step. */
  readonly wanted: Int32Array;
  readonly refused: Uint8Array;
  readonly loading: Uint8Array;
  spawned: number;
  /** Sum of the levels of all foods that were laid out. */
  spawnedLevels: number;
  left: number;
  loadedLevels: number;
  steps: number;
}

/** How often a place is drawn before upstream gives up. */
const attempts = 1000;

/**
 * Lays out players and foods with upstream's draws: levels are dealt in random order; places are drawn until they are free; foods keep
 * off the border, off the 8 cells around other foods, and off the cells 2 away in the same row or column.
 *
 * Source: lbforaging 2.0.0, environment.py, spawn_players and spawn_food, in a fresh environment.
 */
export function layOut(params: ForagingParams, rng: Rng): ForagingState {
  const { rows, columns, players, foods } = params;
  const state: ForagingState = {
    field: new Int32Array(rows * columns),
    foods: new Int32Array(foods),
    levels: new Int32Array(foods),
    players: new Int32Array(players).fill(-1),
    playerLevels: new Int32Array(players),
    wanted: new Int32Array(players),
    refused: new Uint8Array(players),
    loading: new Uint8Array(players),
    spawned: 0,
    spawnedLevels: 0,
    left: 0,
    loadedLevels: 0,
    steps: 0,
  };
  placePlayers(state, params, rng);
  placeFoods(state, params, rng);
  return state;
}

function placePlayers(state: ForagingState, params: ForagingParams, rng: Rng): void {
  const { rows, columns, players } = params;
  const low = eachOf(params.minPlayerLevel, players);
  const high = eachOf(params.maxPlayerLevel, players);
  for (const [player, dealt] of rng.permutation(players).entries()) {
    let cell = -1;
    for (let tried = 0; tried < attempts && cell < 0; tried++) {
      const drawn = rng.integer(0, rows) * columns + rng.integer(0, columns);
      if (!state.players.includes(drawn)) cell = drawn;
    }
    // Upstream leaves such a player nowhere and breaks; it happens in fields that are all but full.
    if (cell < 0) cell = firstFree(state.players);
    state.players[player] = cell;
    state.playerLevels[player] = rng.integer(low[dealt], high[dealt] + 1);
  }
}

function placeFoods(state: ForagingState, params: ForagingParams, rng: Rng): void {
  const { rows, columns, foods } = params;
  const { field, players, playerLevels } = state;
  const high = eachOf(params.maxFoodLevel ?? sumOfLowest(playerLevels), foods);
  const low = params.forceCoop ? high : eachOf(params.minFoodLevel, foods);
  const dealt = rng.permutation(foods);
  let placed = 0;
  for (let tried = 0; placed < foods && tried < attempts; tried++) {
    const row = rng.integer(1, rows - 1);
    const column = rng.integer(1, columns - 1);
    if (isCrowded(field, rows, columns, row, column) || players.includes(row * columns + column)) continue;
    const most = high[dealt[placed]];
    // Upstream breaks where low players leave a food's lowest level above its highest.
    const least = Math.min(low[dealt[placed]], most);
    field[row * columns + column] = least === most ? most : rng.integer(least, most + 1);
    placed++;
  }
  for (let cell = 0; cell < field.length; cell++) {
    if (field[cell] === 0) continue;
    state.foods[state.spawned] = cell;
    state.levels[state.spawned] = field[cell];
    state.spawnedLevels += field[cell];
    state.spawned++;
  }
  state.left = state.spawned;
}

/** Whether a food lies in the 3 x 3 cells around a place, or at most 2 away in its row or column. */
function isCrowded(field: Int32Array, rows: number, columns: number, row: number, column: number): boolean {
  for (let down = -2; down <= 2; down++) {
    for (let right = -2; right <= 2; right++) {
      const near = Math.abs(down) <= 1 && Math.abs(right) <= 1;
      if (!near && down !== 0 && right !== 0) continue;
      const [r, c] = [row + down, column + right];
      if (r >= 0 && r < rows && c >= 0 && c < columns && field[r * columns + c] > 0) return true;
    }
  }
  return false;
}

function firstFree(players: Int32Array): number {
  let cell = 0;
  while (players.includes(cell)) cell++;
  return cell;
}
