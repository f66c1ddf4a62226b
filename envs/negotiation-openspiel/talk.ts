import type { Rng } from '#core';
import {
  acceptOf,
  fewestSteps,
  keptOf,
  mostItems,
  mostSteps,
  mostValue,
  type NegotiationOpenSpielParams,
} from './params.ts';

/** Shapes: k items: pool [k]; utilities [2, k]; proposals, utterances [mostSteps], action numbers in order. */
export interface NegotiationOpenSpielState {
  /** Proposals until the talk ends without agreement. */
  maxSteps: number;
  readonly pool: Int32Array;
  readonly utilities: Int32Array;
  readonly proposals: Int32Array;
  readonly utterances: Int32Array;
  proposed: number;
  uttered: number;
  agreed: boolean;
  mover: number;
  /** Whether the mover is to utter something; else to propose or accept. */
  uttering: boolean;
}

/** How likely a talk has at most `fewestSteps + i` steps: a Poisson distribution with mean 7, cut to 4..10. */
export const stepsAtMost: readonly number[] = cutPoisson(7);

function cutPoisson(mean: number): number[] {
  const weights: number[] = [];
  let weight = 1;
  for (let n = 1; n <= mostSteps; n++) {
    weight *= mean / n;
    if (n >= fewestSteps) weights.push(weight);
  }
  const total = weights.reduce((sum, each) => sum + each, 0);
  let sum = 0;
  return weights.map((each) => {
    sum += each / total;
    return sum;
  });
}

/**
 * A new talk: number of steps, then the pool, then what each item is worth to each party.
 *
 * Source: Cao et al. (2018), "Emergent communication through negotiation", section 2.1. Upstream keeps utilities that are all zero (once
 * in 1331 draws with three items), which the paper rules out; `redraw` draws those again.
 */
export function beginTalk({ items }: NegotiationOpenSpielParams, rng: Rng, redraw: boolean): NegotiationOpenSpielState {
  const draw = rng.random();
  let steps = 0;
  while (steps < stepsAtMost.length - 1 && draw >= stepsAtMost[steps]) steps++;
  const state: NegotiationOpenSpielState = {
    maxSteps: fewestSteps + steps,
    pool: new Int32Array(items),
    utilities: new Int32Array(2 * items),
    proposals: new Int32Array(mostSteps),
    utterances: new Int32Array(mostSteps),
    proposed: 0,
    uttered: 0,
    agreed: false,
    mover: 0,
    uttering: false,
  };
  for (let i = 0; i < items; i++) state.pool[i] = rng.integer(0, mostItems + 1);
  for (let party = 0; party < 2; party++) {
    let sum = 0;
    do {
      for (let i = 0; i < items; i++) {
        const value = rng.integer(0, mostValue + 1);
        state.utilities[party * items + i] = value;
        sum += value;
      }
    } while (redraw && sum === 0);
  }
  return state;
}

/** Whether the talk is over: agreed, or out of steps once the last proposal has had its utterance. */
export function isOver(state: NegotiationOpenSpielState, { utterances }: NegotiationOpenSpielParams): boolean {
  if (utterances && state.uttered !== state.proposed) return false;
  return state.agreed || state.proposed >= state.maxSteps;
}

/** Sets to 0 what the mover may not do: a proposal beyond the pool, accepting nothing, speaking out of turn. */
export function writeLegal(
  state: NegotiationOpenSpielState,
  mask: Uint8Array,
  params: NegotiationOpenSpielParams,
): void {
  const accept = acceptOf(params);
  if (state.uttering) {
    mask.fill(0, 0, accept + 1);
    return;
  }
  mask.fill(0);
  allow(state.pool, mask, 0, 0);
  if (state.proposed > 0) mask[accept] = 1;
}

/** Allows every proposal that begins with the digits of `code` and keeps to the pool. */
function allow(pool: Int32Array, mask: Uint8Array, item: number, code: number): void {
  if (item === pool.length) {
    mask[code] = 1;
    return;
  }
  for (let kept = 0; kept <= pool[item]; kept++) allow(pool, mask, item + 1, code * (mostItems + 1) + kept);
}

/** The mover proposes, accepts or utters. */
export function move(state: NegotiationOpenSpielState, action: number, params: NegotiationOpenSpielParams): void {
  if (state.uttering) {
    state.utterances[state.uttered++] = action;
    state.uttering = false;
    state.mover = 1 - state.mover;
    return;
  }
  if (action === acceptOf(params)) state.agreed = true;
  else state.proposals[state.proposed++] = action;
  // Nobody utters after accepting, though upstream's turn bit says so.
  if (params.utterances) state.uttering = true;
  else state.mover = 1 - state.mover;
}

/** What a party gets of the last proposal. */
export function utilityOf(state: NegotiationOpenSpielState, party: number, params: NegotiationOpenSpielParams): number {
  const proposer = (state.proposed - 1) % 2;
  return shareOf(state, party, proposer, state.proposals[state.proposed - 1], params);
}

/** What a party gets if `proposer` keeps what `proposal` says. */
export function shareOf(
  { pool, utilities }: NegotiationOpenSpielState,
  party: number,
  proposer: number,
  proposal: number,
  params: NegotiationOpenSpielParams,
): number {
  const { items } = params;
  let sum = 0;
  for (let i = 0; i < items; i++) {
    const kept = keptOf(proposal, i, params);
    sum += utilities[party * items + i] * (party === proposer ? kept : pool[i] - kept);
  }
  return sum;
}

/** Utilities of both parties for every split of the pool. */
export function feasibleOf(state: NegotiationOpenSpielState, params: NegotiationOpenSpielParams): number[][] {
  const splits = new Uint8Array(acceptOf(params));
  allow(state.pool, splits, 0, 0);
  const feasible: number[][] = [];
  for (let proposal = 0; proposal < splits.length; proposal++) {
    if (splits[proposal] === 1) feasible.push([0, 1].map((party) => shareOf(state, party, 0, proposal, params)));
  }
  return feasible;
}
