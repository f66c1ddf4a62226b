import type { Outcome } from './env.ts';

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
}
