import { z } from 'zod';
import { type ExactRules, gameOver } from '../exact/rules.ts';

const amount = z.number().min(0);

export const sheriffParams = z.strictObject({
  maxItems: z.int().min(1).max(1000).default(3).describe('Most illegal items that the smuggler can load.'),
  maxBribe: z.int().min(0).max(1000).default(3).describe('Highest bribe.'),
  rounds: z.int().min(1).max(1000).default(4).describe('Rounds of a bribe and an answer; only the last one counts.'),
  itemValue: amount.default(1).describe('What the smuggler gains for each item that passes.'),
  itemPenalty: amount.default(2).describe('What the smuggler pays the sheriff for each item that is found.'),
  sheriffPenalty: amount.default(3).describe('What the sheriff pays the smuggler for inspecting an empty load.'),
});

export type SheriffParams = z.infer<typeof sheriffParams>;

export const smuggler = 0;
export const sheriffSeat = 1;

/** Shapes: r rounds: bribes, answers (1 to inspect) [r], -1 before. */
export interface SheriffState {
  /** Items in the load; -1 before they are chosen. */
  items: number;
  readonly bribes: Int32Array;
  readonly answers: Int8Array;
  moves: number;
}

/** The smuggler's action that loads nothing; one more for each item. */
export const loadNothing = 2;

/** The smuggler's action that offers nothing; one more for each coin. */
export function bribeNothing({ maxItems }: SheriffParams): number {
  return 3 + maxItems;
}

/**
 * The smuggler loads items unseen. In each round it offers a bribe and the sheriff says whether it will inspect; the last round is the
 * one that happens.
 *
 * Source: Farina, Ling, Fang and Sandholm (2019), "Correlation in extensive-form games: saddle-point formulation and benchmarks"; as in
 * open_spiel 2.0.2, games/sheriff.
 */
export const sheriffRules: ExactRules<SheriffParams, SheriffState> = {
  players: () => 2,
  actions: ({ maxItems, maxBribe }) => 4 + maxItems + maxBribe,
  outcomes: () => 1,

  start: ({ rounds }) => ({
    items: -1,
    bribes: new Int32Array(rounds).fill(-1),
    answers: new Int8Array(rounds).fill(-1),
    moves: 0,
  }),

  turn({ moves }, { rounds }) {
    if (moves > 2 * rounds) return gameOver;
    return moves === 0 || moves % 2 === 1 ? smuggler : sheriffSeat;
  },

  legal({ moves }, player, mask, params) {
    if (player === sheriffSeat) {
      mask.fill(0, 2);
      return;
    }
    const bribe = bribeNothing(params);
    mask.fill(0, 0, loadNothing);
    if (moves === 0) mask.fill(0, bribe);
    else mask.fill(0, loadNothing, bribe);
  },

  weigh: () => 0,
  draw: () => {},

  play(state, actions, params) {
    const round = (state.moves - 1) >> 1;
    if (state.moves === 0) state.items = actions[smuggler] - loadNothing;
    else if (state.moves % 2 === 1) state.bribes[round] = actions[smuggler] - bribeNothing(params);
    else state.answers[round] = actions[sheriffSeat];
    state.moves++;
  },

  returns({ items, bribes, answers }, out, { rounds, itemValue, itemPenalty, sheriffPenalty }) {
    const bribe = bribes[rounds - 1];
    if (answers[rounds - 1] === 0) {
      out[smuggler] = items * itemValue - bribe;
      out[sheriffSeat] = bribe;
    } else {
      const fine = items === 0 ? -sheriffPenalty : items * itemPenalty;
      out[smuggler] = -fine;
      out[sheriffSeat] = fine;
    }
  },

  informationState: ({ items, bribes, answers }, player) =>
    `${player === smuggler ? items : ''}|${bribes.join(' ')}|${answers.join(' ')}`,
};
