import type { WorldTree } from '#core';
import { chanceMoves, type ExactRules, everybodyMoves, gameOver } from './rules.ts';

/** A state of the game, and what the first players have chosen of a move that all make at once. */
export interface TreeNode<S> {
  readonly state: S;
  readonly chosen: readonly number[];
}

/**
 * The tree of a game under given parameters. Where everybody moves at once, players move one after the other, unseen by each other.
 *
 * Source: that conversion is open_spiel's `turn_based_simultaneous_game`.
 *
 * @example
 * const tree = gameTree(kuhnPoker.rules, kuhnPoker.params.parse({}));
 * tree.actions(tree.root).length // 3
 */
export function gameTree<P, S extends object>(rules: ExactRules<P, S>, params: P): WorldTree<TreeNode<S>, S> {
  const players = rules.players(params);
  const choices = rules.actions(params);
  const mover = ({ state, chosen }: TreeNode<S>) => {
    const turn = rules.turn(state, params);
    return turn === everybodyMoves ? chosen.length : turn;
  };
  const weights = ({ state }: TreeNode<S>) => {
    const list = new Int32Array(rules.outcomes(params));
    return { list, total: rules.weigh(state, list, params) };
  };
  return {
    players,
    root: { state: rules.start(params), chosen: [] },
    mover,
    stateOf: ({ state }) => state,
    actions(node) {
      const who = mover(node);
      if (who === gameOver) return [];
      if (who === chanceMoves) return nonzero(weights(node).list);
      const mask = new Uint8Array(choices).fill(1);
      rules.legal(node.state, who, mask, params);
      return nonzero(mask);
    },
    probabilities(node) {
      const { list, total } = weights(node);
      return Array.from(list)
        .filter((weight) => weight > 0)
        .map((weight) => weight / total);
    },
    child({ state, chosen }, action) {
      const turn = rules.turn(state, params);
      if (turn === everybodyMoves && chosen.length + 1 < players) return { state, chosen: [...chosen, action] };
      const next = copyState(state);
      if (turn === chanceMoves) rules.draw(next, action, params);
      else if (turn === everybodyMoves) rules.play(next, [...chosen, action], params);
      else
        rules.play(
          next,
          Array.from({ length: players }, (_, p) => (p === turn ? action : 0)),
          params,
        );
      return { state: next, chosen: [] };
    },
    returns({ state }) {
      const out = new Float64Array(players);
      rules.returns(state, out, params);
      return Array.from(out);
    },
    informationState(node) {
      const who = mover(node);
      return `${who}|${rules.informationState(node.state, who, params)}`;
    },
  };
}

/** A copy of a flat state: numbers and booleans as they are, typed arrays anew. */
export function copyState<S extends object>(state: S): S {
  const copy = { ...state };
  for (const key in copy) {
    const value: unknown = copy[key];
    if (ArrayBuffer.isView(value)) copy[key] = (value as Int32Array).slice() as S[Extract<keyof S, string>];
  }
  return copy;
}

function nonzero(list: ArrayLike<number>): number[] {
  const found: number[] = [];
  for (let i = 0; i < list.length; i++) if (list[i] !== 0) found.push(i);
  return found;
}
