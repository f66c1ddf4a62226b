import { z } from 'zod';
import { parseWith } from '#core';
import { type GoofspielParams, type GoofspielState, goofspiel } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import { informationState } from '../information-state.ts';
import { ruledChance } from '../ruled-chance.ts';

const returnsOf = { win_loss: 'win-loss', point_difference: 'point-difference', total_points: 'total-points' } as const;

const upstream = z.strictObject({
  players: z.int().default(2),
  num_cards: z.int().default(13),
  num_turns: z.int().default(-1),
  points_order: z.enum(['random', 'ascending', 'descending']).default('random'),
  returns_type: z.enum(['win_loss', 'point_difference', 'total_points']).default('win_loss'),
  imp_info: z.boolean().default(false),
  egocentric: z.boolean().default(false),
});

const params: GameSpec<GoofspielParams, GoofspielState>['params'] = (recorded, where) => {
  const given = parseWith(upstream, recorded.params, where);
  return {
    players: given.players,
    cards: given.num_cards,
    turns: given.num_turns === -1 ? null : given.num_turns,
    pointsOrder: given.points_order,
    returns: returnsOf[given.returns_type],
    hidden: given.imp_info,
    relativeWinners: given.egocentric,
    view: 'observation',
  };
};

/** OpenSpiel's `goofspiel`. */
export const goofspielAdapter = gameAdapter({
  recorded: ['goofspiel'],
  env: goofspiel,
  params,
  ...ruledChance(goofspiel, params),
  infoState: informationState(goofspiel),
});
