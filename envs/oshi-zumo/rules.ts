import { z } from 'zod';
import { type ExactRules, everybodyMoves, gameOver } from '../exact/rules.ts';

const shape = z.strictObject({
  coins: z.int().min(1).max(10_000).default(50).describe('Coins that each player begins with.'),
  size: z
    .int()
    .min(0)
    .max(1000)
    .default(3)
    .describe('Places on either side of the middle; one step further is off the ring.'),
  minBid: z.int().min(0).default(0).describe('Least bid; a player with fewer coins bids all it has.'),
  horizon: z.int().min(1).default(1000).describe('Rounds after which the game ends where the wrestler stands.'),
  alesia: z
    .boolean()
    .default(false)
    .describe(
      'Only pushing the wrestler off the ring wins (the game Alesia); else standing on the other’s side does too.',
    ),
  view: z
    .enum(['own', 'seats'])
    .default('own')
    .describe('Coins and ring as seen from the own side, or by seat, the same for both (OpenSpiel’s tensor).'),
});

export const oshiZumoParams = shape.superRefine(({ coins, minBid }, context) => {
  if (minBid <= coins) return;
  context.addIssue({ code: 'custom', path: ['minBid'], message: `at most the coins there are, 0..${coins}` });
});

export type OshiZumoParams = z.infer<typeof shape>;

/** Shapes: coins [2]. */
export interface OshiZumoState {
  readonly coins: Int32Array;
  /** 0 and 2 size + 2 are off the ring; player 0 pushes upwards. */
  position: number;
  rounds: number;
}

/**
 * Both bid coins at once and lose them; the higher bidder pushes the wrestler one place.
 *
 * Source: Kotani (2001), named Oshi-Zumo; Buro (2003), "Solving the Oshi-Zumo game"; as in open_spiel 2.0.2, games/oshi_zumo.
 */
export const oshiZumoRules: ExactRules<OshiZumoParams, OshiZumoState> = {
  players: () => 2,
  actions: ({ coins }) => coins + 1,
  outcomes: () => 1,
  start: ({ coins, size }) => ({ coins: Int32Array.of(coins, coins), position: size + 1, rounds: 0 }),

  turn({ coins, position, rounds }, { size, horizon }) {
    const off = position === 0 || position === 2 * size + 2;
    return off || rounds >= horizon || (coins[0] === 0 && coins[1] === 0) ? gameOver : everybodyMoves;
  },

  legal({ coins }, player, mask, { minBid }) {
    mask.fill(0, 0, Math.min(minBid, coins[player]));
    mask.fill(0, coins[player] + 1);
  },

  weigh: () => 0,
  draw: () => {},

  play(state, actions) {
    state.position += Math.sign(actions[0] - actions[1]);
    state.coins[0] -= actions[0];
    state.coins[1] -= actions[1];
    state.rounds++;
  },

  returns({ position }, out, { size, alesia }) {
    const off = position === 0 || position === 2 * size + 2;
    const won = alesia && !off ? 0 : Math.sign(position - size - 1);
    out[0] = won;
    out[1] = won === 0 ? 0 : -won;
  },

  informationState: ({ coins, position, rounds }) => `${coins.join(' ')} ${position} ${rounds}`,
};
