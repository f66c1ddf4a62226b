import { z } from 'zod';

const numbers = z.array(z.number());
const action = z.union([z.number(), numbers]);
/** numpy takes seeds of any length; one that is beyond a double is written as a text of digits. */
const seed = z.union([z.int().min(0), z.string().regex(/^\d+$/).transform(BigInt)]);
const looseState = z.record(z.string(), z.unknown());
const masks = z.array(numbers).nullable();

/** A recorded episode of a world that draws from numpy's generator. */
export const seededCase = z.looseObject({
  format: z.literal('polity-parity/1'),
  world: z.string(),
  params: z.record(z.string(), z.unknown()),
  rng: z.looseObject({ kind: z.literal('numpy-default-rng'), seed }),
  agents: z.array(z.string()).min(1),
  tolerance: z.number().min(0),
  reset: z.looseObject({ observations: z.array(numbers), masks: masks.optional(), state: looseState }),
  steps: z.array(
    z.looseObject({
      actions: z.array(action),
      observations: z.array(numbers),
      masks: masks.optional(),
      rewards: numbers,
      terminations: z.array(z.boolean()),
      truncations: z.array(z.boolean()),
      skip: z.boolean().default(false),
      stateAfter: looseState,
    }),
  ),
});

export type SeededCase = z.infer<typeof seededCase>;
