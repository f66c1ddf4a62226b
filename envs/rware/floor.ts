import { PolityError } from '#core';

/** The building, which never changes. A cell's number is y * width + x; shelves are numbered from 1, by cell of their home. */
export interface Floor {
  readonly width: number;
  readonly height: number;
  /** Cells where no shelf may be put down. Shapes: [cells]. */
  readonly highway: Uint8Array;
  /** Cells where shelves are delivered, in the order in which they are looked at. */
  readonly goals: readonly number[];
  readonly goalAt: Uint8Array;
  /** Cells where the shelves begin. */
  readonly homes: readonly number[];
}

/** The cell in front of another, by direction: up, down, left, right. */
export function cellAhead(cell: number, direction: number, { width, height }: Floor): number {
  const x = cell % width;
  if (direction === 0) return cell >= width ? cell - width : cell;
  if (direction === 1) return cell < (height - 1) * width ? cell + width : cell;
  if (direction === 2) return x > 0 ? cell - 1 : cell;
  return x < width - 1 ? cell + 1 : cell;
}

/**
 * Blocks of shelves two wide between highways, with two goals in the middle of the lower edge, before which the queue is kept free.
 *
 * Source: rware 2.0.0, warehouse.py, _make_layout_from_params.
 */
export function floorOfBlocks(shelfRows: number, shelfColumns: number, columnHeight: number): Floor {
  const width = 3 * shelfColumns + 1;
  const height = (columnHeight + 1) * shelfRows + 2;
  const middle = Math.floor(width / 2);
  const isHighway = (x: number, y: number): boolean => {
    const queue = y > height - (columnHeight + 3) && (x === middle - 1 || x === middle);
    return x % 3 === 0 || y % (columnHeight + 1) === 0 || y === height - 1 || queue;
  };
  const lowest = (height - 1) * width;
  return floorOf(width, height, isHighway, [lowest + middle - 1, lowest + middle]);
}

/**
 * A floor drawn as text: `x` a shelf, `.` a highway, `g` a goal; one line a row.
 *
 * Throws: PolityError (input) when lines differ in length, a sign is unknown, or there is no goal.
 * Source: rware 2.0.0, warehouse.py, _make_layout_from_str.
 */
export function floorOfText(layout: string, where: string): Floor {
  const rows = linesOf(layout);
  const width = rows[0].length;
  const goals: number[] = [];
  for (const [y, row] of rows.entries()) {
    if (row.length !== width) {
      throw layoutError(where, `line ${y + 1} has ${row.length} cells`, `lines of one length, ${width} as the first`);
    }
    for (const [x, sign] of [...row].entries()) {
      if (!'gx.'.includes(sign)) {
        throw layoutError(where, `"${sign}" at line ${y + 1}, cell ${x + 1}`, 'x (shelf), . (highway) or g (goal)');
      }
      if (sign === 'g') goals.push(y * width + x);
    }
  }
  if (goals.length === 0) throw layoutError(where, 'no goal', 'at least one g');
  return floorOf(width, rows.length, (x, y) => rows[y][x] !== 'x', goals);
}

function linesOf(layout: string): string[] {
  return layout.trim().replace(/[ \r]/g, '').toLowerCase().split('\n');
}

function floorOf(
  width: number,
  height: number,
  isHighway: (x: number, y: number) => boolean,
  goals: readonly number[],
): Floor {
  const highway = new Uint8Array(width * height);
  const goalAt = new Uint8Array(width * height);
  const homes: number[] = [];
  for (let cell = 0; cell < highway.length; cell++) {
    if (isHighway(cell % width, Math.floor(cell / width))) highway[cell] = 1;
    else homes.push(cell);
  }
  for (const goal of goals) goalAt[goal] = 1;
  return { width, height, highway, goals, goalAt, homes };
}

function layoutError(where: string, got: string, expected: string): PolityError {
  return new PolityError({ code: 'input', where, message: 'not accepted', got, expected });
}
