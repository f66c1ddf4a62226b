import { z } from 'zod';
import { chanceMoves, type ExactRules, gameOver } from '../exact/rules.ts';

const shape = z.strictObject({
  players: z
    .int()
    .min(1)
    .max(10)
    .default(2)
    .describe('Players; each prefers a colour of its own, known to nobody else.'),
  rows: z.int().min(1).max(100).default(8).describe('Rows of the board.'),
  columns: z.int().min(1).max(100).default(8).describe('Columns of the board.'),
  extraColors: z.int().min(0).max(25).default(1).describe('Colours that nobody prefers.'),
  coinsPerColor: z.int().min(1).default(4).describe('Coins of each colour.'),
  episodeLength: z.int().min(1).default(20).describe('Moves until the game ends, of all players together.'),
});

export const coinGameOpenSpielParams = shape.superRefine((params, context) => {
  const { players, rows, columns, extraColors } = params;
  if (players + extraColors > 26) {
    context.addIssue({ code: 'custom', path: ['extraColors'], message: 'at most 26 colours in all' });
  }
  const things = players + coinsInAll(params);
  if (things <= rows * columns) return;
  const message = `room for ${things} players and coins on ${rows} x ${columns} = ${rows * columns} cells`;
  context.addIssue({ code: 'custom', path: ['coinsPerColor'], message });
});

export type CoinGameOpenSpielParams = z.infer<typeof shape>;

/**
 * Shapes: n players, c colours, k cells: preferences [n]; cells of players [n]; board [k], 0 empty, 1 + p player p, 1 + n + i a coin of
 * colour i; collected [n, c].
 */
export interface CoinGameOpenSpielState {
  readonly preferences: Int32Array;
  readonly places: Int32Array;
  readonly board: Int32Array;
  readonly collected: Int32Array;
  preferred: number;
  placed: number;
  scattered: number;
  moves: number;
}

export const moveNames = ['up', 'down', 'left', 'right', 'stand'];
const rowSteps = [-1, 1, 0, 0, 0];
const columnSteps = [0, 0, -1, 1, 0];

export function colorsOf({ players, extraColors }: CoinGameOpenSpielParams): number {
  return players + extraColors;
}

export function coinsInAll(params: CoinGameOpenSpielParams): number {
  return colorsOf(params) * params.coinsPerColor;
}

/**
 * Players take turns to walk over a board and pick up coins. At the end each gets the square of the coins of its own colour plus the
 * square of those of the others' colours less the square of those of nobody's colour, whoever collected them.
 *
 * Source: Raileanu et al. (2018), "Modeling others using oneself in multi-agent reinforcement learning"; as in open_spiel 2.0.2,
 * games/coin_game.
 */
export const coinGameOpenSpielRules: ExactRules<CoinGameOpenSpielParams, CoinGameOpenSpielState> = {
  players: ({ players }) => players,
  actions: () => moveNames.length,
  outcomes: (params) => Math.max(colorsOf(params), params.rows * params.columns),

  start(params) {
    const { players, rows, columns } = params;
    return {
      preferences: new Int32Array(players).fill(-1),
      places: new Int32Array(players).fill(-1),
      board: new Int32Array(rows * columns),
      collected: new Int32Array(players * colorsOf(params)),
      preferred: 0,
      placed: 0,
      scattered: 0,
      moves: 0,
    };
  },

  turn({ scattered, moves }, params) {
    if (moves >= params.episodeLength) return gameOver;
    return scattered < coinsInAll(params) ? chanceMoves : moves % params.players;
  },

  legal: () => {},

  weigh({ preferences, board, preferred }, weights, params) {
    if (preferred < params.players) {
      const colors = colorsOf(params);
      weights.fill(1, 0, colors);
      for (let p = 0; p < preferred; p++) weights[preferences[p]] = 0;
      return colors - preferred;
    }
    let free = 0;
    for (let cell = 0; cell < board.length; cell++) {
      weights[cell] = board[cell] === 0 ? 1 : 0;
      free += weights[cell];
    }
    return free;
  },

  draw(state, outcome, { players, coinsPerColor }) {
    if (state.preferred < players) state.preferences[state.preferred++] = outcome;
    else if (state.placed < players) {
      state.places[state.placed] = outcome;
      state.board[outcome] = 1 + state.placed++;
    } else {
      state.board[outcome] = 1 + players + Math.floor(state.scattered / coinsPerColor);
      state.scattered++;
    }
  },

  play(state, actions, params) {
    const { players, rows, columns } = params;
    const player = state.moves % players;
    const from = state.places[player];
    const row = Math.floor(from / columns) + rowSteps[actions[player]];
    const column = (from % columns) + columnSteps[actions[player]];
    state.moves++;
    if (row < 0 || column < 0 || row >= rows || column >= columns) return;
    const to = row * columns + column;
    const found = state.board[to];
    if (found > 0 && found <= players) return;
    if (found > players) state.collected[player * colorsOf(params) + found - 1 - players]++;
    state.board[from] = 0;
    state.board[to] = 1 + player;
    state.places[player] = to;
  },

  returns(state, out, params) {
    let all = 0;
    let wanted = 0;
    for (let color = 0; color < colorsOf(params); color++) all += collectedOf(state, color, params);
    for (let p = 0; p < params.players; p++) wanted += collectedOf(state, state.preferences[p], params);
    for (let p = 0; p < params.players; p++) {
      const own = collectedOf(state, state.preferences[p], params);
      out[p] = own ** 2 + (wanted - own) ** 2 - (all - wanted) ** 2;
    }
  },

  informationState: ({ preferences, places, board, collected, moves }, player) =>
    [preferences[player], places.join(' '), board.join(' '), collected.join(' '), moves].join('|'),
};

/** How many coins of a colour all players have collected together. */
export function collectedOf(
  { collected }: CoinGameOpenSpielState,
  color: number,
  params: CoinGameOpenSpielParams,
): number {
  let sum = 0;
  for (let p = 0; p < params.players; p++) sum += collected[p * colorsOf(params) + color];
  return sum;
}
