import { PolityError } from '#core';
import { onceFor } from '#core/once-for';
import { classicLayouts } from './layouts.ts';
import type { OvercookedParams } from './params.ts';
import { type Menu, menuOf } from './recipes.ts';

/** What a cell is. */
export const free = 0;
export const counter = 1;
export const onions = 2;
export const tomatoes = 3;
export const dishes = 4;
export const pot = 5;
export const serving = 6;

const signs = ' XOTDPS';

/** The building and the book of recipes, which never change. Cells are numbered y * width + x. */
export interface Kitchen {
  readonly width: number;
  readonly height: number;
  /** What each cell is. Shapes: [cells]. */
  readonly cells: Uint8Array;
  /** Cells of the pots, row by row. */
  readonly pots: readonly number[];
  /** Number of the pot in a cell; -1 elsewhere. */
  readonly potAt: Int16Array;
  /** Where the two players begin. */
  readonly starts: readonly [number, number];
  /** What to add to a cell to go north, south, east, west. */
  readonly offsets: readonly [number, number, number, number];
  readonly menu: Menu;
}

/** Largest kitchen, in cells. */
const mostCells = 1024;

/**
 * Reads a map, one row a string.
 *
 * Throws: PolityError (input) when rows differ in length, a sign is unknown, a border is open, a player is missing or there twice, or
 * there is nothing to cook with.
 */
export function readGrid(rows: readonly string[], where: string): Omit<Kitchen, 'menu'> {
  const height = rows.length;
  const width = rows[0]?.length ?? 0;
  if (width === 0) throw gridError(where, 'no cells', 'rows of cells');
  if (width * height > mostCells) {
    throw gridError(where, `${width} x ${height} cells`, `a kitchen of at most ${mostCells} cells`);
  }
  const cells = new Uint8Array(width * height);
  const starts = [-1, -1];
  for (const [y, row] of rows.entries()) {
    if (row.length !== width) {
      throw gridError(where, `row ${y + 1} with ${row.length} cells`, `rows of one length, ${width} as the first`);
    }
    for (const [x, sign] of [...row].entries()) {
      const player = '12'.indexOf(sign);
      const kind = player >= 0 ? free : signs.indexOf(sign);
      if (kind < 0) {
        const known = 'X (counter), O (onions), T (tomatoes), D (dishes), P (pot), S (serving place), a blank, 1 or 2';
        throw gridError(where, `"${sign}" in row ${y + 1}, cell ${x + 1}`, known);
      }
      const border = y === 0 || y === height - 1 || x === 0 || x === width - 1;
      if (border && kind === free) {
        throw gridError(where, `an open border in row ${y + 1}, cell ${x + 1}`, 'nothing to walk on along the border');
      }
      if (player >= 0) {
        if (starts[player] >= 0) throw gridError(where, `player ${sign} twice`, 'each player once');
        starts[player] = y * width + x;
      }
      cells[y * width + x] = kind;
    }
  }
  requireAll(cells, starts, where);
  const pots = [...cells.keys()].filter((cell) => cells[cell] === pot);
  const potAt = new Int16Array(cells.length).fill(-1);
  pots.forEach((cell, p) => {
    potAt[cell] = p;
  });
  return {
    width,
    height,
    cells,
    pots,
    potAt,
    starts: [starts[0], starts[1]],
    offsets: [-width, width, 1, -1],
  };
}

function requireAll(cells: Uint8Array, starts: readonly number[], where: string): void {
  for (const player of [0, 1]) {
    if (starts[player] < 0) throw gridError(where, `no player ${player + 1}`, 'the players 1 and 2, each once');
  }
  for (const [kind, name] of [
    [dishes, 'D'],
    [serving, 'S'],
    [pot, 'P'],
  ] as const) {
    if (!cells.includes(kind)) throw gridError(where, `no ${name}`, `at least one ${name}`);
  }
  if (!cells.includes(onions) && !cells.includes(tomatoes)) {
    throw gridError(where, 'neither O nor T', 'at least one O or T');
  }
}

/** The kitchen that parameters describe, which never change during a run: made once. */
export const kitchenOf = onceFor(
  (params: OvercookedParams): Kitchen => ({
    ...readGrid(params.grid ?? classicLayouts[params.layout], 'overcooked › grid'),
    menu: menuOf(params),
  }),
);

function gridError(where: string, got: string, expected: string): PolityError {
  return new PolityError({ code: 'input', where, message: 'not a kitchen', got, expected });
}
