import { z } from 'zod';
import { onceFor } from '#core/once-for';
import { chanceMoves, type ExactRules, gameOver } from '../exact/rules.ts';
import {
  type Board,
  type BoardChoice,
  boardProblem,
  boardsOf,
  mostChips,
  readBoard,
  responder,
  seats,
} from './boards.ts';
import { bestScore } from './score.ts';
import { handCount, type Trades, tradeKey, tradesOf } from './trades.ts';

/** Most pairs of hands that are gone through to list the trades. */
const mostPairs = 4_000_000;

const shape = z.strictObject({
  boards: z
    .union([z.enum(['ten', 'hundred']), z.array(z.string()).min(1)])
    .default('hundred')
    .describe(
      'Boards that chance picks from: OpenSpiel’s 10 built-in ones, its 100, or your own, each written as "4 5 3 DEADCACCADBDBECC BCD BDDDD AAABCC 4 5 15 12".',
    ),
  tradeChips: z
    .int()
    .min(1)
    .max(mostChips)
    .default(3)
    .describe('Most chips on either side of a trade. Upstream has 8, which makes 93 120 trades; 3 makes 1170.'),
});

export const coloredTrailsParams = shape.superRefine(({ boards, tradeChips }, context) => {
  if (typeof boards === 'string') return;
  for (const [i, line] of boards.entries()) {
    const message = boardProblem(line) ?? sameKind(boards[0], line);
    if (message === undefined) continue;
    context.addIssue({ code: 'custom', path: ['boards', i], message });
    return;
  }
  const hands = handCount(readBoard(boards[0]).colors, tradeChips);
  if (hands ** 2 <= mostPairs) return;
  const message = `fewer: at most ${mostPairs} pairs of hands; ${readBoard(boards[0]).colors} colours make ${hands ** 2}`;
  context.addIssue({ code: 'custom', path: ['tradeChips'], message });
});

export type ColoredTrailsParams = z.infer<typeof shape>;

function sameKind(first: string, line: string): string | undefined {
  const [a, b] = [readBoard(first), readBoard(line)];
  return a.size === b.size && a.colors === b.colors ? undefined : 'boards of one size with as many colours each';
}

/** Shapes: c colours: chips [3, c]; proposals [2], numbers of trades or `pass`, -1 before; gains [3]. */
export interface ColoredTrailsState {
  /** Number of the board; -1 before it is picked. */
  board: number;
  readonly chips: Int32Array;
  readonly proposals: Int32Array;
  readonly gains: Float64Array;
  made: number;
  /** What the responder has decided: a proposer to deal with, 2 for no deal, -1 before. */
  decision: number;
}

/** What the parameters come to: the boards, the trades between hands on them. */
export interface TrailsGame {
  readonly boards: readonly Board[];
  readonly trades: Trades;
  /** The proposers’ action that proposes nothing. Upstream’s numbers: the two below it belong to the responder. */
  readonly pass: number;
}

/** Boards and trades by parameters, which never change during a run: worked out once. */
export const trailsGame = onceFor((params: ColoredTrailsParams): TrailsGame => {
  const boards = boardsOf(params.boards as BoardChoice);
  const trades = tradesOf(boards[0].colors, params.tradeChips);
  return { boards, trades, pass: trades.count + 2 };
});

/**
 * Two proposers each offer the responder a trade of chips, unseen by each other; the responder takes one or none. Everybody then walks as far
 * towards the flag as its chips allow, and is paid what the trade has added to its score.
 *
 * Source: Ficici and Pfeffer (2008), de Jong et al. (2011); as in open_spiel 2.0.2, games/colored_trails.
 */
export const coloredTrailsRules: ExactRules<ColoredTrailsParams, ColoredTrailsState> = {
  players: () => seats,
  actions: (params) => trailsGame(params).pass + 1,
  outcomes: (params) => trailsGame(params).boards.length,

  start: (params) => ({
    board: -1,
    chips: new Int32Array(seats * trailsGame(params).boards[0].colors),
    proposals: new Int32Array(2).fill(-1),
    gains: new Float64Array(seats),
    made: 0,
    decision: -1,
  }),

  turn({ board, made, decision }) {
    if (board < 0) return chanceMoves;
    return decision >= 0 ? gameOver : made;
  },

  legal(state, player, mask, params) {
    if (player === responder) {
      mask.fill(0, 3);
      return;
    }
    const { trades, boards, pass } = trailsGame(params);
    mask.fill(0);
    mask[pass] = 1;
    allow(state.chips, player * boards[0].colors, mask, trades, params.tradeChips, boards[0].colors, 0, 0, 0);
  },

  weigh(_state, weights, params) {
    const { length } = trailsGame(params).boards;
    weights.fill(1, 0, length);
    return length;
  },

  draw(state, outcome, params) {
    state.board = outcome;
    state.chips.set(trailsGame(params).boards[outcome].chips);
  },

  play(state, actions, params) {
    if (state.made < responder) {
      state.proposals[state.made] = actions[state.made];
      state.made++;
      return;
    }
    const { boards, trades, pass } = trailsGame(params);
    const board = boards[state.board];
    const { colors } = board;
    for (let p = 0; p < seats; p++) state.gains[p] = -bestScore(board, p, state.chips, p * colors);
    state.decision = actions[responder];
    const trade = state.decision < responder ? state.proposals[state.decision] : pass;
    for (let color = 0; trade !== pass && color < colors; color++) {
      const given = trades.moves[trade * colors + color];
      state.chips[state.decision * colors + color] -= given;
      state.chips[responder * colors + color] += given;
    }
    for (let p = 0; p < seats; p++) state.gains[p] += bestScore(board, p, state.chips, p * colors);
  },

  returns({ gains }, out) {
    for (let p = 0; p < seats; p++) out[p] = gains[p];
  },

  informationState({ board, proposals }, player, params) {
    const { cells, places, chips, colors } = trailsGame(params).boards[board];
    const hand = (p: number) => chips.subarray(p * colors, (p + 1) * colors).join(' ');
    const known =
      player === responder ? [hand(0), hand(1), hand(2), proposals.join(' ')] : [hand(player), hand(responder)];
    return [cells.join(' '), places.join(' '), ...known].join('|');
  },
};

/** The trade being spelled out by `allow`; empty between two calls. */
const spelled = new Int32Array(26);

/** Allows every trade that begins with the colours spelled so far and that both hands can serve. */
function allow(
  chips: Int32Array,
  own: number,
  mask: Uint8Array,
  trades: Trades,
  most: number,
  colors: number,
  color: number,
  gives: number,
  gets: number,
): void {
  if (color === colors) {
    if (gives > 0 && gets > 0) mask[trades.ids.get(tradeKey(spelled, 0, colors)) as number] = 1;
    return;
  }
  const highest = Math.min(chips[own + color], most - gives);
  const lowest = -Math.min(chips[responder * colors + color], most - gets);
  for (let move = lowest; move <= highest; move++) {
    spelled[color] = move;
    allow(chips, own, mask, trades, most, colors, color + 1, gives + Math.max(0, move), gets + Math.max(0, -move));
  }
}
