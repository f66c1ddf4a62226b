import { solveLinear } from './linear-system.ts';

/** A pair of mixed strategies from which nobody gains by departing alone. */
export interface Equilibrium {
  readonly row: readonly number[];
  readonly column: readonly number[];
}

/**
 * The equilibria of a two-player game in which both players mix over equally many choices: all of them, unless the game is
 * degenerate (has choices that are equally good without being mixed).
 *
 * Shapes: a, b [rows][columns], what the row and the column player receive.
 * Source: Dickhaut and Kaplan (1993), "A program for finding Nash equilibria"; von Stengel (2007), algorithm 3.4.
 *
 * @example
 * supportEquilibria([[2, 0], [0, 1]], [[1, 0], [0, 2]]).length // 3: two pure ones and one mixed
 */
export function supportEquilibria(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): Equilibrium[] {
  const rows = a.length;
  const columns = a[0].length;
  const found: Equilibrium[] = [];
  for (let size = 1; size <= Math.min(rows, columns); size++) {
    for (const rowSupport of subsets(rows, size)) {
      for (const columnSupport of subsets(columns, size)) {
        const column = indifferent(size, (i, j) => a[rowSupport[i]][columnSupport[j]]);
        const row = indifferent(size, (j, i) => b[rowSupport[i]][columnSupport[j]]);
        if (column === undefined || row === undefined) continue;
        const candidate = { row: spread(row, rowSupport, rows), column: spread(column, columnSupport, columns) };
        if (isEquilibrium(a, b, candidate)) found.push(candidate);
      }
    }
  }
  return found;
}

/**
 * Whether no choice pays anybody more than the mixture does, up to rounding.
 *
 * Shapes: as `supportEquilibria`.
 */
export function isEquilibrium(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  { row, column }: Equilibrium,
  slack = 1e-9,
): boolean {
  const ofRows = a.map((line) => dot(line, column));
  const ofColumns = b[0].map((_, j) => b.reduce((sum, line, i) => sum + line[j] * row[i], 0));
  return Math.max(...ofRows) <= dot(ofRows, row) + slack && Math.max(...ofColumns) <= dot(ofColumns, column) + slack;
}

/** The mixture over `size` choices that makes the other player's choices equally good; undefined where none is positive. */
function indifferent(size: number, payoff: (mine: number, other: number) => number): number[] | undefined {
  const matrix = Array.from({ length: size + 1 }, (_, i) =>
    Array.from({ length: size + 1 }, (_, j) => {
      if (i === size) return j === size ? 0 : 1;
      return j === size ? -1 : payoff(i, j);
    }),
  );
  const right = Array.from({ length: size + 1 }, (_, i) => (i === size ? 1 : 0));
  const mixture = solveLinear(matrix, right)?.slice(0, size);
  return mixture?.every((share) => share > 1e-12) ? mixture : undefined;
}

function spread(mixture: readonly number[], support: readonly number[], size: number): number[] {
  const all = new Array<number>(size).fill(0);
  support.forEach((choice, i) => {
    all[choice] = mixture[i];
  });
  return all;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function subsets(n: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  const all: number[][] = [];
  for (let first = from; first <= n - size; first++) {
    for (const rest of subsets(n, size - 1, first + 1)) all.push([first, ...rest]);
  }
  return all;
}
