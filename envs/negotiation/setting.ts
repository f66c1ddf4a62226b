import { createStreams } from '#core';
import { onceFor } from '#core/once-for';
import { bargainingRules, createTalk, declarationOf, Judge, protocols, type Talk, withRules } from '#protocol';
import type { Domain } from './domain.ts';
import { NegotiationFacts } from './facts.ts';
import { generateDomain } from './generator.ts';
import { largestSizes, type NegotiationParams } from './params.ts';
import { givenDomain } from './utility.ts';

/** Everything that parameters fix, made once for all episodes: the protocol, the domains, and room to work in. */
export interface Setting {
  readonly talk: Talk;
  /** Tells which rules an act breaks, and how much they close. */
  readonly judge: Judge;
  readonly facts: NegotiationFacts;
  /** Values of each issue that messages have room for. */
  readonly sizes: readonly number[];
  /** Numbers of what can be said, in the first part of an action of the protocol. */
  readonly say: { readonly offer: number; readonly accept: number; readonly end: number };
  /** Whether offers are chosen as a whole, as rules that judge them demand. */
  readonly whole: boolean;
  /** Domains by number, made when they are first drawn. */
  readonly domains: Map<number, Domain>;
  /** An action and a mask of the protocol, for parties that do not speak it themselves. */
  readonly words: Float64Array;
  readonly allowed: Uint8Array;
}

/** Outcomes of all domains that are kept, where domains are about as large as the newest. */
const mostKeptOutcomes = 4_000_000;

/** What parameters fix; they never change during a run. */
export const settingOf = onceFor(createSetting);

/** The domain of that number under these parameters: the same whoever asks and when. */
export function domainOf(params: NegotiationParams, number: number): Domain {
  const { domains } = settingOf(params);
  let domain = domains.get(number);
  if (domain === undefined) {
    domain =
      params.domain === null
        ? generateDomain(params, createStreams(`${params.seed}/domain`).stream(`${number}`))
        : givenDomain(params.domain, params.parties, 'env negotiation › domain');
    // Those that are drawn again are made again: memory is bounded, whatever the number of domains.
    if ((domains.size + 1) * domain.count > mostKeptOutcomes) domains.clear();
    domains.set(number, domain);
  }
  return domain;
}

/** The grammar of what is said, before any rules. */
export function protocolOf(params: NegotiationParams) {
  const { parties, rounds } = params;
  // An issue that all domains agree on needs no choice, but the protocol wants two values at least.
  const issues = largestSizes(params).map((size) => Math.max(2, size));
  return { id: 'alternating-offers', options: { parties, issues, rounds }, conversations: ['negotiation'] as const };
}

function createSetting(params: NegotiationParams): Setting {
  const sizes = largestSizes(params);
  const { id, options } = protocolOf(params);
  const { issues } = options;
  const plain = declarationOf(protocols.get(id), options);
  const moves = { offers: ['offer'], parameter: 'outcome', accepts: ['accept'] };
  const talk = createTalk(withRules(plain, bargainingRules(params.rules, moves, params.fine !== null)));
  const { sizes: parts } = talk.space(0);
  const labels = talk.utteranceLabels(0);
  return {
    talk,
    judge: new Judge(talk),
    facts: new NegotiationFacts(params, issues, (number) => domainOf(params, number)),
    say: { offer: labels.indexOf('offer'), accept: labels.indexOf('accept'), end: labels.indexOf('end') },
    whole: parts.length === 2 && issues.length > 1,
    sizes,
    domains: new Map(),
    words: new Float64Array(parts.length),
    allowed: new Uint8Array(parts.reduce((sum, part) => sum + part, 0)),
  };
}
