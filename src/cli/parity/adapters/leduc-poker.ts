import { z } from 'zod';
import { parseWith } from '#core';
import { type LeducPokerParams, type LeducPokerState, leducPoker } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import { informationState } from '../information-state.ts';
import { ruledChance } from '../ruled-chance.ts';

const upstream = z.strictObject({
  players: z.int().default(2),
  starting_player: z.int().default(0),
  suit_isomorphism: z.boolean().default(false),
  action_mapping: z.boolean().default(false),
});

const params: GameSpec<LeducPokerParams, LeducPokerState>['params'] = (recorded, where) => {
  const { players, starting_player, suit_isomorphism, action_mapping } = parseWith(upstream, recorded.params, where);
  return {
    players,
    startingPlayer: starting_player,
    suits: !suit_isomorphism,
    mapActions: action_mapping,
    view: 'observation',
  };
};

/** OpenSpiel's `leduc_poker`. */
export const leducPokerAdapter = gameAdapter({
  recorded: ['leduc_poker'],
  env: leducPoker,
  params,
  ...ruledChance(leducPoker, params),
  infoState: informationState(leducPoker),
});
