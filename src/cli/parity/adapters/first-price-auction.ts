import { z } from 'zod';
import { parseWith } from '#core';
import { type FirstPriceAuctionParams, type FirstPriceAuctionState, firstPriceAuction } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import { informationState } from '../information-state.ts';
import { ruledChance } from '../ruled-chance.ts';

const upstream = z.strictObject({ players: z.int().default(2), max_value: z.int().default(10) });

const params: GameSpec<FirstPriceAuctionParams, FirstPriceAuctionState>['params'] = (recorded, where) => {
  const { players, max_value } = parseWith(upstream, recorded.params, where);
  return { players, maxValue: max_value, view: 'observation' };
};

/** OpenSpiel's `first_sealed_auction`. */
export const firstPriceAuctionAdapter = gameAdapter({
  recorded: ['first_sealed_auction'],
  env: firstPriceAuction,
  params,
  ...ruledChance(firstPriceAuction, params),
  infoState: informationState(firstPriceAuction),
});
