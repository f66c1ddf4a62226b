import { z } from 'zod';

const id = z.int().min(0);
/** Sorted ids; three or more consecutive ones stand as [first, last]. */
const packedIds = z.array(z.union([id, z.tuple([id, id])]));
/** Entries that are not 0: i or [i, j] are ones, [i, j, v] holds v from i to j. */
const packedNumbers = z.array(z.union([id, z.tuple([id, id]), z.tuple([id, id, z.number()])]));

const moment = z.looseObject({
  player: z.int().min(-4),
  legal: z.union([packedIds, z.array(packedIds)]).optional(),
  outcomes: z.union([z.array(z.tuple([id, z.number()])), z.strictObject({ n: id, p: z.number() })]).optional(),
  observation: z.array(packedNumbers).optional(),
  infoState: z.array(packedNumbers).optional(),
  observationString: z.array(z.string()).optional(),
  returns: z.array(z.number()),
  rewards: z.array(z.number()).optional(),
  action: z.union([id, z.array(id)]).optional(),
  name: z.string().optional(),
});

/** A recorded episode of an OpenSpiel game: what chance drew is in the record. */
export const gameCase = z.looseObject({
  format: z.literal('polity-parity/game-1'),
  source: z.looseObject({ game: z.string() }).partial().optional(),
  world: z.string(),
  params: z.record(z.string(), z.unknown()),
  setup: z.unknown().optional(),
  numPlayers: z.int().min(1),
  numActions: z.int().min(1),
  observationSize: z.int().min(1).nullable(),
  infoStateSize: z.int().min(1).nullable(),
  infoState: z.literal('same as observation').optional(),
  tolerance: z.number().min(0),
  states: z.array(moment).min(1),
});

export type GameCase = z.infer<typeof gameCase>;
export type GameMoment = z.infer<typeof moment>;

/** Whose turn the records call what. */
export const chancePlayer = -1;
export const everybody = -2;
export const terminal = -4;

/**
 * Spells out packed ids.
 *
 * @example
 * unpackIds([0, [3, 5]]) // [0, 3, 4, 5]
 */
export function unpackIds(packed: readonly (number | readonly [number, number])[]): number[] {
  return packed.flatMap((entry) => {
    if (typeof entry === 'number') return [entry];
    return Array.from({ length: Math.max(0, entry[1] - entry[0] + 1) }, (_, i) => entry[0] + i);
  });
}

/**
 * Spells out packed numbers.
 *
 * @example
 * unpackNumbers([1, [3, 4, 0.5]], 6) // [0, 1, 0, 0.5, 0.5, 0]
 */
export function unpackNumbers(packed: z.infer<typeof packedNumbers>, size: number): number[] {
  const numbers = new Array<number>(size).fill(0);
  for (const entry of packed) {
    const [first, last, value] = typeof entry === 'number' ? [entry, entry, 1] : [entry[0], entry[1], entry[2] ?? 1];
    numbers.fill(value, first, last + 1);
  }
  return numbers;
}
