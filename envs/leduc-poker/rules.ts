import { z } from 'zod';
import { chanceMoves, type ExactRules, gameOver } from '../exact/rules.ts';
import { viewParam } from '../exact/view.ts';

const shape = z.strictObject({
  players: z.int().min(2).max(10).default(2).describe('Players; the deck has players + 1 ranks of two cards each.'),
  startingPlayer: z.int().min(0).default(0).describe('Who moves first in each betting round (the next one if folded).'),
  suits: z
    .boolean()
    .default(true)
    .describe('Whether the two cards of a rank are told apart; false merges them (OpenSpiel’s suit_isomorphism).'),
  mapActions: z
    .boolean()
    .default(false)
    .describe(
      'Every action is legal: a fold that nothing calls for and a third raise count as a call (action_mapping).',
    ),
  view: viewParam,
});

export const leducPokerParams = shape.superRefine(({ players, startingPlayer }, context) => {
  if (startingPlayer < players) return;
  context.addIssue({ code: 'custom', path: ['startingPlayer'], message: `a player, 0..${players - 1}` });
});

export type LeducPokerParams = z.infer<typeof shape>;

export const fold = 0;
export const call = 1;
export const raise = 2;

const mostRaises = 2;
const raiseBy = [2, 4];
/** Most that one player can put in: the ante and two raises a round. */
export const mostPutIn = 1 + mostRaises * (raiseBy[0] + raiseBy[1]);

/**
 * Shapes: n players, m = 3n - 2 moves a round at most: own, putIn, folded [n]; left [n + 1 ranks, or 2(n + 1) cards], how many of each are
 * in the deck; moves [2, m], -1 beyond `made`.
 */
export interface LeducPokerState {
  readonly own: Int8Array;
  readonly putIn: Int32Array;
  readonly folded: Uint8Array;
  readonly left: Int8Array;
  readonly moves: Int8Array;
  /** Moves made in each round. Shapes: [2]. */
  readonly made: Int32Array;
  dealt: number;
  /** The card on the table; -1 before. */
  shared: number;
  /** 0 before the shared card, 1 after it. */
  round: number;
  /** Who moves; -1 while cards are dealt. */
  mover: number;
  stakes: number;
  calls: number;
  raises: number;
  remaining: number;
  over: boolean;
}

/** Cards that can be told apart. */
export function cardKinds({ players, suits }: LeducPokerParams): number {
  return suits ? 2 * (players + 1) : players + 1;
}

/** Most moves that a betting round can have. */
export function mostMoves({ players }: LeducPokerParams): number {
  return 3 * players - 2;
}

/**
 * Ante 1 and a card each, a betting round with raises of 2, a shared card, a betting round with raises of 4, at most two raises a round.
 * A pair with the shared card wins, else the highest card; equal hands share the pot.
 *
 * Source: Southey et al. (2005), "Bayes' bluff"; for n players as in open_spiel 2.0.2, games/leduc_poker.
 */
export const leducPokerRules: ExactRules<LeducPokerParams, LeducPokerState> = {
  players: ({ players }) => players,
  actions: () => 3,
  outcomes: cardKinds,

  start(params) {
    const { players, suits } = params;
    return {
      own: new Int8Array(players).fill(-1),
      putIn: new Int32Array(players).fill(1),
      folded: new Uint8Array(players),
      left: new Int8Array(cardKinds(params)).fill(suits ? 1 : 2),
      moves: new Int8Array(2 * mostMoves(params)).fill(-1),
      made: new Int32Array(2),
      dealt: 0,
      shared: -1,
      round: 0,
      mover: -1,
      stakes: 1,
      calls: 0,
      raises: 0,
      remaining: players,
      over: false,
    };
  },

  turn(state) {
    if (state.over) return gameOver;
    return state.mover < 0 ? chanceMoves : state.mover;
  },

  legal(state, player, mask, { mapActions }) {
    if (mapActions) return;
    if (state.stakes <= state.putIn[player]) mask[fold] = 0;
    if (state.raises >= mostRaises) mask[raise] = 0;
  },

  weigh({ left }, weights) {
    let total = 0;
    for (let card = 0; card < left.length; card++) {
      weights[card] = left[card];
      total += left[card];
    }
    return total;
  },

  draw(state, outcome, { players, startingPlayer }) {
    state.left[outcome]--;
    if (state.dealt < players) {
      state.own[state.dealt++] = outcome;
      if (state.dealt === players) state.mover = startingPlayer;
    } else {
      state.shared = outcome;
      state.mover = nextFrom(state, startingPlayer, players);
    }
  },

  play(state, actions, params) {
    const player = state.mover;
    const action = meant(state, actions[player], params);
    state.moves[state.round * mostMoves(params) + state.made[state.round]++] = action;
    if (action === fold) {
      state.folded[player] = 1;
      state.remaining--;
    } else {
      if (action === raise) {
        state.stakes += raiseBy[state.round];
        state.raises++;
        state.calls = 0;
      } else state.calls++;
      state.putIn[player] = state.stakes;
    }
    const settled = state.calls === (state.raises === 0 ? state.remaining : state.remaining - 1);
    if (state.remaining === 1 || (settled && state.round === 1)) state.over = true;
    else if (settled) {
      state.round = 1;
      state.raises = 0;
      state.calls = 0;
      state.mover = -1;
    } else state.mover = nextFrom(state, player + 1, params.players);
  },

  returns(state, out, { players, suits }) {
    let best = -1;
    let winners = 0;
    let pot = 0;
    for (let p = 0; p < players; p++) {
      pot += state.putIn[p];
      const rank = handRank(state, p, players, suits);
      if (rank > best) winners = 0;
      if (rank >= best && rank >= 0) winners++;
      best = Math.max(best, rank);
    }
    for (let p = 0; p < players; p++) {
      const wins = handRank(state, p, players, suits) === best;
      out[p] = (wins ? pot / winners : 0) - state.putIn[p];
    }
  },

  informationState({ own, shared, moves, made }, player, params) {
    const second = mostMoves(params);
    const rounds = [moves.subarray(0, made[0]), moves.subarray(second, second + made[1])];
    return `${own[player]} ${shared} ${rounds[0].join('')}/${rounds[1].join('')}`;
  },
};

/** How good a hand is, to compare; -1 for a player that has folded. Before the shared card nobody but the last player is left. */
export function handRank(
  { own, shared, folded }: LeducPokerState,
  player: number,
  players: number,
  suits: boolean,
): number {
  if (folded[player] === 1) return -1;
  if (shared < 0) return 0;
  const mine = suits ? own[player] >> 1 : own[player];
  const table = suits ? shared >> 1 : shared;
  const ranks = players + 1;
  if (mine === table) return ranks * ranks + mine;
  return Math.max(mine, table) * ranks + Math.min(mine, table);
}

function meant(state: LeducPokerState, action: number, { mapActions }: LeducPokerParams): number {
  if (!mapActions) return action;
  if (action === fold && state.stakes <= state.putIn[state.mover]) return call;
  return action === raise && state.raises >= mostRaises ? call : action;
}

function nextFrom({ folded }: LeducPokerState, first: number, players: number): number {
  for (let i = 0; i < players; i++) {
    const player = (first + i) % players;
    if (folded[player] === 0) return player;
  }
  return -1;
}
