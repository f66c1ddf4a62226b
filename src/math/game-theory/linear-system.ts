/**
 * Solves a square system by elimination with row exchanges; undefined where it has no unique solution.
 *
 * Shapes: matrix [n][n], right [n] -> [n]; neither is changed.
 *
 * @example
 * solveLinear([[2, 1], [1, 3]], [5, 10]) // [1, 3]
 */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const n = right.length;
  const lines = matrix.map((row, i) => Float64Array.from([...row, right[i]]));
  const size = Math.max(...lines.map((line) => line.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
  for (let step = 0; step < n; step++) {
    let best = step;
    for (let i = step + 1; i < n; i++) if (Math.abs(lines[i][step]) > Math.abs(lines[best][step])) best = i;
    if (Math.abs(lines[best][step]) <= 1e-13 * size) return undefined;
    [lines[step], lines[best]] = [lines[best], lines[step]];
    for (let i = step + 1; i < n; i++) {
      const factor = lines[i][step] / lines[step][step];
      for (let j = step; j <= n; j++) lines[i][j] -= factor * lines[step][j];
    }
  }
  const solution = new Array<number>(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = lines[i][n];
    for (let j = i + 1; j < n; j++) sum -= lines[i][j] * solution[j];
    solution[i] = sum / lines[i][i];
  }
  return solution;
}
