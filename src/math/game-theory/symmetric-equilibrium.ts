import { PolityError } from '#core';

/**
 * A mixture over the strategies of a symmetric game from which nobody gains by departing when everybody else plays it too. Of the
 * ones that the paths from each strategy lead to, the most mixed; it need not be the only one.
 *
 * Shapes: payoffs [n][n], what the row receives against the column -> [n] shares that add up to 1.
 * Source: Lemke and Howson (1964), "Equilibrium points of bimatrix games", on the symmetric game; ties are broken
 * lexicographically, so that no path runs in circles (von Stengel 2007, "Equilibrium computation for two-player games", 3.6).
 *
 * @example
 * symmetricEquilibrium([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) // [1 / 3, 1 / 3, 1 / 3]
 */
export function symmetricEquilibrium(payoffs: readonly (readonly number[])[]): number[] {
  const all = payoffs.flat();
  const least = Math.min(...all);
  const range = Math.max(...all) - least || 1;
  // Adding to and scaling all payoffs changes no equilibrium; the method needs positive ones.
  const positive = payoffs.map((row) => row.map((value) => 1 + (value - least) / range));
  const found = payoffs.map((_, dropped) => endOfPath(positive, dropped));
  return found.reduce((best, one) => (entropyOf(one) > entropyOf(best) + 1e-9 ? one : best));
}

/**
 * Follows the path of mixtures that lack the label `dropped`. Columns 0..n-1 of the tableau are the weights of strategies, n..2n-1
 * what each strategy's payoff lacks to 1, the last one the values; a strategy and its lack are complements.
 */
function endOfPath(payoffs: readonly (readonly number[])[], dropped: number): number[] {
  const n = payoffs.length;
  const tableau = payoffs.map((row, i) => Float64Array.from([...row, ...row.map((_, j) => (i === j ? 1 : 0)), 1]));
  const basis = payoffs.map((_, i) => n + i);
  let entering = dropped;
  // Lexicographic steps never come back to a basis; rounding alone could make them.
  for (let step = 0; step < 1000 * n; step++) {
    const row = leavingRow(tableau, entering);
    const leaving = basis[row];
    pivot(tableau, row, entering);
    basis[row] = entering;
    if (leaving % n === dropped) return mixtureOf(tableau, basis);
    entering = leaving < n ? leaving + n : leaving - n;
  }
  throw new PolityError({
    code: 'contract',
    where: 'symmetric-equilibrium',
    message: 'no end of the path was found',
    got: `${n} strategies with payoffs that differ by less than arithmetic tells apart`,
  });
}

function mixtureOf(tableau: readonly Float64Array[], basis: readonly number[]): number[] {
  const n = basis.length;
  const weights = new Array<number>(n).fill(0);
  basis.forEach((variable, row) => {
    if (variable < n) weights[variable] = Math.max(0, tableau[row][2 * n]);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The row whose value falls to 0 first as the entering variable grows. */
function leavingRow(tableau: readonly Float64Array[], entering: number): number {
  const n = tableau.length;
  let best = -1;
  for (let row = 0; row < n; row++) {
    if (tableau[row][entering] > 1e-12 && (best === -1 || comesBefore(tableau, row, best, entering))) best = row;
  }
  return best;
}

function comesBefore(tableau: readonly Float64Array[], a: number, b: number, entering: number): boolean {
  const n = tableau.length;
  for (let k = 0; k <= n; k++) {
    // The value first, then the columns that were the identity at the start.
    const column = k === 0 ? 2 * n : n + k - 1;
    const difference = tableau[a][column] / tableau[a][entering] - tableau[b][column] / tableau[b][entering];
    if (Math.abs(difference) > 1e-12) return difference < 0;
  }
  return false;
}

function pivot(tableau: readonly Float64Array[], row: number, column: number): void {
  const line = tableau[row];
  const by = line[column];
  for (let j = 0; j < line.length; j++) line[j] /= by;
  for (const other of tableau) {
    const factor = other[column];
    if (other === line || factor === 0) continue;
    for (let j = 0; j < line.length; j++) other[j] -= factor * line[j];
  }
}

function entropyOf(shares: readonly number[]): number {
  return shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}
