import type { FlatTree } from './tree.ts';
import { type TreePolicy, treePolicy, writeShares } from './tree-policy.ts';

/** `cfr` sums regrets as they are; `cfr+` never lets them fall below 0 and weighs later policies more. */
export type CfrVariant = 'cfr' | 'cfr+';

/** Shapes: [slots] each. */
export interface CfrState {
  readonly iterations: number;
  readonly regrets: Float64Array;
  readonly sums: Float64Array;
  readonly policy: Float64Array;
}

/** Counterfactual regret minimisation at work on one tree. */
export interface Cfr {
  readonly iterations: number;
  /** Runs further iterations over the whole tree. */
  run(iterations: number): void;
  /** The policy that the regrets ask for now. */
  currentPolicy(): TreePolicy;
  /** Everything that later iterations depend on, as a copy. */
  state(): CfrState;
  restore(state: CfrState): void;
  /** The average over iterations, which is what approaches an equilibrium (in two-player zero-sum games). */
  averagePolicy(): TreePolicy;
}

/**
 * Counterfactual regret minimisation by full walks of the tree: in each iteration players update one after the other, so that a
 * player already meets the new policies of those before.
 *
 * Shapes: arrays as in `FlatTree`.
 * Source: Zinkevich et al. (2007), "Regret minimization in games with incomplete information", eq. 7 and 8; CFR+ after Tammelin
 * (2014), "Solving large imperfect information games using CFR+" (linear averaging, no delay).
 *
 * @example
 * const cfr = createCfr(tree, 'cfr+');
 * cfr.run(100);
 * nashConv(tree, cfr.averagePolicy()).nashConv
 */
export function createCfr(tree: FlatTree, variant: CfrVariant = 'cfr'): Cfr {
  const { players, size, movers, setOf, firstChild, postOrder, chance, sets, slots, returns } = tree;
  const offsets = Int32Array.from(setOf, (set) => (set < 0 ? -1 : sets[set].offset));
  const regrets = new Float64Array(slots);
  const sums = new Float64Array(slots);
  const policy = treePolicy(tree, ({ actions }) => actions.map(() => 0));
  /** Nodes at which somebody moves, parents first, and again with children first. */
  const moves = Int32Array.from(movers.keys()).filter((node) => movers[node] >= -1);
  const movesUp = postOrder.filter((node) => movers[node] >= -1);
  /** How far each player's choices, and behind the players chance, let a node be reached: [players + 1][size]. */
  const reach = Array.from({ length: players + 1 }, () => new Float64Array(size).fill(1));
  /** Of every node to each player [players][size]; ends never change. */
  const values = Array.from({ length: players }, (_, player) =>
    Float64Array.from({ length: size }, (_, node) => returns[node * players + player]),
  );
  let iterations = 0;

  for (const node of moves) {
    const part = reach[players];
    for (let k = firstChild[node]; k < firstChild[node + 1]; k++) part[k] = part[node] * chance[k];
  }

  const spreadReach = () => {
    for (let who = 0; who < players; who++) {
      const part = reach[who];
      for (let i = 0; i < moves.length; i++) {
        const node = moves[i];
        const first = firstChild[node];
        const end = firstChild[node + 1];
        const offset = offsets[node] - first;
        if (movers[node] === who) for (let k = first; k < end; k++) part[k] = part[node] * policy[offset + k];
        else for (let k = first; k < end; k++) part[k] = part[node];
      }
    }
  };

  // The order of every sum is that of a plain recursive walk: regrets that cancel to exactly 0 in one order and to a rounding
  // error in another lead to different policies.
  const update = (player: number, weight: number) => {
    spreadReach();
    const value = values[player];
    for (let i = 0; i < movesUp.length; i++) {
      const node = movesUp[i];
      const first = firstChild[node];
      const end = firstChild[node + 1];
      const offset = offsets[node] - first;
      let expected = 0;
      if (movers[node] < 0) for (let k = first; k < end; k++) expected += chance[k] * value[k];
      else for (let k = first; k < end; k++) expected += policy[offset + k] * value[k];
      value[node] = expected;
      if (movers[node] !== player) continue;
      let others = 1;
      for (let who = 0; who <= players; who++) if (who !== player) others *= reach[who][node];
      const own = weight * reach[player][node];
      for (let k = first; k < end; k++) {
        regrets[offset + k] += others * (value[k] - expected);
        sums[offset + k] += own * policy[offset + k];
      }
    }
    for (const set of sets) if (set.player === player) matchRegrets(set.offset, set.actions.length);
  };

  const matchRegrets = (offset: number, count: number) => {
    let total = 0;
    for (let i = offset; i < offset + count; i++) {
      if (variant === 'cfr+' && regrets[i] < 0) regrets[i] = 0;
      total += Math.max(0, regrets[i]);
    }
    for (let i = offset; i < offset + count; i++) policy[i] = total > 0 ? Math.max(0, regrets[i]) / total : 1 / count;
  };

  return {
    get iterations() {
      return iterations;
    },
    run(count) {
      for (let i = 0; i < count; i++) {
        iterations++;
        for (let player = 0; player < players; player++) update(player, variant === 'cfr+' ? iterations : 1);
      }
    },
    state: () => ({ iterations, regrets: regrets.slice(), sums: sums.slice(), policy: policy.slice() }),
    restore(state) {
      iterations = state.iterations;
      regrets.set(state.regrets);
      sums.set(state.sums);
      policy.set(state.policy);
    },
    currentPolicy: () => policy.slice(),
    averagePolicy() {
      const average = new Float64Array(slots);
      for (const { offset, actions } of sets) writeShares(sums, offset, actions.length, average, offset);
      return average;
    },
  };
}
