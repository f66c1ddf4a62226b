import type { Board } from './boards.ts';

const perChip = 10;
const perStep = -25;

/**
 * The best score a player can walk to: 10 a chip left less 25 a cell between it and the flag; each step costs a chip of the colour of the
 * cell that is entered. Walks that cross themselves cannot be better, so they are left out.
 *
 * Source: de Jong et al. (2011), "Metastrategies in the colored trails game"; open_spiel 2.0.2, games/colored_trails, `Score`.
 *
 * Shapes: chips [.., colors], the player's from `at` on; they are as they were afterwards.
 */
export function bestScore(board: Board, player: number, chips: Int32Array, at: number): number {
  let left = 0;
  for (let color = 0; color < board.colors; color++) left += chips[at + color];
  if (visited.length < board.cells.length) visited = new Uint8Array(board.cells.length);
  visited.fill(0, 0, board.cells.length);
  return walk(board, board.places[player], chips, at, left, Number.NEGATIVE_INFINITY);
}

/** Cells of the walk under way; empty between two calls. */
let visited = new Uint8Array(64);

/** The best of `best` and every score that can be had from `cell` on with `left` chips. */
function walk(board: Board, cell: number, chips: Int32Array, at: number, left: number, best: number): number {
  const { size, cells, places } = board;
  const flag = places[places.length - 1];
  const row = Math.floor(cell / size);
  const column = cell % size;
  const distance = Math.abs(row - Math.floor(flag / size)) + Math.abs(column - (flag % size));
  let found = Math.max(best, perChip * left + perStep * distance);
  // A further step leaves one chip less, and no score is above what the chips left are worth.
  if (distance === 0 || perChip * (left - 1) <= found) return found;
  visited[cell] = 1;
  for (let way = 0; way < 4; way++) {
    const nextRow = row + (way === 0 ? -1 : way === 1 ? 1 : 0);
    const nextColumn = column + (way === 2 ? -1 : way === 3 ? 1 : 0);
    if (nextRow < 0 || nextColumn < 0 || nextRow >= size || nextColumn >= size) continue;
    const next = nextRow * size + nextColumn;
    const color = at + cells[next];
    if (visited[next] === 1 || chips[color] === 0) continue;
    chips[color]--;
    found = walk(board, next, chips, at, left - 1, found);
    chips[color]++;
  }
  visited[cell] = 0;
  return found;
}
