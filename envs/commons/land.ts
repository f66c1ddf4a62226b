import { PolityError } from '#core';

/** What lies on a cell. */
export const bare = 0;
export const wall = 1;
export const apple = 2;
export const waste = 3;
export const river = 4;
export const stream = 5;

/** A map, which never changes. Cells are numbered y * width + x. */
export interface Land {
  readonly width: number;
  readonly height: number;
  /** What lies on each cell at first. */
  readonly ground: Uint8Array;
  /** Cells where apples grow, where waste gathers, where players begin. */
  readonly orchard: Int32Array;
  readonly bed: Int32Array;
  readonly starts: Int32Array;
}

/** Signs of the two games; the apples of clean-up have yet to grow. */
const signs: Readonly<Record<string, number>> = { '@': wall, A: apple, H: waste, R: river, S: stream };

/** Largest map, in cells. */
const mostCells = 4096;

/**
 * Reads a map, one row a string, of the signs that are allowed in it.
 *
 * Throws: PolityError (input) when rows differ in length, a sign is unknown, the border is open, or there is no place to begin or no
 * orchard.
 */
export function readLand(rows: readonly string[], allowed: string, where: string): Land {
  const height = rows.length;
  const width = rows[0]?.length ?? 0;
  if (width === 0 || width * height > mostCells) {
    throw landError(where, `${width} x ${height} cells`, `at least one and at most ${mostCells} cells`);
  }
  const ground = new Uint8Array(width * height);
  const found: Record<string, number[]> = { orchard: [], bed: [], starts: [] };
  for (const [y, row] of rows.entries()) {
    if (row.length !== width) {
      throw landError(where, `row ${y + 1} with ${row.length} cells`, `rows of one length, ${width} as the first`);
    }
    for (const [x, sign] of [...row].entries()) {
      const cell = y * width + x;
      if (!allowed.includes(sign)) {
        throw landError(where, `"${sign}" in row ${y + 1}, cell ${x + 1}`, `the signs ${[...allowed].join(' ')}`);
      }
      const isBorder = y === 0 || y === height - 1 || x === 0 || x === width - 1;
      if (isBorder && sign !== '@') {
        throw landError(where, `an open border in row ${y + 1}, cell ${x + 1}`, 'walls along the border');
      }
      ground[cell] = signs[sign] ?? bare;
      if (sign === 'A' || sign === 'B') found.orchard.push(cell);
      if (sign === 'H' || sign === 'R') found.bed.push(cell);
      if (sign === 'P') found.starts.push(cell);
    }
  }
  if (found.starts.length === 0) throw landError(where, 'no P', 'at least one place to begin, P');
  if (found.orchard.length === 0) throw landError(where, 'no place for an apple', 'at least one');
  return {
    width,
    height,
    ground,
    orchard: Int32Array.from(found.orchard),
    bed: Int32Array.from(found.bed),
    starts: Int32Array.from(found.starts),
  };
}

/** Lands by their rows, which never change during a run: each is made once. */
const lands = new WeakMap<readonly string[], Land>();
let newestRows: readonly string[] | undefined;
let newestLand: Land;

/** The land that rows describe. */
export function landOf(rows: readonly string[], allowed: string): Land {
  if (newestRows === rows) return newestLand;
  let land = lands.get(rows);
  if (land === undefined) {
    land = readLand(rows, allowed, 'map');
    lands.set(rows, land);
  }
  newestRows = rows;
  newestLand = land;
  return land;
}

function landError(where: string, got: string, expected: string): PolityError {
  return new PolityError({ code: 'input', where, message: 'not a map', got, expected });
}
