/** An equilibrium of a two-player zero-sum game. */
export interface ZeroSumSolution {
  /** What the row player can be sure of. */
  readonly value: number;
  /** Probabilities of the rows, an optimal one where there are several. */
  readonly row: readonly number[];
  readonly column: readonly number[];
}

/**
 * Solves a two-player zero-sum game by linear programming.
 *
 * Shapes: payoffs [rows][columns], what the row player receives.
 * Source: Dantzig (1951), "A proof of the equivalence of the programming problem and the game problem"; the simplex method with
 * Bland's (1977) rule, which cannot cycle.
 *
 * @example
 * solveZeroSum([[1, -1], [-1, 1]]) // { value: 0, row: [0.5, 0.5], column: [0.5, 0.5] }
 */
export function solveZeroSum(payoffs: readonly (readonly number[])[]): ZeroSumSolution {
  const rows = payoffs.length;
  const columns = payoffs[0].length;
  // With all payoffs above 0 the value is, and the game is: maximise the sum of y, payoffs y <= 1, y >= 0.
  const lowest = Math.min(...payoffs.map((row) => Math.min(...row)));
  const scale = Math.max(1, ...payoffs.map((row) => Math.max(...row) - lowest));
  const lift = (payoff: number) => (payoff - lowest) / scale + 1;
  const width = columns + rows + 1;
  const tableau = payoffs.map((row, i) => {
    const line = new Float64Array(width);
    row.forEach((payoff, j) => {
      line[j] = lift(payoff);
    });
    line[columns + i] = 1;
    line[width - 1] = 1;
    return line;
  });
  const objective = new Float64Array(width).fill(-1, 0, columns);
  const basis = payoffs.map((_, i) => columns + i);
  for (;;) {
    const entering = objective.findIndex((cost, j) => j < width - 1 && cost < -1e-11);
    if (entering < 0) break;
    pivot(tableau, objective, basis, leavingLine(tableau, basis, entering), entering);
  }
  const total = objective[width - 1];
  const column = new Array<number>(columns).fill(0);
  basis.forEach((variable, i) => {
    if (variable < columns) column[variable] = tableau[i][width - 1] / total;
  });
  const row = Array.from({ length: rows }, (_, i) => Math.max(0, objective[columns + i]) / total);
  return { value: (1 / total - 1) * scale + lowest, row, column };
}

/** The line that limits the entering variable most; the lowest variable among equals. */
function leavingLine(tableau: readonly Float64Array[], basis: readonly number[], entering: number): number {
  let leaving = -1;
  let least = Number.POSITIVE_INFINITY;
  tableau.forEach((line, i) => {
    if (line[entering] <= 1e-11) return;
    const ratio = line[line.length - 1] / line[entering];
    const tie = leaving >= 0 && Math.abs(ratio - least) <= 1e-13 * Math.max(1, least);
    if (tie ? basis[i] < basis[leaving] : ratio < least) {
      leaving = i;
      least = ratio;
    }
  });
  return leaving;
}

function pivot(
  tableau: readonly Float64Array[],
  objective: Float64Array,
  basis: number[],
  leaving: number,
  entering: number,
): void {
  const line = tableau[leaving];
  const by = line[entering];
  for (let j = 0; j < line.length; j++) line[j] /= by;
  for (const other of [...tableau, objective]) {
    if (other === line || other[entering] === 0) continue;
    const factor = other[entering];
    for (let j = 0; j < line.length; j++) other[j] -= factor * line[j];
  }
  basis[leaving] = entering;
}
