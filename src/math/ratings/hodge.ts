/** A table of pairwise advantages taken apart into an order and what no order explains. */
export interface HodgeParts {
  /** A rating of each player: i gains potential[i] - potential[j] over j by being better. */
  readonly potential: readonly number[];
  /** What remains, as in rock, paper, scissors. */
  readonly cyclic: readonly (readonly number[])[];
  /** Share of the squared advantages that is cyclic, 0 (a pure order) to 1; undefined where nobody has an advantage. */
  readonly cyclicShare: number | undefined;
}

/**
 * Takes a skew-symmetric table of advantages apart into its transitive and its cyclic part, all pairs counting alike.
 *
 * Shapes: advantages [n][n], advantages[i][j] = -advantages[j][i].
 * Source: Jiang, Lim, Yao and Ye (2011), "Statistical ranking and combinatorial Hodge theory"; for games Balduzzi et al. (2019),
 * "Open-ended learning in symmetric zero-sum games".
 *
 * @example
 * hodge([[0, 2], [-2, 0]]).potential // [1, -1]
 */
export function hodge(advantages: readonly (readonly number[])[]): HodgeParts {
  const n = advantages.length;
  const potential = advantages.map((row) => row.reduce((sum, value) => sum + value, 0) / n);
  const cyclic = advantages.map((row, i) => row.map((value, j) => value - (potential[i] - potential[j])));
  const squares = (table: readonly (readonly number[])[]) =>
    table.flat().reduce((sum, value) => sum + value * value, 0);
  const total = squares(advantages);
  return { potential, cyclic, cyclicShare: total === 0 ? undefined : squares(cyclic) / total };
}
