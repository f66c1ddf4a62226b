import type { ForagingParams } from './params.ts';
import type { ForagingState } from './spawn.ts';

export const actionNames = ['none', 'north', 'south', 'west', 'east', 'load'] as const;

export const load = 5;

/** Whether a player may do something now: moves within the field and not onto food, loading beside food. */
export function isLegal(state: ForagingState, player: number, action: number, params: ForagingParams): boolean {
  const { field, players } = state;
  const { rows, columns } = params;
  const cell = players[player];
  const column = cell % columns;
  switch (action) {
    case 0:
      return true;
    case 1:
      return cell >= columns && field[cell - columns] === 0;
    case 2:
      return cell < (rows - 1) * columns && field[cell + columns] === 0;
    case 3:
      return column > 0 && field[cell - 1] === 0;
    case 4:
      return column < columns - 1 && field[cell + 1] === 0;
    default:
      return (
        (cell >= columns && field[cell - columns] > 0) ||
        (cell < (rows - 1) * columns && field[cell + columns] > 0) ||
        (column > 0 && field[cell - 1] > 0) ||
        (column < columns - 1 && field[cell + 1] > 0)
      );
  }
}

/** Notes where everybody wants to go and who loads. An illegal action is none at all. */
export function noteWishes(state: ForagingState, actions: Float64Array, params: ForagingParams): void {
  const { players, wanted, loading } = state;
  const { columns } = params;
  for (let p = 0; p < players.length; p++) {
    const action = isLegal(state, p, actions[p], params) ? actions[p] : 0;
    loading[p] = action === load ? 1 : 0;
    const step = action === 1 ? -columns : action === 2 ? columns : action === 3 ? -1 : action === 4 ? 1 : 0;
    wanted[p] = players[p] + step;
  }
}

/**
 * Moves everybody whose cell nobody else wants. As whoever is refused stays where another may be going, two players can come to share
 * a cell, which upstream allows; `strict` refuses the other too, and whoever wanted to follow. Changing places is allowed.
 *
 * Source: lbforaging 2.0.0, environment.py, step.
 */
export function movePlayers({ players, wanted, refused }: ForagingState, strict: boolean): void {
  const count = players.length;
  for (let p = 0; p < count; p++) {
    refused[p] = 0;
    for (let other = 0; other < count; other++) {
      if (other !== p && wanted[other] === wanted[p]) refused[p] = 1;
    }
  }
  for (let more = strict; more; ) {
    more = false;
    for (let p = 0; p < count; p++) {
      if (refused[p] === 1) continue;
      for (let other = 0; other < count; other++) {
        if (other === p || refused[other] === 0 || players[other] !== wanted[p]) continue;
        refused[p] = 1;
        more = true;
      }
    }
  }
  for (let p = 0; p < count; p++) if (refused[p] === 0) players[p] = wanted[p];
}

/**
 * Pays those who load a food together when their levels suffice, each by its level, and takes the food away; otherwise fines them.
 * No cell is beside two foods, so the order of foods does not matter.
 */
export function loadFoods(state: ForagingState, rewards: Float64Array, params: ForagingParams): void {
  const { field, foods, levels, players, playerLevels, loading } = state;
  const { columns, normaliseReward, penalty } = params;
  for (let f = 0; f < state.spawned; f++) {
    const food = levels[f];
    if (food === 0) continue;
    let together = 0;
    let loaders = 0;
    for (let p = 0; p < players.length; p++) {
      if (loading[p] === 0 || !isBeside(players[p], foods[f], columns)) continue;
      together += playerLevels[p];
      loaders++;
    }
    if (loaders === 0) continue;
    const enough = together >= food;
    for (let p = 0; p < players.length; p++) {
      if (loading[p] === 0 || !isBeside(players[p], foods[f], columns)) continue;
      if (!enough) rewards[p] -= penalty;
      else if (normaliseReward) rewards[p] = (playerLevels[p] * food) / (together * state.spawnedLevels);
      else rewards[p] = playerLevels[p] * food;
    }
    if (!enough) continue;
    field[foods[f]] = 0;
    levels[f] = 0;
    state.left--;
    state.loadedLevels += food;
  }
}

/** Whether two cells are neighbours in a row or a column. Foods lie off the border, so numbers never wrap around it. */
function isBeside(cell: number, food: number, columns: number): boolean {
  const apart = Math.abs(cell - food);
  return apart === 1 || apart === columns;
}
