import { z } from 'zod';
import { chanceMoves, type ExactRules, gameOver } from '../exact/rules.ts';
import { viewParam } from '../exact/view.ts';

export const firstPriceAuctionParams = z.strictObject({
  players: z.int().min(2).max(10).default(2).describe('Bidders.'),
  maxValue: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe('Values are drawn from 1 to this, all alike; bids stay below the own value.'),
  view: viewParam,
});

export type FirstPriceAuctionParams = z.infer<typeof firstPriceAuctionParams>;

/** Shapes: n bidders: values, bids [n], -1 before. */
export interface FirstPriceAuctionState {
  readonly values: Int32Array;
  readonly bids: Int32Array;
  valued: number;
  bidden: number;
  /** Who gets the thing; -1 before. */
  winner: number;
}

/**
 * Everybody draws a value, and bids unseen by the others. The highest bidder, by lot among equals, gets its value less its bid.
 *
 * Source: Vickrey (1961), "Counterspeculation, auctions, and competitive sealed tenders"; as in open_spiel 2.0.2,
 * games/first_sealed_auction.
 */
export const firstPriceAuctionRules: ExactRules<FirstPriceAuctionParams, FirstPriceAuctionState> = {
  players: ({ players }) => players,
  actions: ({ maxValue }) => maxValue,
  outcomes: ({ players, maxValue }) => Math.max(players, maxValue + 1),

  start: ({ players }) => ({
    values: new Int32Array(players).fill(-1),
    bids: new Int32Array(players).fill(-1),
    valued: 0,
    bidden: 0,
    winner: -1,
  }),

  turn({ valued, bidden, winner }, { players }) {
    if (winner >= 0) return gameOver;
    return valued < players || bidden === players ? chanceMoves : bidden;
  },

  legal({ values }, player, mask, { maxValue }) {
    mask.fill(0, values[player], maxValue);
  },

  weigh({ valued, bids }, weights, { players, maxValue }) {
    if (valued < players) {
      weights.fill(1, 1, maxValue + 1);
      return maxValue;
    }
    let highest = -1;
    let total = 0;
    for (let p = 0; p < players; p++) highest = Math.max(highest, bids[p]);
    for (let p = 0; p < players; p++) {
      if (bids[p] !== highest) continue;
      weights[p] = 1;
      total++;
    }
    return total;
  },

  draw(state, outcome, { players }) {
    if (state.valued < players) state.values[state.valued++] = outcome;
    else state.winner = outcome;
  },

  play(state, actions) {
    state.bids[state.bidden] = actions[state.bidden];
    state.bidden++;
  },

  returns({ values, bids, winner }, out) {
    out.fill(0);
    if (winner >= 0) out[winner] = values[winner] - bids[winner];
  },

  informationState: ({ values, bids }, player) => `${values[player]} ${bids[player]}`,
};
