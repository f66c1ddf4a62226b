import type { NegotiationParams } from './params.ts';
import { domainOf, settingOf } from './setting.ts';
import { type NegotiationState, relativeTime } from './state.ts';

/** Numbers of each party beside what its last offer is worth to everybody. */
const ofParty = 7;

/**
 * What a central critic sees: the time and the last round, what the offer on the table is worth to each party, the parties one by one,
 * and, where parties see their own, the utilities of all.
 *
 * Shapes: A parties, N outcomes: 2 + (1 + A) + A (7 + A), and A N more in the face `outcomes`.
 */
export function stateVectorSize(params: NegotiationParams): number {
  const { parties, face } = params;
  const outcomes = face === 'outcomes' ? settingOf(params).sizes.reduce((product, size) => product * size, 1) : 0;
  return 3 + parties + parties * (ofParty + parties) + parties * outcomes;
}

export function writeStateVector(state: NegotiationState, out: Float32Array, params: NegotiationParams): void {
  const { parties, rounds, face } = params;
  const { mover, proposer, standing, lastRound, status, talk } = state;
  const { utilities, reserved, low, high, count } = domainOf(params, state.domain);
  let at = 0;
  out[at++] = relativeTime(state, params);
  out[at++] = (lastRound + 1) / rounds;
  out[at++] = standing < 0 ? 0 : 1;
  for (let party = 0; party < parties; party++) out[at++] = standing < 0 ? 0 : utilities[party][standing];
  for (let party = 0; party < parties; party++) {
    const offer = lastOfferOf(state, party, parties);
    out[at++] = status === 'open' && party === mover ? 1 : 0;
    out[at++] = party === proposer ? 1 : 0;
    out[at++] = talk.joined[party];
    out[at++] = reserved[party];
    out[at++] = low[party];
    out[at++] = high[party];
    out[at++] = offer < 0 ? 0 : 1;
    for (let other = 0; other < parties; other++) out[at++] = offer < 0 ? 0 : utilities[other][offer];
  }
  if (face === 'relative') return;
  for (let party = 0; party < parties; party++) {
    for (let outcome = 0; outcome < count; outcome++) out[at++] = utilities[party][outcome];
  }
}

/** Parties take turns, the first one first. */
function lastOfferOf({ acts, offers }: NegotiationState, party: number, parties: number): number {
  let last = -1;
  for (let act = party; act < acts; act += parties) if (offers[act] >= 0) last = offers[act];
  return last;
}
