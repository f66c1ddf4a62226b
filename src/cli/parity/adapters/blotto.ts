import { z } from 'zod';
import { parseWith } from '#core';
import { blotto } from '#envs';
import { gameAdapter } from '../game-adapter.ts';

const upstream = z.strictObject({
  players: z.int().default(2),
  coins: z.int().default(10),
  fields: z.int().default(3),
});

/** OpenSpiel's `blotto`: nothing but whether the game is over is observed. */
export const blottoAdapter = gameAdapter({
  recorded: ['blotto'],
  env: blotto,
  params: (recorded, where) => parseWith(upstream, recorded.params, where),
});
