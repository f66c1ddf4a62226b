import { type BayesianModel, createBayesianModel } from '#math';
import type { Party } from './party.ts';

/** What a party keeps over a negotiation, as plain data. */
export interface Memory {
  readonly party: Party;
  /** Its outcomes from best to worst, once it has seen what they are worth; empty in the relative face. */
  readonly order: Int32Array;
  /** What each outcome brings. */
  readonly shares: Float64Array;
  /** 1 for outcomes that it has offered, 2 for those it was offered, 3 for both. */
  readonly seen: Uint8Array;
  /** Its different offers, in order. */
  readonly sent: number[];
  /** Rank of the best outcome that it has not offered. */
  cursor: number;
  ready: boolean;
  /** What it believes of each of the others, those who speak next first; empty where it needs no model. */
  readonly models: readonly BayesianModel[];
}

export function createMemory(outcomes: number, sizes: readonly number[], models: number): Memory {
  return {
    party: {
      time: 0,
      round: 0,
      standing: Number.NaN,
      heard: [],
      own: [],
      offeredIn: -1,
      next: Number.NaN,
      lowestSent: Number.NaN,
      sent: 0,
      received: 0,
      worst: 0,
      without: 0,
      span: 1,
      fair: 1,
      ranked: new Float64Array(outcomes),
    },
    order: new Int32Array(outcomes),
    shares: new Float64Array(outcomes),
    seen: new Uint8Array(outcomes),
    sent: [],
    cursor: 0,
    ready: false,
    models: Array.from({ length: models }, () => createBayesianModel(sizes)),
  };
}
