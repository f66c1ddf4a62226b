import { type Distance, hammingDistance, relativeEditDistance } from './distance.ts';

/**
 * Whether similar meanings have similar messages: Spearman's correlation between the distances of meanings and those of messages,
 * over all pairs; 1 for a language that maps part by part. Undefined where one side does not vary.
 *
 * Shapes: meanings [n][attributes], messages [n][symbols], whose lengths may differ.
 * Source: Brighton and Kirby (2006), "Understanding linguistic evolution by visualizing the emergence of topographic mappings";
 * as measured by Lazaridou et al. (2018).
 *
 * @example
 * topographicSimilarity([[0, 0], [0, 1], [1, 1]], [[5, 7], [5, 8], [6, 8]]) // 1
 */
export function topographicSimilarity(
  meanings: readonly (readonly number[])[],
  messages: readonly (readonly number[])[],
  ofMeanings: Distance = hammingDistance,
  ofMessages: Distance = relativeEditDistance,
): number | undefined {
  return rankCorrelation(pairDistances(meanings, ofMeanings), pairDistances(messages, ofMessages));
}

/** Rounded, because distances that are equal by their definition have to tie. */
function pairDistances(items: readonly (readonly number[])[], distance: Distance): number[] {
  const all: number[] = [];
  for (let i = 0; i < items.length; i++) {
    for (let j = 0; j < i; j++) all.push(Math.round(distance(items[i], items[j]) * 1e9) / 1e9);
  }
  return all;
}

/**
 * Spearman's rank correlation, equal numbers sharing their mean rank; undefined where a side does not vary.
 *
 * Shapes: x, y [n].
 * Source: Spearman (1904), "The proof and measurement of association between two things".
 *
 * @example
 * rankCorrelation([1, 2, 3], [1, 4, 9]) // 1
 */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number | undefined {
  const [a, b] = [centredRanks(x), centredRanks(y)];
  const dot = (p: readonly number[], q: readonly number[]) => p.reduce((sum, value, i) => sum + value * q[i], 0);
  const [ofX, ofY] = [dot(a, a), dot(b, b)];
  return ofX === 0 || ofY === 0 ? undefined : dot(a, b) / Math.sqrt(ofX) / Math.sqrt(ofY);
}

/** Ranks less their mean, which is half the number of values whatever the ties. */
function centredRanks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) ranks[order[i]] = (from + to - values.length) / 2;
    from = to;
  }
  return ranks;
}
