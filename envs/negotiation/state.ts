import type { FrequencyModel } from '#math';
import type { RuleCounts, TalkState } from '#protocol';
import type { NegotiationParams } from './params.ts';

/**
 * A negotiation under way.
 *
 * Shapes: A parties; K acts at most; made, cursor [A]; offers [K]; actors [K].
 */
export interface NegotiationState extends RuleCounts {
  /** Number of the domain among those of the parameters. */
  readonly domain: number;
  readonly talk: TalkState;
  /** Whose turn it is; meaningless when it is over. */
  mover: number;
  /** Round that is the last one, known or not. */
  readonly lastRound: number;
  /** Acts so far: the outcome that was offered, or -1 for another act, and who acted. */
  acts: number;
  readonly offers: Int32Array;
  readonly actors: Int8Array;
  /** Offer on the table and who made it; -1 before any. */
  standing: number;
  proposer: number;
  /** Different outcomes that each party has offered, and has been offered by all others together. */
  readonly sent: Int32Array;
  readonly received: Int32Array;
  /** Rank of each party's best outcome that it has not offered yet. */
  readonly cursor: Int32Array;
  /** Outcome that was agreed on; -1 for none. */
  agreement: number;
  status: 'open' | 'agreed' | 'ended' | 'timed out';
  /** What the offers of each party tell of it; none in the face `outcomes`, where parties make their own. */
  readonly models: readonly FrequencyModel[];
}

/** Round that the next act belongs to, from 0. */
export function roundOf({ acts }: NegotiationState, parties: number): number {
  return Math.floor(acts / parties);
}

/**
 * How far the next act is on the way to the deadline that is known: never 0, never 1.
 *
 * Source: NegMAS 0.16, (step + 1) / (steps + 1) for all parties of a step.
 */
export function relativeTime(state: NegotiationState, { parties, rounds }: NegotiationParams): number {
  return Math.min(rounds, roundOf(state, parties) + 1) / (rounds + 1);
}

/** Whether a party has offered an outcome before. */
export function hasOffered({ acts, offers, actors }: NegotiationState, party: number, outcome: number): boolean {
  for (let act = 0; act < acts; act++) if (offers[act] === outcome && actors[act] === party) return true;
  return false;
}
