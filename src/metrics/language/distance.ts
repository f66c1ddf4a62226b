/** How far two sequences of numbers are apart. */
export type Distance = (a: readonly number[], b: readonly number[]) => number;

/**
 * In how many places two sequences of one length differ.
 *
 * @example
 * hammingDistance([1, 2, 3], [1, 0, 0]) // 2
 */
export const hammingDistance: Distance = (a, b) => a.reduce((sum, value, i) => sum + (value === b[i] ? 0 : 1), 0);

/**
 * The sum of the differences of two sequences of one length.
 *
 * @example
 * manhattanDistance([1, 2], [4, 0]) // 5
 */
export const manhattanDistance: Distance = (a, b) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0);

/**
 * How many symbols must be put in, taken out or replaced to turn one sequence into the other.
 *
 * Source: Levenshtein (1966), "Binary codes capable of correcting deletions, insertions, and reversals".
 *
 * @example
 * editDistance([1, 2, 3], [2, 3, 4]) // 2
 */
export const editDistance: Distance = (a, b) => {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replace, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
};

/**
 * `editDistance` over the mean length of the two, so that long messages do not lie further apart for being long.
 *
 * Source: as in EGG's topographic similarity.
 *
 * @example
 * relativeEditDistance([1, 2], [1, 2, 3, 4]) // 2 / 3
 */
export const relativeEditDistance: Distance = (a, b) => {
  const length = (a.length + b.length) / 2;
  return length === 0 ? 0 : editDistance(a, b) / length;
};
