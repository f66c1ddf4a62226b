import { z } from 'zod';
import { PolityError, parseWith } from '#core';
import { negotiationOpenSpiel } from '#envs';
import { stepsAtMost } from '#envs/negotiation-openspiel/talk';
import { gameAdapter } from '../game-adapter.ts';
import type { GameCase } from '../game-case.ts';

const upstream = z.strictObject({
  enable_proposals: z.boolean().default(true),
  enable_utterances: z.boolean().default(true),
  num_items: z.int().default(3),
  num_symbols: z.int().default(5),
  rng_seed: z.int().optional(),
  utterance_dim: z.int().default(3),
});

const counts = z.array(z.int().min(0));
const setup = z.looseObject({ maxSteps: z.int().min(4).max(10), pool: counts, utilities: z.tuple([counts, counts]) });

/** OpenSpiel's `negotiation`: its draw cannot be chosen by an action, so that the record says what was drawn. */
export const negotiationOpenSpielAdapter = gameAdapter({
  recorded: ['negotiation'],
  env: negotiationOpenSpiel,
  params(recorded, where) {
    const given = parseWith(upstream, recorded.params, where);
    return {
      items: given.num_items,
      proposals: given.enable_proposals,
      utterances: given.enable_utterances,
      symbols: given.num_symbols,
      utteranceLength: given.utterance_dim,
    };
  },
  draws(recorded) {
    const { maxSteps, pool, utilities } = drawn(recorded);
    const step = maxSteps - 4;
    const within = ((stepsAtMost[step - 1] ?? 0) + stepsAtMost[step]) / 2;
    return [within, ...pool, ...utilities.flat()];
  },
  outcomes: () => [[0, 1]],
  facts({ state, params, recorded }) {
    const of = (party: number) => [...state.utilities.subarray(party * params.items, (party + 1) * params.items)];
    const got = { maxSteps: state.maxSteps, pool: [...state.pool], utilities: [of(0), of(1)] };
    return [{ field: 'setup', expected: drawn(recorded), got }];
  },
});

/** What was drawn. Utilities that came up all zero are followed by a second draw that upstream never reads. */
function drawn(recorded: GameCase): z.infer<typeof setup> {
  if (recorded.setup === undefined) {
    throw new PolityError({
      code: 'input',
      where: 'setup',
      message: 'missing',
      expected: 'maxSteps, pool and utilities',
    });
  }
  const { maxSteps, pool, utilities } = parseWith(setup, recorded.setup, 'setup');
  const [first, second] = utilities.map((list) => list.slice(0, pool.length));
  return { maxSteps, pool, utilities: [first, second] };
}
