import { type Field, fieldBox, multiDiscrete, type Rng } from '#core';
import { frequencyEstimate } from '#math';
import { countAtLeast, type Domain, issueValue, shareOf } from './domain.ts';
import type { NegotiationParams } from './params.ts';
import { domainOf, settingOf } from './setting.ts';
import { type NegotiationState, relativeTime } from './state.ts';
import { writeOffer } from './turn.ts';

/** Choices of the first part of an action, before those that say how much to ask for. */
export const relativeActs = { accept: 0, end: 1, next: 2, repeat: 3, aim: 4 } as const;
/** An aim k asks for at least k / 20 of what can be gained. */
const aims = 20;
/** Choices of the second part: the best for the others in the band of the aim, or the least at or above one of 5 levels in it. */
const levels = 5;

/**
 * What a party does, whatever the domain: accept, end, the best outcome that it has not offered yet (`next`), an earlier own offer
 * drawn anew (`repeat`), or a share of what it can gain (`aim`). In the band of an aim the second part chooses: 0 is the outcome that
 * the others are thought to like best, 1 to 5 the one that brings least at or above 0, 0.01, .. 0.04 more than the aim.
 */
export const relativeActions = multiDiscrete([relativeActs.aim + aims + 1, 1 + levels], ['act', 'within']);

const remembered = 4;

const fields: readonly Field[] = [
  { name: 'time', size: 1 },
  { name: 'lastTurn', size: 1 },
  { name: 'parties', size: 1 },
  { name: 'joined', size: 1 },
  { name: 'standing', size: 3 },
  { name: 'bestHeard', size: 1 },
  { name: 'next', size: 2 },
  { name: 'lowestSent', size: 1 },
  { name: 'sent', size: 1 },
  { name: 'received', size: 1 },
  { name: 'mayConcede', size: 1 },
  { name: 'heard', size: remembered },
  { name: 'own', size: remembered },
  { name: 'fairGuess', size: 2 },
  { name: 'worst', size: 1 },
  { name: 'reserved', size: 1 },
  { name: 'size', size: 1 },
  { name: 'discount', size: 1 },
  { name: 'breakdown', size: 1 },
];

/** Shares of what can be gained, times and counts: nothing in it names an outcome, so that it is the same in every domain. */
export const relativeObservation = fieldBox(fields, -1, 1);

/** What is written where there is no offer to speak of: less than any share. */
const absent = -1;

export function observeRelative(
  state: NegotiationState,
  agent: number,
  out: Float32Array,
  params: NegotiationParams,
): void {
  const domain = domainOf(params, state.domain);
  const { parties, rounds } = params;
  let at = 0;
  out[at++] = relativeTime(state, params);
  // No answer can come to what is offered in the last turn of a party in the last round.
  out[at++] = state.acts + parties > rounds * parties - 1 ? 1 : 0;
  out[at++] = parties / 8;
  let joined = 0;
  for (let party = 0; party < parties; party++) joined += state.talk.joined[party];
  out[at++] = joined / (parties - 1);
  const { standing } = state;
  out[at++] = standing < 0 ? 0 : 1;
  out[at++] = standing < 0 ? absent : clipped(shareOf(domain, agent, standing));
  out[at++] = standing < 0 ? absent : othersEstimate(state, agent, standing, domain);
  at = observeOffers(state, agent, out, at, domain);
  out[at++] = guessFair(state, agent, domain);
  out[at++] = guess.others;
  out[at++] = clipped(spanShare(domain, agent, domain.worst[agent]));
  out[at++] = domain.reserved[agent];
  out[at++] = Math.log10(domain.count) / 6;
  out[at++] = params.discount;
  out[at] = params.breakdown;
}

/** What was offered so far: the best heard, the next and the lowest own one, counts, and the last few of both sides. */
function observeOffers(
  state: NegotiationState,
  agent: number,
  out: Float32Array,
  start: number,
  domain: Domain,
): number {
  const { acts, offers, actors, cursor, sent, received } = state;
  const heardAt = start + 7;
  const ownAt = heardAt + remembered;
  for (let i = 0; i < 2 * remembered; i++) out[heardAt + i] = absent;
  let best = absent;
  let lowest = 1;
  let heard = 0;
  let own = 0;
  for (let act = acts - 1; act >= 0; act--) {
    if (offers[act] < 0) continue;
    const share = clipped(shareOf(domain, agent, offers[act]));
    if (actors[act] === agent) {
      if (own < remembered) out[ownAt + own] = share;
      lowest = Math.min(lowest, share);
      own++;
    } else {
      if (heard < remembered) out[heardAt + heard] = share;
      best = Math.max(best, share);
      heard++;
    }
  }
  const rational = hasNext(state, agent, domain);
  const { length } = offers;
  out[start] = best;
  out[start + 1] = rational ? 1 : 0;
  out[start + 2] = rational ? shareOf(domain, agent, domain.order[agent][cursor[agent]]) : absent;
  out[start + 3] = lowest;
  out[start + 4] = sent[agent] / length;
  out[start + 5] = received[agent] / length;
  out[start + 6] = sent[agent] <= received[agent] ? 1 : 0;
  return ownAt + remembered;
}

