import type { Drawing, Paint, Shape } from '#core';

export const moveNames = ['right', 'left', 'down', 'up', 'stay'] as const;

/** Row and column that each move adds. */
const rows = [0, 0, 1, -1, 0] as const;
const columns = [1, -1, 0, 0, 0] as const;

/** The cell that a move leads to, around the edges; cells are numbered row * size + column. */
export function moved(cell: number, move: number, size: number): number {
  const column = cell % size;
  const row = (cell - column) / size;
  return ((row + rows[move] + size) % size) * size + ((column + columns[move] + size) % size);
}

/** Counted over an episode, by player: coins of the own colour, and of the other’s. Shapes: [2]. */
export interface CoinCounts {
  readonly own: Int32Array;
  readonly others: Int32Array;
}

export function coinMetrics({ own, others }: CoinCounts): Readonly<Record<string, number>> {
  const kept = own[0] + own[1];
  const taken = others[0] + others[1];
  return { coins: kept + taken, ...(kept + taken === 0 ? {} : { ownShare: kept / (kept + taken) }) };
}

const paints: readonly Paint[] = ['#c0392b', '#2c6fbb'];

/** Players as circles, coins as small circles, red and blue; a coin that is not there has cell -1. */
export function drawTorus(
  size: number,
  players: ArrayLike<number>,
  coins: ArrayLike<number>,
  caption: string,
): Drawing {
  const shapes: Shape[] = [{ kind: 'rect', x: 0, y: 0, width: size, height: size, stroke: 'muted' }];
  const circle = (cell: number, color: number, radius: number, label: string): Shape => ({
    kind: 'circle',
    x: (cell % size) + 0.5,
    y: Math.floor(cell / size) + 0.5,
    radius,
    fill: paints[color],
    stroke: 'ink',
    label,
  });
  for (let p = 0; p < 2; p++) shapes.push(circle(players[p], p, 0.4, ''));
  for (let c = 0; c < 2; c++) if (coins[c] >= 0) shapes.push(circle(coins[c], c, 0.2, '$'));
  return { width: size, height: size, shapes, caption };
}

export const colorNames = ['red', 'blue'] as const;

/** A cell as row and column. */
export function cellName(cell: number, size: number): string {
  return `row ${Math.floor(cell / size)}, column ${cell % size}`;
}
