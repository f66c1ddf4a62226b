import { z } from 'zod';
import { parseWith } from '#core';
import { type TinyHanabiParams, type TinyHanabiState, tinyHanabi } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import { ruledChance } from '../ruled-chance.ts';

const upstream = z.strictObject({
  num_players: z.int().default(2),
  num_chance: z.int().default(2),
  num_actions: z.int().default(3),
  payoff: z.string().optional(),
});

const params: GameSpec<TinyHanabiParams, TinyHanabiState>['params'] = (recorded, where) => {
  const { num_players, num_chance, num_actions, payoff } = parseWith(upstream, recorded.params, where);
  return {
    players: num_players,
    cards: num_chance,
    actions: num_actions,
    ...(payoff === undefined ? {} : { payoffs: payoff.split(';').map(Number) }),
  };
};

/** OpenSpiel's `tiny_hanabi`. */
export const tinyHanabiAdapter = gameAdapter({
  recorded: ['tiny_hanabi'],
  env: tinyHanabi,
  params,
  ...ruledChance(tinyHanabi, params),
});