export function maskRelative(
  state: NegotiationState,
  agent: number,
  mask: Uint8Array,
  params: NegotiationParams,
): void {
  const { talk, allowed, say, facts } = settingOf(params);
  talk.writeMask(state.talk, agent, allowed, 0, facts.of(state));
  if (allowed[say.accept] === 0) mask[relativeActs.accept] = 0;
  if (allowed[say.end] === 0) mask[relativeActs.end] = 0;
  if (!hasNext(state, agent, domainOf(params, state.domain))) mask[relativeActs.next] = 0;
  if (state.sent[agent] === 0) mask[relativeActs.repeat] = 0;
}

/** The words of the protocol for what a party chose. */
export function actRelative(
  state: NegotiationState,
  actions: Float64Array,
  offset: number,
  rng: Rng,
  params: NegotiationParams,
): Float64Array {
  const { words, say } = settingOf(params);
  const act = actions[offset];
  words.fill(0);
  if (act === relativeActs.accept || act === relativeActs.end) {
    words[0] = act === relativeActs.accept ? say.accept : say.end;
    return words;
  }
  const domain = domainOf(params, state.domain);
  words[0] = say.offer;
  writeOffer(chooseOutcome(state, act, actions[offset + 1], domain, rng), words, 1, domain);
  return words;
}

function chooseOutcome(state: NegotiationState, act: number, within: number, domain: Domain, rng: Rng): number {
  const { mover, cursor } = state;
  if (act === relativeActs.next) return domain.order[mover][cursor[mover]];
  if (act === relativeActs.repeat) return repeated(state, rng.integer(0, state.sent[mover]));
  const aim = act - relativeActs.aim;
  if (within > 0) {
    const rank = countAtLeast(domain, mover, levelOf(domain, mover, aim / aims + (within - 1) / (aims * levels)));
    return domain.order[mover][Math.max(0, rank - 1)];
  }
  const to = countAtLeast(domain, mover, levelOf(domain, mover, aim / aims));
  const from = countAtLeast(domain, mover, levelOf(domain, mover, (aim + 1) / aims));
  // An empty band: the least above it.
  if (from >= to) return domain.order[mover][Math.max(0, to - 1)];
  return likedBest(state, mover, from, to, domain);
}

/** The different outcome that a party offered as the k-th, from 0. */
function repeated({ acts, offers, actors, mover }: NegotiationState, k: number): number {
  let left = k;
  for (let act = 0; act < acts; act++) {
    if (actors[act] !== mover || offers[act] < 0) continue;
    let before = 0;
    while (before < act && !(actors[before] === mover && offers[before] === offers[act])) before++;
    if (before < act) continue;
    if (left === 0) return offers[act];
    left--;
  }
  throw new Error('fewer different offers than were counted');
}

/** Candidates of a band that are looked at; larger bands are sampled evenly, so that the work does not grow with the domain. */
const mostCandidates = 64;

function likedBest(state: NegotiationState, agent: number, from: number, to: number, domain: Domain): number {
  const order = domain.order[agent];
  const stride = Math.max(1, (to - from) / mostCandidates);
  let best = -1;
  let liked = Number.NEGATIVE_INFINITY;
  for (let rank = from; rank < to; rank += stride) {
    const outcome = order[Math.floor(rank)];
    const estimate = othersEstimate(state, agent, outcome, domain);
    // Among equals the one that brings most.
    if (estimate <= liked + 1e-9) continue;
    liked = estimate;
    best = outcome;
  }
  return best;
}

/** What the one of the others who likes it least is thought to make of an outcome, 0 to 1. */
function othersEstimate({ models }: NegotiationState, agent: number, outcome: number, domain: Domain): number {
  for (let issue = 0; issue < domain.sizes.length; issue++) digits[issue] = issueValue(domain, outcome, issue);
  let least = 1;
  for (let party = 0; party < models.length; party++) {
    if (party !== agent) least = Math.min(least, frequencyEstimate(models[party], digits));
  }
  return least;
}

const digits = new Int32Array(64);
const guess = { others: 0 };

/** The own share of the outcome with the greatest product of the own share and what others are thought to make of it. */
function guessFair(state: NegotiationState, agent: number, domain: Domain): number {
  const rational = countAtLeast(domain, agent, domain.low[agent]);
  const stride = Math.max(1, rational / mostCandidates);
  let most = -1;
  let own = 0;
  for (let rank = 0; rank < rational; rank += stride) {
    const outcome = domain.order[agent][Math.floor(rank)];
    const share = shareOf(domain, agent, outcome);
    const others = othersEstimate(state, agent, outcome, domain);
    if (share * others <= most) continue;
    most = share * others;
    own = share;
    guess.others = others;
  }
  return own;
}

function hasNext({ cursor }: NegotiationState, agent: number, domain: Domain): boolean {
  const { ranked, count, low } = domain;
  return cursor[agent] < count && ranked[agent][cursor[agent]] >= low[agent];
}

function levelOf({ low, high }: Domain, agent: number, share: number): number {
  // Utilities are sums of rounded numbers: a level that is met but for the last bit is met.
  return low[agent] + Math.min(1, share) * (high[agent] - low[agent]) - 1e-9;
}

function spanShare({ low, high }: Domain, agent: number, utility: number): number {
  return high[agent] > low[agent] ? (utility - low[agent]) / (high[agent] - low[agent]) : 0;
}

function clipped(share: number): number {
  return Math.max(-1, Math.min(1, share));
}
