import type { Rng, Saying } from '#core';
import { fewestSteps, mostItems, mostValue } from '../negotiation-openspiel/params.ts';
import { stepsAtMost } from '../negotiation-openspiel/talk.ts';
import { type CaoNegotiationParams, speaks } from './params.ts';

/** Shapes: k items, L symbols: pool, proposal, best [k]; utilities [2, k]; said, heard [L]. */
export interface CaoNegotiationState {
  /** Turns until the talk ends without agreement, unknown to the parties. */
  limit: number;
  readonly pool: Int32Array;
  readonly utilities: Int32Array;
  /** Turns taken; party `turn % 2` is next. */
  turn: number;
  /** What the last proposer keeps. */
  readonly proposal: Int32Array;
  /** Symbols of the last utterance, and what of it is heard; -1 for nothing. */
  readonly said: Int32Array;
  readonly heard: Int32Array;
  /** Everything proposed and uttered, turn by turn. [most turns, k], [most turns, L] */
  readonly proposals: Int32Array;
  readonly uttered: Int32Array;
  agreed: boolean;
  over: boolean;
}

const mostTurns = fewestSteps + stepsAtMost.length - 1;

/**
 * A game: how many turns, what is in the pool, what each item is worth to each party; drawn again until it is of the kind asked
 * for and worth something to both.
 *
 * Source: Cao et al. (2018), "Emergent communication through negotiation", section 2.1.
 */
export function beginGame(params: CaoNegotiationParams, rng: Rng): CaoNegotiationState {
  const { items, utteranceLength } = params;
  const draw = rng.random();
  let steps = 0;
  while (steps < stepsAtMost.length - 1 && draw >= stepsAtMost[steps]) steps++;
  const state: CaoNegotiationState = {
    limit: fewestSteps + steps,
    pool: new Int32Array(items),
    utilities: new Int32Array(2 * items),
    turn: 0,
    proposal: new Int32Array(items).fill(-1),
    said: new Int32Array(utteranceLength).fill(-1),
    heard: new Int32Array(utteranceLength).fill(-1),
    proposals: new Int32Array(mostTurns * items),
    uttered: new Int32Array(speaks(params) ? mostTurns * utteranceLength : 0),
    agreed: false,
    over: false,
  };
  do {
    for (let i = 0; i < items; i++) state.pool[i] = rng.integer(0, mostItems + 1);
    for (let i = 0; i < 2 * items; i++) state.utilities[i] = rng.integer(0, mostValue + 1);
  } while (worthOf(state, 0) === 0 || worthOf(state, 1) === 0 || !isWanted(state, params));
  return state;
}

/** Whether a game is of those held out: by the sum of all its numbers, so that every number occurs in both kinds. */
export function isHeldOutGame(
  { pool, utilities }: Pick<CaoNegotiationState, 'pool' | 'utilities'>,
  { heldOutClasses }: Pick<CaoNegotiationParams, 'heldOutClasses'>,
): boolean {
  let sum = 0;
  for (let i = 0; i < pool.length; i++) sum += pool[i];
  for (let i = 0; i < utilities.length; i++) sum += utilities[i];
  return sum % heldOutClasses === 0;
}

function isWanted(state: CaoNegotiationState, params: CaoNegotiationParams): boolean {
  return params.games === 'all' || isHeldOutGame(state, params) === (params.games === 'heldOut');
}

/** What the whole pool is worth to a party. */
export function worthOf({ pool, utilities }: CaoNegotiationState, party: number): number {
  let sum = 0;
  for (let i = 0; i < pool.length; i++) sum += pool[i] * utilities[party * pool.length + i];
  return sum;
}

/** The most that both together can get: every item goes to whoever values it more. */
export function bestJoint({ pool, utilities }: CaoNegotiationState): number {
  const items = pool.length;
  let sum = 0;
  for (let i = 0; i < items; i++) sum += pool[i] * Math.max(utilities[i], utilities[items + i]);
  return sum;
}

/** What a party gets of the last proposal. */
export function utilityOf({ pool, utilities, proposal, turn }: CaoNegotiationState, party: number): number {
  const items = pool.length;
  const proposer = (turn - 1) % 2;
  let sum = 0;
  for (let i = 0; i < items; i++) {
    sum += utilities[party * items + i] * (party === proposer ? proposal[i] : pool[i] - proposal[i]);
  }
  return sum;
}

/**
 * One turn: the party whose turn it is accepts what the other proposed, or proposes what it keeps and utters something.
 * Returns whether the game is over.
 *
 * Shapes: action from `at` on: accept?, kept [k], symbols [L] where parties speak.
 */
export function takeTurn(
  state: CaoNegotiationState,
  action: Float64Array,
  at: number,
  params: CaoNegotiationParams,
  rng: Rng,
): boolean {
  const { pool, proposal, said, heard, proposals, uttered, turn } = state;
  if (action[at] === 1) {
    state.agreed = true;
    state.over = true;
    return true;
  }
  for (let i = 0; i < pool.length; i++) {
    proposal[i] = action[at + 1 + i];
    proposals[turn * pool.length + i] = proposal[i];
  }
  if (speaks(params)) {
    for (let i = 0; i < said.length; i++) {
      said[i] = action[at + 1 + pool.length + i];
      uttered[turn * said.length + i] = said[i];
      if (params.heard === 'clear') heard[i] = said[i];
      else if (params.heard === 'noisy') {
        heard[i] = rng.random() < params.noise ? rng.integer(0, params.symbols) : said[i];
      }
    }
  }
  state.turn++;
  state.over = state.turn >= state.limit;
  return state.over;
}

/**
 * What was said: by whom, knowing what its items are worth to it, beside which proposal, and what the other did next: 0 for taking
 * the proposal, else 1 + the number of its own.
 */
export function talkOf(state: CaoNegotiationState, params: CaoNegotiationParams): readonly Saying[] {
  if (!speaks(params)) return [];
  const { pool, utilities, proposals, uttered, turn, agreed, said } = state;
  const items = pool.length;
  const proposed = (t: number) =>
    proposals.subarray(t * items, (t + 1) * items).reduce((number, kept) => number * (mostItems + 1) + kept, 0);
  return Array.from({ length: turn }, (_, t) => {
    const speaker = t % 2;
    const answer = t + 1 < turn ? 1 + proposed(t + 1) : agreed ? 0 : undefined;
    return {
      speaker,
      meaning: Array.from(utilities.subarray(speaker * items, (speaker + 1) * items)),
      message: Array.from(uttered.subarray(t * said.length, (t + 1) * said.length)),
      own: proposed(t),
      ...(answer === undefined ? {} : { answer }),
    };
  });
}
