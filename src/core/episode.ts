import { z } from 'zod';
import type { Outcome } from './env-card.ts';
import { PolityError } from './errors.ts';
import { parseWith } from './schema.ts';

/**
 * One finished episode as plain data. With the world and its parameters, `seed` and `actions` are enough to play it again,
 * bit for bit; the rest is what happened, for metrics, figures and checks.
 *
 * Shapes: T steps, A agents. actions [T][A][slots], an empty list for an agent that did not act; rewards [T][A].
 */
export interface EpisodeRecord {
  readonly format: 'polity-episode/1';
  readonly env: string;
  readonly params: unknown;
  /** Name of the stream that the episode's generator was made from: `createStreams(seed).stream('env')`. */
  readonly seed: string;
  readonly timeLimitSteps: number | null;
  readonly agents: readonly string[];
  /** Which policy sat where: `player[0]` -> `boulware`. */
  readonly seats: Readonly<Record<string, string>>;
  readonly actions: readonly (readonly (readonly number[])[])[];
  readonly rewards: readonly (readonly number[])[];
  readonly returns: readonly number[];
  readonly length: number;
  readonly ended: 'terminated' | 'truncated';
  readonly metrics: Readonly<Record<string, number>>;
  readonly outcome: Outcome;
  /** How each action came about, where that was asked for. [T][A], null for an agent that did not act. */
  readonly accounts?: readonly (readonly (ActionAccount | null)[])[];
}

/** How an action came about. */
export interface ActionAccount {
  /** SHA-256 of the network that chose it; null for other policies. */
  readonly network: string | null;
  /** With what probability it was chosen; null where there is none or it is not known. */
  readonly probability: number | null;
  /** Draws that the policy's generator had made before; null where that is not known. */
  readonly counter: number | null;
}

const recordSchema = z.object({
  format: z.literal('polity-episode/1'),
  env: z.string(),
  params: z.unknown(),
  seed: z.string(),
  timeLimitSteps: z.int().min(1).nullable(),
  agents: z.array(z.string()).min(1),
  seats: z.record(z.string(), z.string()),
  actions: z.array(z.array(z.array(z.number()))),
  rewards: z.array(z.array(z.number())),
  returns: z.array(z.number()),
  length: z.int().min(0),
  ended: z.enum(['terminated', 'truncated']),
  metrics: z.record(z.string(), z.number()),
  outcome: z.looseObject({}),
  accounts: z
    .array(
      z.array(
        z
          .object({
            network: z.string().nullable(),
            probability: z.number().nullable(),
            counter: z.number().nullable(),
          })
          .nullable(),
      ),
    )
    .optional(),
});

/**
 * Reads one line of a replay file: checks that a value is an episode record, its lists as long as it says.
 *
 * @param where File and line, for the message.
 * Throws: PolityError (input).
 */
export function parseEpisode(value: unknown, where: string): EpisodeRecord {
  const record = parseWith(recordSchema, value, where);
  const agents = record.agents.length;
  const steps = record.actions.length === 0 && record.rewards.length === 0 ? 0 : record.length;
  const lists: readonly (readonly [place: string, length: number, expected: number])[] = [
    ['returns', record.returns.length, agents],
    ['actions', record.actions.length, steps],
    ['rewards', record.rewards.length, steps],
    ...record.actions.map((row, t) => [`actions.${t}`, row.length, agents] as const),
    ...record.rewards.map((row, t) => [`rewards.${t}`, row.length, agents] as const),
    ...(record.accounts === undefined ? [] : [['accounts', record.accounts.length, steps] as const]),
    ...(record.accounts ?? []).map((row, t) => [`accounts.${t}`, row.length, agents] as const),
  ];
  for (const [place, length, expected] of lists) {
    if (length === expected) continue;
    throw new PolityError({
      code: 'input',
      where: `${where} › ${place}`,
      message: 'a list of another length',
      got: String(length),
      expected: String(expected),
    });
  }
  return record as EpisodeRecord;
}
