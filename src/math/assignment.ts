import { PolityError } from '#core';

/** Who does what, and what it comes to. */
export interface Assignment {
  /** Column of each row; -1 for rows that are left out. */
  readonly columnOf: readonly number[];
  readonly cost: number;
}

/**
 * Gives every row a column of its own so that the sum of costs is least. Infinite costs are pairs that cannot be; rows that find no
 * column are left out, as few as possible.
 *
 * Shapes: costs [R][C]; R may exceed C.
 * Throws: PolityError (input) for rows of different lengths, and costs that are NaN or minus infinity.
 * Source: Kuhn (1955), "The Hungarian method for the assignment problem"; shortest augmenting paths with potentials after Jonker
 * and Volgenant (1987), O(R²C).
 *
 * @example
 * assign([[4, 1, 3], [2, 0, 5], [3, 2, 2]]) // { columnOf: [1, 0, 2], cost: 5 }
 */
export function assign(costs: readonly (readonly number[])[]): Assignment {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  checkCosts(costs, columns);
  // Being left out costs more than all finite costs together: it is the last resort, and its sum tells nothing.
  const spread = costs.flat().filter(Number.isFinite);
  const resort = 1 + spread.reduce((sum, cost) => sum + 2 * Math.abs(cost), 0);
  const width = columns + rows;
  const priceOf = (row: number, column: number) => {
    if (column >= columns) return resort;
    const cost = costs[row][column];
    // Dearer than being left out, so that it is never taken.
    return cost === Number.POSITIVE_INFINITY ? 4 * resort : cost;
  };
  const owner = shortestPaths(rows, width, priceOf);
  const columnOf = new Array<number>(rows).fill(-1);
  for (let column = 0; column < columns; column++) if (owner[column] >= 0) columnOf[owner[column]] = column;
  const cost = columnOf.reduce((sum, column, row) => (column < 0 ? sum : sum + costs[row][column]), 0);
  return { columnOf, cost };
}

/**
 * The same where a column may take several rows, up to its capacity.
 *
 * Shapes: costs [R][C], capacities [C].
 * Throws: PolityError (input) as `assign` does, and for capacities that are not whole numbers from 0.
 *
 * @example
 * assignWithCapacities([[1, 5], [2, 3], [9, 9]], [2, 1]) // { columnOf: [0, 0, 1], cost: 12 }
 */
export function assignWithCapacities(costs: readonly (readonly number[])[], capacities: readonly number[]): Assignment {
  const bad = capacities.find((capacity) => !Number.isInteger(capacity) || capacity < 0);
  if (bad !== undefined) throw refusal('capacities', String(bad), 'whole numbers from 0');
  checkCosts(costs, capacities.length);
  // No column ever takes more rows than there are.
  const places = capacities.flatMap((capacity, column) =>
    new Array<number>(Math.min(capacity, costs.length)).fill(column),
  );
  const { columnOf, cost } = assign(costs.map((row) => places.map((column) => row[column])));
  return { columnOf: columnOf.map((place) => (place < 0 ? -1 : places[place])), cost };
}

/** The row of each column (-1 for none) where every row has one: rows are added one by one, each by a shortest path. */
function shortestPaths(rows: number, columns: number, priceOf: (row: number, column: number) => number): Int32Array {
  const owner = new Int32Array(columns).fill(-1);
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns);
  const distance = new Float64Array(columns);
  const before = new Int32Array(columns);
  const done = new Uint8Array(columns);
  for (let first = 0; first < rows; first++) {
    distance.fill(Number.POSITIVE_INFINITY);
    done.fill(0);
    let row = first;
    let column = -1;
    let base = 0;
    do {
      let nearest = -1;
      for (let j = 0; j < columns; j++) {
        if (done[j] === 1) continue;
        const length = base + priceOf(row, j) - rowPotential[row] - columnPotential[j];
        if (length < distance[j]) {
          distance[j] = length;
          before[j] = column;
        }
        if (nearest < 0 || distance[j] < distance[nearest]) nearest = j;
      }
      column = nearest;
      base = distance[column];
      done[column] = 1;
      row = owner[column];
    } while (row >= 0);
    for (let j = 0; j < columns; j++) {
      if (done[j] === 0 || j === column) continue;
      columnPotential[j] += distance[j] - base;
      rowPotential[owner[j]] += base - distance[j];
    }
    rowPotential[first] += base;
    while (column >= 0) {
      const previous = before[column];
      owner[column] = previous < 0 ? first : owner[previous];
      column = previous;
    }
  }
  return owner;
}

function checkCosts(costs: readonly (readonly number[])[], columns: number): void {
  for (const [row, list] of costs.entries()) {
    if (list.length !== columns) throw refusal(`costs.${row}`, `${list.length} columns`, `${columns}, as elsewhere`);
    const bad = list.find((cost) => !(cost > Number.NEGATIVE_INFINITY));
    if (bad !== undefined) throw refusal(`costs.${row}`, String(bad), 'numbers, or Infinity for what cannot be');
  }
}

function refusal(key: string, got: string, expected: string): PolityError {
  return new PolityError({ code: 'input', where: `assign › ${key}`, message: 'not accepted', got, expected });
}
