import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv } from '#core';
import {
  blotto,
  coinGameOpenSpiel,
  coloredTrails,
  firstPriceAuction,
  goofspiel,
  hanabi,
  kuhnPoker,
  leducPoker,
  negotiationOpenSpiel,
  negotiationOpenSpielMended,
  oshiZumo,
  sheriff,
  sheriffMended,
  tinyHanabi,
} from '#envs';

/** Settings that change who plays, what is seen or when it ends. */
const settings: readonly (readonly [AnyEnv, ...object[]])[] = [
  [kuhnPoker, { view: 'observation' }, { players: 3 }, { players: 10, view: 'observation' }],
  [
    leducPoker,
    { view: 'observation' },
    { players: 3, startingPlayer: 2, suits: false, view: 'observation' },
    { players: 10, mapActions: true },
  ],
  [
    goofspiel,
    { cards: 4, hidden: true },
    { cards: 5, players: 3, hidden: true, relativeWinners: true, view: 'observation', returns: 'point-difference' },
    { cards: 6, turns: 3, pointsOrder: 'ascending', returns: 'total-points', view: 'observation' },
    { cards: 1 },
  ],
  [blotto, { coins: 5, players: 3 }, { coins: 1, fields: 1 }],
  [firstPriceAuction, { view: 'observation' }, { players: 4, maxValue: 2 }],
  [oshiZumo, { coins: 6, size: 1, minBid: 2, alesia: true }, { view: 'seats', horizon: 5 }],
  [
    coinGameOpenSpiel,
    { players: 1, rows: 3, columns: 3, coinsPerColor: 2 },
    { players: 4, extraColors: 0, rows: 3, columns: 4, coinsPerColor: 2, episodeLength: 50 },
  ],
  [
    negotiationOpenSpiel,
    { utterances: false, items: 1, reward: 'joint' },
    { items: 2, symbols: 3, utteranceLength: 2, reward: 0.5 },
  ],
  [
    coloredTrails,
    { boards: 'ten', tradeChips: 1 },
    { boards: ['3 2 3 ABABABABA AB BB AA 0 1 2 8', '3 2 3 BBBAAABAB A B AB 8 1 2 0'], tradeChips: 8 },
  ],
  [
    hanabi,
    { players: 5, observation: 'minimal' },
    { players: 3, randomStart: true, observation: 'seer' },
    { colors: 2, ranks: 3, handSize: 2, hints: 0, lives: 1 },
    { colors: 1, ranks: 5, handSize: 5 },
    { colors: 3, ranks: 1, handSize: 2, hints: 2 },
  ],
  [sheriff, { maxBribe: 0, rounds: 7 }, { maxItems: 1, itemPenalty: 0.5, sheriffPenalty: 0 }],
  [sheriffMended, { rounds: 1, maxBribe: 0, maxItems: 1 }],
  [negotiationOpenSpielMended, { proposals: false }, { proposals: false, utterances: false, items: 5 }],
  [tinyHanabi, { players: 3, cards: 1, actions: 2, payoffs: [-1, 2, 3, 4, 5, 6, 7, 8] }],
];

describe('games under other settings', () => {
  for (const [world, ...list] of settings) {
    for (const params of list) {
      it(`${world.id} passes the conformance kit with ${JSON.stringify(params)}`, () => {
        expect(checkEnv(world, { params, seed: 7, episodes: 3 }).failures).toEqual([]);
      });
    }
  }
});
