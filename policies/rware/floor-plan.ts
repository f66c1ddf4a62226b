/** What a robot knows of the building before it starts: size, goals, and where shelves begin and may be put down. */
export interface FloorPlan {
  readonly width: number;
  readonly height: number;
  readonly goals: readonly number[];
  /** 1 where there is a place for a shelf. Shapes: [cells], cell = y * width + x. */
  readonly places: readonly number[];
}

/** The parameters of the warehouse that say how it is built. */
export interface FloorParams {
  readonly shelfRows: number;
  readonly shelfColumns: number;
  readonly columnHeight: number;
  readonly layout: string | null;
}

/**
 * The plan of a warehouse: blocks two shelves wide with a lane of one between them, a lane above each row of blocks, two lanes at the
 * bottom, and two goals in the middle of the last row with the columns above them kept free; or as the layout draws it.
 *
 * Source: rware 2.0.0, warehouse.py.
 */
export function floorPlan({ shelfRows, shelfColumns, columnHeight, layout }: FloorParams): FloorPlan {
  if (layout !== null) {
    const signs = layout.trim().toLowerCase().replace(/[ \r]/g, '').split('\n');
    const cells = [...signs.join('')];
    const goals = cells.flatMap((sign, cell) => (sign === 'g' ? [cell] : []));
    const places = cells.map((sign) => (sign === 'x' ? 1 : 0));
    return { width: signs[0].length, height: signs.length, goals, places };
  }
  const width = 3 * shelfColumns + 1;
  const height = (columnHeight + 1) * shelfRows + 2;
  const right = Math.floor(width / 2);
  const places = Array.from({ length: width * height }, (_, cell) => {
    const [x, y] = [cell % width, Math.floor(cell / width)];
    const lane = x % 3 === 0 || y % (columnHeight + 1) === 0 || y === height - 1;
    const queue = (x === right || x === right - 1) && y >= height - columnHeight - 2;
    return lane || queue ? 0 : 1;
  });
  const lastRow = (height - 1) * width;
  return { width, height, goals: [lastRow + right - 1, lastRow + right], places };
}
