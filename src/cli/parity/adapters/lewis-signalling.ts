import { z } from 'zod';
import { parseWith } from '#core';
import { type LewisSignallingParams, type LewisSignallingState, lewisSignalling } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import { ruledChance } from '../ruled-chance.ts';

const upstream = z.strictObject({
  num_states: z.int().default(3),
  num_messages: z.int().default(3),
  payoffs: z.string().default('1, 0, 0, 0, 1, 0, 0, 0, 1'),
});

const params: GameSpec<LewisSignallingParams, LewisSignallingState>['params'] = (recorded, where) => {
  const { num_states, num_messages, payoffs } = parseWith(upstream, recorded.params, where);
  return { states: num_states, messages: num_messages, payoffs: payoffs.split(',').map(Number) };
};

/** OpenSpiel's `lewis_signaling`. */
export const lewisSignallingAdapter = gameAdapter({
  recorded: ['lewis_signaling'],
  env: lewisSignalling,
  params,
  ...ruledChance(lewisSignalling, params),
});
