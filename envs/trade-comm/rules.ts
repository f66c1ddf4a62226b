import { z } from 'zod';
import { chanceMoves, type ExactRules, gameOver } from '../exact/rules.ts';

export const tradeCommParams = z.strictObject({
  items: z.int().min(1).max(100).default(10).describe('Kinds of items, and of symbols.'),
});

export type TradeCommParams = z.infer<typeof tradeCommParams>;

/** Shapes: items, said, offers [2]; -1 before. An offer is give * items + get. */
export interface TradeCommState {
  readonly items: Int32Array;
  readonly said: Int32Array;
  readonly offers: Int32Array;
  /** Moves made: two words, then two offers. */
  moves: number;
}

/** Whether both offer what they hold for what the other holds. */
export function isTrade({ items, offers }: TradeCommState, kinds: number): boolean {
  return offers[0] === items[0] * kinds + items[1] && offers[1] === items[1] * kinds + items[0];
}

/**
 * Both hold an item that only they see; each says one symbol, then each offers a trade, unseen by the other.
 *
 * Source: open_spiel 2.0.2, games/trade_comm; Sokota et al. (2021), "Solving common-payoff games with approximate policy iteration".
 */
export const tradeCommRules: ExactRules<TradeCommParams, TradeCommState> = {
  players: () => 2,
  actions: ({ items }) => items + items * items,
  outcomes: ({ items }) => items * items,

  start: () => ({
    items: new Int32Array(2).fill(-1),
    said: new Int32Array(2).fill(-1),
    offers: new Int32Array(2).fill(-1),
    moves: 0,
  }),

  turn({ items, moves }) {
    if (items[0] < 0) return chanceMoves;
    return moves === 4 ? gameOver : moves % 2;
  },

  legal({ moves }, _player, mask, { items }) {
    if (moves < 2) mask.fill(0, items);
    else mask.fill(0, 0, items);
  },

  weigh(_state, weights, { items }) {
    weights.fill(1, 0, items * items);
    return items * items;
  },

  draw(state, outcome, { items }) {
    state.items[0] = Math.floor(outcome / items);
    state.items[1] = outcome % items;
  },

  play(state, actions, { items }) {
    const player = state.moves % 2;
    if (state.moves < 2) state.said[player] = actions[player];
    else state.offers[player] = actions[player] - items;
    state.moves++;
  },

  returns: (state, out, { items }) => void out.fill(isTrade(state, items) ? 1 : 0, 0, 2),

  informationState: ({ items, said, offers, moves }, player) =>
    `${items[player]} ${said.join(' ')} ${offers[player]} ${moves}`,
};
