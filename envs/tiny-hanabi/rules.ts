import { z } from 'zod';
import { chanceMoves, type ExactRules, gameOver } from '../exact/rules.ts';

/** Payoffs of the game in the Bayesian action decoder paper: deals (1, 1), (1, 2), (2, 1), (2, 2), each 3 x 3. */
const paperPayoffs = [
  [10, 0, 0, 4, 8, 4, 10, 0, 0],
  [0, 0, 10, 4, 8, 4, 0, 0, 10],
  [0, 0, 10, 4, 8, 4, 0, 0, 0],
  [10, 0, 0, 4, 8, 4, 10, 0, 0],
].flat();

const shape = z.strictObject({
  players: z.int().min(1).max(10).default(2).describe('Players; they act in order and see what was done before.'),
  cards: z.int().min(1).default(2).describe('Kinds of cards; each player is dealt one, all alike.'),
  actions: z.int().min(1).default(3).describe('Actions of each player.'),
  payoffs: z
    .array(z.number())
    .default(paperPayoffs)
    .describe(
      'What all get, for every deal and every row of actions, flat: first player’s card outermost, then the other cards, then the actions in order.',
    ),
});

export const tinyHanabiParams = shape.superRefine(({ players, cards, actions, payoffs }, context) => {
  const size = (cards * actions) ** players;
  if (payoffs.length === size) return;
  const message = `(${cards} cards x ${actions} actions)^${players} players = ${size} payoffs`;
  context.addIssue({ code: 'custom', path: ['payoffs'], message, input: payoffs.length });
});

export type TinyHanabiParams = z.infer<typeof shape>;

/** Shapes: n players: cards, chosen [n], -1 before. */
export interface TinyHanabiState {
  readonly cards: Int16Array;
  readonly chosen: Int16Array;
  dealt: number;
  made: number;
}

/**
 * Everybody gets a card and acts once, in order, seeing the actions but not the cards of the others; all get the same.
 *
 * Source: Foerster et al. (2019), "Bayesian action decoder for deep multi-agent reinforcement learning"; as in open_spiel 2.0.2,
 * games/tiny_hanabi.
 */
export const tinyHanabiRules: ExactRules<TinyHanabiParams, TinyHanabiState> = {
  players: ({ players }) => players,
  actions: ({ actions }) => actions,
  outcomes: ({ cards }) => cards,

  start: ({ players }) => ({
    cards: new Int16Array(players).fill(-1),
    chosen: new Int16Array(players).fill(-1),
    dealt: 0,
    made: 0,
  }),

  turn({ dealt, made }, { players }) {
    if (dealt < players) return chanceMoves;
    return made === players ? gameOver : made;
  },

  legal: () => {},

  weigh(_state, weights, { cards }) {
    weights.fill(1, 0, cards);
    return cards;
  },

  draw(state, outcome) {
    state.cards[state.dealt++] = outcome;
  },

  play(state, actions) {
    state.chosen[state.made] = actions[state.made];
    state.made++;
  },

  returns(state, out, { players, cards, actions, payoffs }) {
    let at = 0;
    for (let p = 0; p < players; p++) at = at * cards + state.cards[p];
    for (let p = 0; p < players; p++) at = at * actions + state.chosen[p];
    out.fill(payoffs[at], 0, players);
  },

  informationState: ({ cards, chosen, made }, player) => `${cards[player]} ${chosen.subarray(0, made).join(' ')}`,
};
