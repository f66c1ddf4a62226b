import type { GameTree } from '#math';

/** A node of Kuhn's poker: cards dealt so far, and moves made, `p` for pass and `b` for bet. */
export interface KuhnNode {
  readonly cards: readonly number[];
  readonly moves: string;
}

/** Two-player Kuhn poker by its rules: three cards, ante 1, one bet of 1. */
export const kuhnTree: GameTree<KuhnNode> = {
  players: 2,
  root: { cards: [], moves: '' },
  mover({ cards, moves }) {
    if (cards.length < 2) return -1;
    return ['pp', 'pbp', 'pbb', 'bp', 'bb'].includes(moves) ? -4 : moves.length % 2;
  },
  actions: ({ cards }) => (cards.length < 2 ? [0, 1, 2].filter((card) => !cards.includes(card)) : [0, 1]),
  probabilities: ({ cards }) => (cards.length === 0 ? [1 / 3, 1 / 3, 1 / 3] : [1 / 2, 1 / 2]),
  child({ cards, moves }, action) {
    return cards.length < 2 ? { cards: [...cards, action], moves } : { cards, moves: moves + 'pb'[action] };
  },
  returns({ cards, moves }) {
    const higher = cards[0] > cards[1] ? 1 : -1;
    const first = { pp: higher, pbp: -1, pbb: 2 * higher, bp: 1, bb: 2 * higher }[moves] ?? Number.NaN;
    return [first, -first];
  },
  informationState: ({ cards, moves }) => `${cards[moves.length % 2]}${moves}`,
};
