import { z } from 'zod';
import { chanceMoves, type ExactRules, gameOver } from '../exact/rules.ts';
import { viewParam } from '../exact/view.ts';

export const kuhnPokerParams = z.strictObject({
  players: z.int().min(2).max(10).default(2).describe('Players; the deck has one card more.'),
  view: viewParam,
});

export type KuhnPokerParams = z.infer<typeof kuhnPokerParams>;

export const pass = 0;
export const bet = 1;

/** Shapes: n players: cards [n], -1 where none was dealt; moves [2n - 1], passes and bets in order, -1 beyond `made`. */
export interface KuhnPokerState {
  readonly cards: Int8Array;
  readonly moves: Int8Array;
  dealt: number;
  made: number;
  /** Who bet first; -1 before. */
  firstBettor: number;
  /** Who takes the pot; -1 before the end. */
  winner: number;
}

/**
 * Everybody antes 1 and gets a card. In turn each passes or bets 1; once somebody has bet, those before get one more turn to call or
 * fold. Highest card among those who bet, or among all if nobody did, takes the pot.
 *
 * Source: Kuhn (1950), "Simplified two-person poker"; for n players as in open_spiel 2.0.2, games/kuhn_poker.
 */
export const kuhnPokerRules: ExactRules<KuhnPokerParams, KuhnPokerState> = {
  players: ({ players }) => players,
  actions: () => 2,
  outcomes: ({ players }) => players + 1,

  start: ({ players }) => ({
    cards: new Int8Array(players).fill(-1),
    moves: new Int8Array(2 * players - 1).fill(-1),
    dealt: 0,
    made: 0,
    firstBettor: -1,
    winner: -1,
  }),

  turn(state, { players }) {
    if (state.winner >= 0) return gameOver;
    return state.dealt < players ? chanceMoves : state.made % players;
  },

  legal: () => {},

  weigh(state, weights, { players }) {
    weights.fill(1, 0, players + 1);
    for (let p = 0; p < state.dealt; p++) weights[state.cards[p]] = 0;
    return players + 1 - state.dealt;
  },

  draw(state, outcome) {
    state.cards[state.dealt++] = outcome;
  },

  play(state, actions, { players }) {
    const player = state.made % players;
    const action = actions[player];
    if (action === bet && state.firstBettor < 0) state.firstBettor = player;
    state.moves[state.made++] = action;
    if (state.made === (state.firstBettor < 0 ? players : players + state.firstBettor))
      state.winner = best(state, players);
  },

  returns(state, out, { players }) {
    let pot = 0;
    for (let p = 0; p < players; p++) pot += putIn(state, p, players);
    for (let p = 0; p < players; p++) out[p] = (p === state.winner ? pot : 0) - putIn(state, p, players);
  },

  informationState: ({ cards, moves, made }, player) => `${cards[player]} ${moves.subarray(0, made).join('')}`,
};

/** What a player has put into the pot: the ante and perhaps a bet. */
export function putIn(state: KuhnPokerState, player: number, players: number): number {
  return hasBet(state, player, players) ? 2 : 1;
}

function hasBet({ moves }: KuhnPokerState, player: number, players: number): boolean {
  return moves[player] === bet || (players + player < moves.length && moves[players + player] === bet);
}

function best(state: KuhnPokerState, players: number): number {
  let winner = -1;
  for (let p = 0; p < players; p++) {
    const stays = state.firstBettor < 0 || hasBet(state, p, players);
    if (stays && (winner < 0 || state.cards[p] > state.cards[winner])) winner = p;
  }
  return winner;
}
