/**
 * How the shares of strategies in a population change: those that do better than average grow.
 *
 * Shapes: payoffs [n][n], shares [n] -> [n].
 * Source: Taylor and Jonker (1978), "Evolutionarily stable strategies and game dynamics".
 *
 * @example
 * replicator([[1, 0], [0, 0]], [0.5, 0.5]) // [0.125, -0.125]
 */
export function replicator(payoffs: readonly (readonly number[])[], shares: readonly number[]): number[] {
  return growth(
    payoffs.map((row) => dot(row, shares)),
    shares,
  );
}

/**
 * The same for two populations that play against each other.
 *
 * Shapes: a, b [n][m], what the first and the second population receive; first [n], second [m] -> [n] and [m].
 * Source: Taylor (1979), "Evolutionarily stable strategies with two types of player".
 */
export function replicatorOfTwo(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  first: readonly number[],
  second: readonly number[],
): [first: number[], second: number[]] {
  const ofFirst = a.map((row) => dot(row, second));
  const ofSecond = second.map((_, j) => b.reduce((sum, row, i) => sum + row[j] * first[i], 0));
  return [growth(ofFirst, first), growth(ofSecond, second)];
}

function growth(fitness: readonly number[], shares: readonly number[]): number[] {
  const average = dot(fitness, shares);
  return shares.map((share, i) => share * (fitness[i] - average));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
