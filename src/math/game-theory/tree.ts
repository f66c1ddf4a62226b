import { chanceMover, type GameTree, PolityError } from '#core';

export { chanceMover, type GameTree };

/** An information set: the moves that a player cannot tell apart. */
export interface InformationSet {
  readonly player: number;
  readonly name: string;
  readonly actions: readonly number[];
  /** Where its actions begin in a tabular policy. */
  readonly offset: number;
}

/**
 * A whole tree in flat arrays, level by level, so that every node lies behind its parent and the children of a node lie side by
 * side in the order of its actions.
 *
 * Shapes: n nodes.
 */
export interface FlatTree {
  readonly players: number;
  readonly size: number;
  /** [n]: a player, -1 chance, -2 over. */
  readonly movers: Int8Array;
  /** [n]: the index in `sets`, -1 where no player moves. */
  readonly setOf: Int32Array;
  /** [n + 1]: children of node i are firstChild[i] .. firstChild[i + 1] - 1. */
  readonly firstChild: Int32Array;
  /** [n]: nodes with every child before its parent, branches in the order of their actions. */
  readonly postOrder: Int32Array;
  /** [n]: the chance of the draw that leads here; 1 where a player led here. */
  readonly chance: Float64Array;
  /** [n][players]: returns at the end, 0 elsewhere. */
  readonly returns: Float64Array;
  readonly sets: readonly InformationSet[];
  /** The sum of the numbers of actions of all information sets: the length of a tabular policy. */
  readonly slots: number;
}

/**
 * Walks a tree once and lays it out flat.
 *
 * @param onMove Is shown every node at which a player moves, with the number of its information set.
 * Throws: PolityError (contract) when the tree has more than `most` nodes, or two nodes of an information set differ in their
 * actions.
 *
 * @example
 * flattenTree(normalFormTree([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])).size // 7: a root, two moves, four ends
 */
export function flattenTree<N>(
  tree: GameTree<N>,
  most = 5_000_000,
  onMove: (node: N, set: number) => void = () => {},
): FlatTree {
  const nodes: N[] = [tree.root];
  const [movers, setOf, firstChild, chance]: number[][] = [[], [], [], [1]];
  const sets: InformationSet[] = [];
  const known = new Map<string, number>();
  let slots = 0;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    const mover = Math.max(-2, tree.mover(node));
    movers.push(mover);
    firstChild.push(nodes.length);
    if (mover === -2) {
      setOf.push(-1);
      continue;
    }
    const actions = tree.actions(node);
    if (nodes.length + actions.length > most) throw tooLarge(most);
    const odds = mover === chanceMover ? tree.probabilities(node) : null;
    actions.forEach((action, k) => {
      nodes.push(tree.child(node, action));
      chance.push(odds === null ? 1 : odds[k]);
    });
    if (mover === chanceMover) {
      setOf.push(-1);
      continue;
    }
    const name = tree.informationState(node);
    const key = `${mover} ${name}`;
    const set = known.get(key) ?? sets.length;
    setOf.push(set);
    if (set === sets.length) {
      known.set(key, set);
      sets.push({ player: mover, name, actions, offset: slots });
      slots += actions.length;
    } else if (!sameActions(sets[set].actions, actions)) {
      throw mixedActions(name, mover, sets[set].actions, actions);
    }
    onMove(node, set);
  }
  firstChild.push(nodes.length);
  const returns = new Float64Array(nodes.length * tree.players);
  nodes.forEach((node, i) => {
    if (movers[i] === -2) returns.set(tree.returns(node), i * tree.players);
  });
  return {
    players: tree.players,
    size: nodes.length,
    movers: Int8Array.from(movers),
    setOf: Int32Array.from(setOf),
    firstChild: Int32Array.from(firstChild),
    postOrder: postOrderOf(firstChild),
    chance: Float64Array.from(chance),
    returns,
    sets,
    slots,
  };
}

function postOrderOf(firstChild: readonly number[]): Int32Array {
  const order = new Int32Array(firstChild.length - 1);
  const path = [0];
  const next = firstChild.slice(0, -1);
  for (let at = 0; path.length > 0; ) {
    const node = path[path.length - 1];
    if (next[node] < firstChild[node + 1]) path.push(next[node]++);
    else {
      order[at++] = node;
      path.pop();
    }
  }
  return order;
}

function tooLarge(most: number): PolityError {
  return new PolityError({
    code: 'contract',
    where: 'game tree',
    message: 'too large to be laid out',
    got: `more than ${most} nodes`,
    expected: `at most ${most}`,
    remedy: 'Choose a smaller game, or measure against a trained exploiter instead.',
  });
}

function mixedActions(name: string, player: number, expected: readonly number[], got: readonly number[]): PolityError {
  return new PolityError({
    code: 'contract',
    where: `game tree › information set "${name}" of player ${player}`,
    message: 'two of its nodes differ in their actions',
    got: got.join(', '),
    expected: expected.join(', '),
  });
}

function sameActions(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((action, i) => action === b[i]);
}
