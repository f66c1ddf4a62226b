import { z } from 'zod';
import { parseWith } from '#core';
import { oshiZumo } from '#envs';
import { gameAdapter } from '../game-adapter.ts';

const upstream = z.strictObject({
  alesia: z.boolean().default(false),
  coins: z.int().default(50),
  horizon: z.int().default(1000),
  min_bid: z.int().default(0),
  size: z.int().default(3),
});

/** OpenSpiel's `oshi_zumo`: both see the same. */
export const oshiZumoAdapter = gameAdapter({
  recorded: ['oshi_zumo'],
  env: oshiZumo,
  params(recorded, where) {
    const { alesia, coins, horizon, min_bid, size } = parseWith(upstream, recorded.params, where);
    return { alesia, coins, horizon, minBid: min_bid, size, view: 'seats' };
  },
});
