import { z } from 'zod';
import { parseWith } from '#core';
import { sheriff } from '#envs';
import { gameAdapter } from '../game-adapter.ts';

const upstream = z.strictObject({
  item_penalty: z.number().default(2),
  item_value: z.number().default(1),
  sheriff_penalty: z.number().default(3),
  max_bribe: z.int().default(3),
  max_items: z.int().default(3),
  num_rounds: z.int().default(4),
});

/** OpenSpiel's `sheriff`, which shows its information state only. */
export const sheriffAdapter = gameAdapter({
  recorded: ['sheriff'],
  env: sheriff,
  params(recorded, where) {
    const given = parseWith(upstream, recorded.params, where);
    return {
      maxItems: given.max_items,
      maxBribe: given.max_bribe,
      rounds: given.num_rounds,
      itemValue: given.item_value,
      itemPenalty: given.item_penalty,
      sheriffPenalty: given.sheriff_penalty,
    };
  },
  infoState: ({ driver }, player) => driver.observationOf(0, player),
});
