import { z } from 'zod';
import { parseWith } from '#core';
import { type TradeCommParams, type TradeCommState, tradeComm } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import { ruledChance } from '../ruled-chance.ts';

const upstream = z.strictObject({ num_items: z.int().default(10) });

const params: GameSpec<TradeCommParams, TradeCommState>['params'] = (recorded, where) => ({
  items: parseWith(upstream, recorded.params, where).num_items,
});

/** OpenSpiel's `trade_comm`. */
export const tradeCommAdapter = gameAdapter({
  recorded: ['trade_comm'],
  env: tradeComm,
  params,
  ...ruledChance(tradeComm, params),
});
