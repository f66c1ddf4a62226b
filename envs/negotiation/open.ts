import type { Rng } from '#core';
import { createFrequencyModel } from '#math';
import type { NegotiationParams } from './params.ts';
import { domainOf, settingOf } from './setting.ts';
import type { NegotiationState } from './state.ts';

/** A new negotiation: the domain and, where it can break down, the last round are drawn. */
export function openNegotiation(params: NegotiationParams, rng: Rng): NegotiationState {
  const { talk, judge } = settingOf(params);
  const { parties, rounds, breakdown, face } = params;
  const domain = params.domain === null ? rng.integer(0, params.domains) : 0;
  let lastRound = rounds - 1;
  if (breakdown > 0) {
    lastRound = 0;
    while (lastRound < rounds - 1 && rng.random() >= breakdown) lastRound++;
  }
  const { sizes } = domainOf(params, domain);
  const { looked, closed, broken } = judge.begin();
  return {
    domain,
    talk: talk.begin(),
    mover: 0,
    lastRound,
    acts: 0,
    offers: new Int32Array(rounds * parties).fill(-1),
    actors: new Int8Array(rounds * parties),
    standing: -1,
    proposer: -1,
    sent: new Int32Array(parties),
    received: new Int32Array(parties),
    cursor: new Int32Array(parties),
    agreement: -1,
    status: 'open',
    models: face === 'relative' ? Array.from({ length: parties }, () => createFrequencyModel(sizes)) : [],
    looked,
    closed,
    broken,
  };
}
