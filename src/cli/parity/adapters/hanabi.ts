import { z } from 'zod';
import { parseWith } from '#core';
import { type HanabiParams, type HanabiState, hanabi } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import type { GameCase } from '../game-case.ts';
import { ruledChance } from '../ruled-chance.ts';

const upstream = z.strictObject({
  players: z.int().default(2),
  colors: z.int().default(5),
  ranks: z.int().default(5),
  hand_size: z.int().optional(),
  max_information_tokens: z.int().default(8),
  max_life_tokens: z.int().default(3),
  seed: z.int().optional(),
  random_start_player: z.boolean().default(false),
  observation_type: z.enum(['minimal', 'card_knowledge', 'seer']).default('card_knowledge'),
});

const params: GameSpec<HanabiParams, HanabiState>['params'] = (recorded, where) => {
  const given = parseWith(upstream, recorded.params, where);
  return {
    players: given.players,
    colors: given.colors,
    ranks: given.ranks,
    handSize: given.hand_size ?? null,
    hints: given.max_information_tokens,
    lives: given.max_life_tokens,
    randomStart: given.random_start_player,
    observation: given.observation_type === 'card_knowledge' ? 'card-knowledge' : given.observation_type,
  };
};

/** Upstream draws the first player by itself; the record shows who it was. */
function firstPlayer({ states }: GameCase): number {
  return states.find(({ player }) => player >= 0)?.player ?? 0;
}

const chance = ruledChance(hanabi, params, (state, recorded) => {
  state.mover = firstPlayer(recorded);
});

/** OpenSpiel's `hanabi`. */
export const hanabiAdapter = gameAdapter({
  recorded: ['hanabi'],
  env: hanabi,
  params,
  outcomes: chance.outcomes,
  draws(recorded, k, outcome) {
    const draws = chance.draws(recorded, k, outcome);
    return k === 0 && recorded.params.random_start_player === true ? [firstPlayer(recorded), ...draws] : draws;
  },
});
