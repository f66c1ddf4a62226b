import type { Numbers } from '../numbers.ts';

/**
 * Ranks from 1 up; equal numbers share the mean of their places.
 *
 * Shapes: values [n] -> [n].
 *
 * @example
 * averageRanks([10, 30, 10]) // [1.5, 3, 1.5]
 */
export function averageRanks(values: Numbers): Float64Array {
  const ranks = new Float64Array(values.length);
  forTies(values, (order, from, to) => {
    for (let i = from; i < to; i++) ranks[order[i]] = (from + 1 + to) / 2;
  });
  return ranks;
}

/**
 * How many numbers share each value, for values that are shared by more than one.
 *
 * @example
 * tieSizes([1, 2, 2, 3, 3, 3]) // [2, 3]
 */
export function tieSizes(values: Numbers): number[] {
  const sizes: number[] = [];
  forTies(values, (_order, from, to) => {
    if (to - from > 1) sizes.push(to - from);
  });
  return sizes;
}

/** Calls `visit` for every group of equal numbers, in ascending order: places from .. to - 1 of `order`. */
function forTies(values: Numbers, visit: (order: Numbers, from: number, to: number) => void): void {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    visit(order, from, to);
    from = to;
  }
}
