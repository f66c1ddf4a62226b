import { z } from 'zod';
import { parseWith } from '#core';
import { type KuhnPokerParams, type KuhnPokerState, kuhnPoker } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import { informationState } from '../information-state.ts';
import { ruledChance } from '../ruled-chance.ts';

const upstream = z.strictObject({ players: z.int().default(2) });

const params: GameSpec<KuhnPokerParams, KuhnPokerState>['params'] = (recorded, where) => ({
  ...parseWith(upstream, recorded.params, where),
  view: 'observation',
});

/** OpenSpiel's `kuhn_poker`. */
export const kuhnPokerAdapter = gameAdapter({
  recorded: ['kuhn_poker'],
  env: kuhnPoker,
  params,
  ...ruledChance(kuhnPoker, params),
  infoState: informationState(kuhnPoker),
});
