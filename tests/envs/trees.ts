import { parseWith } from '#core';
import { chanceMoves, type ExactWorld, gameOver, gameTree } from '#envs';
import type { GameTree } from '#math';

/** What a walk over a whole tree finds. */
export interface TreeCount {
  readonly chance: number;
  readonly over: number;
  /** Decision nodes and information sets, by player. */
  readonly decisions: number[];
  readonly informationSets: number[];
}

/** The tree of a world under given parameters. */
// biome-ignore lint/suspicious/noExplicitAny: a test walks the tree of any world.
export function treeOf(world: ExactWorld<any, any>, params: object = {}): GameTree<any> {
  return gameTree(world.rules, parseWith(world.params, params, world.id));
}

/** Walks every node; fails where an information set offers different actions at two of its nodes. */
export function countTree<N>(tree: GameTree<N>): TreeCount {
  const sets = Array.from({ length: tree.players }, () => new Map<string, string>());
  const count = { chance: 0, over: 0, decisions: sets.map(() => 0) };
  const visit = (node: N): void => {
    const mover = tree.mover(node);
    const actions = tree.actions(node);
    if (mover === gameOver) count.over++;
    else if (mover === chanceMoves) count.chance++;
    else {
      count.decisions[mover]++;
      const name = tree.informationState(node);
      const offered = actions.join(' ');
      if ((sets[mover].get(name) ?? offered) !== offered)
        throw new Error(`${name}: ${offered} here, other actions elsewhere`);
      sets[mover].set(name, offered);
    }
    for (const action of actions) visit(tree.child(node, action));
  };
  visit(tree.root);
  return { ...count, informationSets: sets.map((names) => names.size) };
}

/** What everybody can expect when all players choose uniformly, by adding up the whole tree. */
export function uniformValues<N>(tree: GameTree<N>): number[] {
  const values = (node: N): readonly number[] => {
    const mover = tree.mover(node);
    if (mover === gameOver) return tree.returns(node);
    const actions = tree.actions(node);
    const chances = mover === chanceMoves ? tree.probabilities(node) : actions.map(() => 1 / actions.length);
    const sums = new Array<number>(tree.players).fill(0);
    actions.forEach((action, i) => {
      values(tree.child(node, action)).forEach((value, p) => {
        sums[p] += chances[i] * value;
      });
    });
    return sums;
  };
  return [...values(tree.root)];
}
