import type { FlatTree } from './tree.ts';
import { expectedReturns, reachOfOthers, type TreePolicy } from './tree-policy.ts';

/** The best a player can do against fixed others. */
export interface BestResponse {
  readonly value: number;
  /** The place of the chosen action among the set's actions, by number of the information set; -1 for sets of other players. */
  readonly choices: Int32Array;
}

/**
 * A best response of one player to a policy of all: in every information set the first action of highest counterfactual value.
 *
 * Shapes: policy [slots].
 * Source: backward induction over information sets, for perfect recall; as in Lanctot et al. (2017), "A unified game-theoretic
 * approach to multiagent reinforcement learning", appendix.
 */
export function bestResponse(tree: FlatTree, policy: TreePolicy, player: number): BestResponse {
  const { players, size, movers, setOf, firstChild, chance, sets, returns } = tree;
  const reach = new Float64Array(size);
  reachOfOthers(tree, policy, player, reach);
  const members = sets.map((): number[] => []);
  for (let node = 0; node < size; node++) if (movers[node] === player) members[setOf[node]].push(node);
  const choices = new Int32Array(sets.length).fill(-1);
  const values = new Float64Array(size).fill(Number.NaN);
  const valueAt = (node: number): number => {
    if (Number.isNaN(values[node])) values[node] = compute(node);
    return values[node];
  };
  const compute = (node: number): number => {
    const first = firstChild[node];
    const count = firstChild[node + 1] - first;
    if (count === 0) return returns[node * players + player];
    const set = setOf[node];
    if (movers[node] === player) {
      if (choices[set] < 0) choices[set] = choose(set);
      return valueAt(first + choices[set]);
    }
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const weight = set < 0 ? chance[first + k] : policy[sets[set].offset + k];
      if (weight > 0) sum += weight * valueAt(first + k);
    }
    return sum;
  };
  const choose = (set: number): number => {
    let best = 0;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < sets[set].actions.length; k++) {
      let value = 0;
      for (const node of members[set]) if (reach[node] > 0) value += reach[node] * valueAt(firstChild[node] + k);
      if (value > highest) {
        best = k;
        highest = value;
      }
    }
    return best;
  };
  const value = valueAt(0);
  // Sets that the player's own best choices avoid get a choice too, so that the answer is a policy everywhere.
  sets.forEach((set, i) => {
    if (set.player === player && choices[i] < 0) choices[i] = choose(i);
  });
  return { value, choices };
}

/** How far a policy is from an equilibrium. */
export interface NashConv {
  /** The sum of the improvements; 0 exactly at an equilibrium. In two-player zero-sum games, twice the exploitability. */
  readonly nashConv: number;
  /** What each player could gain by a best response, the others staying as they are. */
  readonly improvements: readonly number[];
  readonly values: readonly number[];
}

/**
 * What all players together could gain by best responses, each alone.
 *
 * Shapes: policy [slots].
 * Source: Lanctot et al. (2017), eq. 1.
 */
export function nashConv(tree: FlatTree, policy: TreePolicy): NashConv {
  const values = Array.from(expectedReturns(tree, policy));
  const improvements = values.map((value, player) => bestResponse(tree, policy, player).value - value);
  return { nashConv: improvements.reduce((sum, gain) => sum + gain, 0), improvements, values };
}
