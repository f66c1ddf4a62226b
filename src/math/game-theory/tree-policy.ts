import type { FlatTree, InformationSet } from './tree.ts';

/**
 * A behavioural policy of all players: the probability of each action of each information set.
 *
 * Shapes: [slots] of a `FlatTree`; the actions of set s start at sets[s].offset.
 */
export type TreePolicy = Float64Array;

/**
 * The policy that takes every action alike.
 *
 * @example
 * uniformTreePolicy(tree)[tree.sets[0].offset] // 1 / tree.sets[0].actions.length
 */
export function uniformTreePolicy(tree: FlatTree): TreePolicy {
  return treePolicy(tree, ({ actions }) => actions.map(() => 1));
}

/**
 * The policy that takes the actions of each information set in proportion to weights; where all are 0, alike.
 *
 * Shapes: `weigh` gives a number for each of the set's actions.
 */
export function treePolicy(tree: FlatTree, weigh: (set: InformationSet) => ArrayLike<number>): TreePolicy {
  const policy = new Float64Array(tree.slots);
  for (const set of tree.sets) writeShares(weigh(set), 0, set.actions.length, policy, set.offset);
  return policy;
}

/** Writes weights divided by their sum, or equal shares where the sum is 0. */
export function writeShares(
  weights: ArrayLike<number>,
  from: number,
  count: number,
  out: Float64Array,
  at: number,
): void {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[from + i];
  for (let i = 0; i < count; i++) out[at + i] = sum > 0 ? weights[from + i] / sum : 1 / count;
}

/**
 * What each player can expect when all follow a policy.
 *
 * Shapes: policy [slots] -> [players].
 */
export function expectedReturns(tree: FlatTree, policy: TreePolicy): Float64Array {
  const { players, size, movers, setOf, firstChild, chance, sets } = tree;
  const values = tree.returns.slice();
  // Every node lies behind its parent, so from the end on children are done first.
  for (let node = size - 1; node >= 0; node--) {
    const first = firstChild[node];
    const count = firstChild[node + 1] - first;
    const offset = movers[node] >= 0 ? sets[setOf[node]].offset : -1;
    for (let k = 0; k < count; k++) {
      const weight = offset < 0 ? chance[first + k] : policy[offset + k];
      if (weight === 0) continue;
      for (let p = 0; p < players; p++) values[node * players + p] += weight * values[(first + k) * players + p];
    }
  }
  return values.slice(0, players);
}

/**
 * How likely each node is to be reached, leaving out one player's own choices (or nobody's, for player -1).
 *
 * Shapes: policy [slots] -> out [size].
 */
export function reachOfOthers(tree: FlatTree, policy: TreePolicy, player: number, out: Float64Array): void {
  const { size, movers, setOf, firstChild, chance, sets } = tree;
  out[0] = 1;
  for (let node = 0; node < size; node++) {
    const first = firstChild[node];
    const count = firstChild[node + 1] - first;
    const mover = movers[node];
    const offset = mover >= 0 && mover !== player ? sets[setOf[node]].offset : -1;
    for (let k = 0; k < count; k++) out[first + k] = out[node] * (offset < 0 ? chance[first + k] : policy[offset + k]);
  }
}
