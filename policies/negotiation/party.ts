import type { Rng } from '#core';

/** Offers that are named by what they are, beside those that are named by how much they ask for (0 to 1). */
export const named = {
  /** The best outcome that was not offered before. */
  next: 2,
  /** One of the own earlier offers, drawn anew. */
  repeat: 3,
  /** Its best outcome; this and k more: the one of rank k. */
  rank: 4,
} as const;

/**
 * What a strategy knows of a negotiation when it is its turn, in shares of what it can gain: 0 is no more than without an agreement, 1
 * its best outcome. Domains are hidden behind it, so that a strategy is written once.
 */
export interface Party {
  /** On the way to the deadline, above 0 and below 1. */
  time: number;
  /** From 0. */
  round: number;
  /** What the offer on the table brings; NaN where there is none. */
  standing: number;
  /** What the offers that stood at its turns brought, oldest first. */
  readonly heard: number[];
  /** What its own offers ask for, oldest first. */
  readonly own: number[];
  /** Round of its last offer; -1 before any. */
  offeredIn: number;
  /** What the best outcome brings that it has not offered; NaN where none is left that is worth it. */
  next: number;
  /** The least that an own offer asked for; NaN before any. */
  lowestSent: number;
  /** Different outcomes that it has offered, and that others have. */
  sent: number;
  received: number;
  /** What its worst outcome brings: 0 or less. */
  worst: number;
  /** What no agreement brings: 0, or less where it is worth less than every outcome. */
  without: number;
  /** What lies between 0 and 1, in utility; above 0. */
  span: number;
  /** The share that a fair agreement would bring it (greatest product of gains), as far as it can tell of the others. */
  fair: number;
  /** What each outcome brings it, from the best to the worst; empty where it acts without seeing outcomes. */
  readonly ranked: Float64Array;
}

/** How a party bids and when it accepts. */
export interface Strategy {
  /** Whether it looks at `fair`, which takes a model of the others. */
  readonly models?: true;
  /** Whether it has to see its outcomes one by one. */
  readonly ranks?: true;
  /** How much it asks for (0 to 1; below 0 for less than it has anyhow), or one of the named offers. */
  propose(party: Party, rng: Rng): number;
  /** Whether the offer on the table is good enough, where `proposal` is what it would offer itself. */
  accepts(party: Party, proposal: number): boolean;
}

/** Observations are in single precision: utilities up to 1 that differ by less than this may be the same. */
export const tolerance = 8e-8;

/** An outcome that misses a level by less than this meets it, as observed of NegMAS 0.16 where offers are chosen by level. */
export const levelTolerance = 1e-6;

/** What a proposal asks for. A repeated offer asks for no less than the lowest. */
export function asked({ next, lowestSent, ranked }: Party, proposal: number): number {
  if (proposal >= named.rank) return ranked[proposal - named.rank];
  if (proposal === named.next) return next;
  return proposal === named.repeat ? lowestSent : proposal;
}
