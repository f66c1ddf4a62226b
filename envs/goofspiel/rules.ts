import { z } from 'zod';
import { chanceMoves, type ExactRules, everybodyMoves, gameOver } from '../exact/rules.ts';
import { viewParam } from '../exact/view.ts';

const shape = z.strictObject({
  players: z.int().min(2).max(10).default(2).describe('Players; each holds one card of every value.'),
  cards: z.int().min(1).max(100).default(13).describe('Cards in a hand, and point cards: values 1, 2, ...'),
  turns: z
    .int()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe('Tricks that are played; null plays all cards (the last one by itself).'),
  pointsOrder: z
    .enum(['random', 'ascending', 'descending'])
    .default('random')
    .describe('In which order the point cards come up.'),
  returns: z
    .enum(['win-loss', 'point-difference', 'total-points'])
    .default('win-loss')
    .describe(
      'What is paid at the end: 1 shared by those with most points against -1 shared by the others; own points less the mean; or own points.',
    ),
  hidden: z
    .boolean()
    .default(false)
    .describe('Bids stay hidden and only the winner of each trick is seen (OpenSpiel’s imp_info).'),
  relativeWinners: z
    .boolean()
    .default(false)
    .describe('Winners of tricks are shown by their distance from the own seat (OpenSpiel’s egocentric).'),
  view: viewParam,
});

export const goofspielParams = shape.superRefine(({ cards, turns }, context) => {
  if (turns === null || turns <= cards) return;
  context.addIssue({ code: 'custom', path: ['turns'], message: `at most as many turns as cards, 1..${cards}` });
});

export type GoofspielParams = z.infer<typeof shape>;

/**
 * Shapes: n players, k cards, t turns: points [n]; hands [n, k], 1 while held; pointCards [t], winners [t] (-1 for a tie) and bids [t, n],
 * in order, -1 where nothing was played yet.
 */
export interface GoofspielState {
  readonly points: Int32Array;
  readonly hands: Uint8Array;
  readonly pointCards: Int16Array;
  readonly winners: Int16Array;
  readonly bids: Int16Array;
  /** Point cards that have come up, and tricks that have been played. */
  dealt: number;
  played: number;
}

export function turnsOf({ cards, turns }: GoofspielParams): number {
  return turns ?? cards;
}

/** All points there are. */
export function allPoints({ cards }: GoofspielParams): number {
  return (cards * (cards + 1)) / 2;
}

/**
 * A point card comes up, everybody bids a card at once, the single highest bid takes it, a tie loses it. When one card is left in every
 * hand it plays itself.
 *
 * Source: Ross (1971), "Goofspiel: the game of pure strategy"; options of open_spiel 2.0.2, games/goofspiel. (Upstream does not end a
 * game of one turn less than cards; here it ends after its turns.)
 */
export const goofspielRules: ExactRules<GoofspielParams, GoofspielState> = {
  players: ({ players }) => players,
  actions: ({ cards }) => cards,
  outcomes: ({ cards }) => cards,

  start(params) {
    const { players, cards } = params;
    const turns = turnsOf(params);
    const state = {
      points: new Int32Array(players),
      hands: new Uint8Array(players * cards).fill(1),
      pointCards: new Int16Array(turns).fill(-1),
      winners: new Int16Array(turns).fill(-1),
      bids: new Int16Array(turns * players).fill(-1),
      dealt: 0,
      played: 0,
    };
    dealInOrder(state, params);
    return state;
  },

  turn(state, params) {
    if (state.played === turnsOf(params)) return gameOver;
    return state.dealt === state.played ? chanceMoves : everybodyMoves;
  },

  legal({ hands }, player, mask, { cards }) {
    for (let card = 0; card < cards; card++) mask[card] = hands[player * cards + card];
  },

  weigh(state, weights, { cards }) {
    weights.fill(1, 0, cards);
    for (let i = 0; i < state.dealt; i++) weights[state.pointCards[i]] = 0;
    return cards - state.dealt;
  },

  draw(state, outcome) {
    state.pointCards[state.dealt++] = outcome;
  },

  play(state, actions, params) {
    const { players, cards } = params;
    const row = state.played * players;
    for (let p = 0; p < players; p++) state.bids[row + p] = actions[p];
    settle(state, params);
    if (state.played !== cards - 1 || turnsOf(params) !== cards) return;
    if (state.dealt === state.played) {
      state.pointCards[state.dealt] = missingCard(state, cards);
      state.dealt++;
    }
    for (let p = 0; p < players; p++) state.bids[row + players + p] = state.hands.indexOf(1, p * cards) - p * cards;
    settle(state, params);
  },

  returns({ points }, out, { players, returns }) {
    let most = 0;
    let sum = 0;
    for (let p = 0; p < players; p++) {
      most = Math.max(most, points[p]);
      sum += points[p];
    }
    let winners = 0;
    for (let p = 0; p < players; p++) if (points[p] === most) winners++;
    for (let p = 0; p < players; p++) {
      if (returns === 'total-points') out[p] = points[p];
      else if (returns === 'point-difference') out[p] = points[p] - sum / players;
      else if (winners === players) out[p] = 0;
      else out[p] = points[p] === most ? 1 / winners : -1 / (players - winners);
    }
  },

  informationState({ pointCards, winners, bids, dealt, played }, player, { players, hidden }) {
    const cards = pointCards.subarray(0, dealt).join(' ');
    if (!hidden) return `${cards}|${bids.subarray(0, played * players).join(' ')}`;
    const own = Array.from({ length: played }, (_, i) => bids[i * players + player]);
    return `${cards}|${winners.subarray(0, played).join(' ')}|${own.join(' ')}`;
  },
};

/** Gives the point card to whoever bid most alone, takes the bids from the hands, and turns up the next card where the order is fixed. */
function settle(state: GoofspielState, params: GoofspielParams): void {
  const { players, cards } = params;
  const row = state.played * players;
  let winner = -1;
  let most = -1;
  for (let p = 0; p < players; p++) {
    const bid = state.bids[row + p];
    if (bid > most) {
      most = bid;
      winner = p;
    } else if (bid === most) winner = -1;
    state.hands[p * cards + bid] = 0;
  }
  state.winners[state.played] = winner;
  if (winner >= 0) state.points[winner] += state.pointCards[state.played] + 1;
  state.played++;
  dealInOrder(state, params);
}

function dealInOrder(state: GoofspielState, params: GoofspielParams): void {
  const { cards, pointsOrder } = params;
  if (pointsOrder === 'random' || state.dealt >= turnsOf(params)) return;
  state.pointCards[state.dealt] = pointsOrder === 'ascending' ? state.dealt : cards - 1 - state.dealt;
  state.dealt++;
}

/** The point card that has not come up; asked when there is one. */
function missingCard({ pointCards, dealt }: GoofspielState, cards: number): number {
  let missing = (cards * (cards - 1)) / 2;
  for (let i = 0; i < dealt; i++) missing -= pointCards[i];
  return missing;
}
