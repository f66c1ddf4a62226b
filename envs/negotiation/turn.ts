import { noteOffer } from '#math';
import { type Domain, issueValue, shareOf } from './domain.ts';
import type { NegotiationParams } from './params.ts';
import { domainOf, settingOf } from './setting.ts';
import { hasOffered, type NegotiationState } from './state.ts';

/** Choices of a party that speaks the protocol itself begin at `offset`; returns whether the negotiation is over. */
export function say(
  state: NegotiationState,
  actions: Float64Array,
  offset: number,
  rewards: Float64Array,
  params: NegotiationParams,
): boolean {
  const setting = settingOf(params);
  const { talk, judge, facts, say: saying } = setting;
  const { mover } = state;
  facts.of(state);
  if (judge.rules.length > 0) {
    const broken = judge.weigh(state.talk, mover, actions, offset, state, facts);
    if (params.fine !== null) rewards[mover] -= params.fine * broken;
  }
  const choice = actions[offset];
  talk.say(state.talk, mover, actions, offset, facts);
  if (choice === saying.offer) {
    const domain = domainOf(params, state.domain);
    noteAct(state, params, domain, readOffer(actions, offset + 1, setting.whole, domain));
  } else noteAct(state, params, null, -1);
  talk.advance(state.talk);
  return settle(state, choice === saying.end, rewards, params);
}

/** Takes an outcome as the offer of whose turn it is, in the words of the protocol. */
export function writeOffer(outcome: number, words: Float64Array, offset: number, domain: Domain): void {
  for (let issue = 0; issue < words.length - offset; issue++) {
    words[offset + issue] = issue < domain.sizes.length ? issueValue(domain, outcome, issue) : 0;
  }
}

function readOffer(actions: Float64Array, offset: number, whole: boolean, { sizes, strides }: Domain): number {
  if (whole) return actions[offset];
  let outcome = 0;
  for (let issue = 0; issue < sizes.length; issue++) outcome += actions[offset + issue] * strides[issue];
  return outcome;
}

function noteAct(state: NegotiationState, params: NegotiationParams, domain: Domain | null, outcome: number): void {
  const { mover, offers, actors, acts } = state;
  if (domain !== null) {
    noteOutcome(state, params, domain, outcome);
    state.standing = outcome;
    state.proposer = mover;
  }
  offers[acts] = outcome;
  actors[acts] = mover;
  state.acts++;
  state.mover = mover + 1 === params.parties ? 0 : mover + 1;
}

const digits = new Int32Array(64);

function noteOutcome(state: NegotiationState, { parties }: NegotiationParams, domain: Domain, outcome: number): void {
  const { mover, sent, received, cursor, models } = state;
  for (let party = 0; party < parties; party++) {
    if (party === mover) continue;
    let known = false;
    for (let other = 0; other < parties && !known; other++)
      known = other !== party && hasOffered(state, other, outcome);
    if (!known) received[party]++;
  }
  if (!hasOffered(state, mover, outcome)) {
    sent[mover]++;
    const order = domain.order[mover];
    if (order[cursor[mover]] === outcome) {
      cursor[mover]++;
      while (cursor[mover] < domain.count && hasOffered(state, mover, order[cursor[mover]])) cursor[mover]++;
    }
  }
  if (models.length === 0) return;
  for (let issue = 0; issue < domain.sizes.length; issue++) digits[issue] = issueValue(domain, outcome, issue);
  noteOffer(models[mover], digits);
}

function settle(state: NegotiationState, ended: boolean, rewards: Float64Array, params: NegotiationParams): boolean {
  const { talk } = settingOf(params);
  const { parties } = params;
  if (ended) state.status = 'ended';
  else if (state.talk.states[0] === talk.tables.stateIndex.get('agreed')) {
    state.status = 'agreed';
    state.agreement = state.standing;
  } else if (state.acts >= (state.lastRound + 1) * parties) state.status = 'timed out';
  else return false;
  const domain = domainOf(params, state.domain);
  let joint = 0;
  for (let party = 0; party < parties; party++) joint += advantageOf(state, party, domain, params) / parties;
  const { reward } = params;
  const weight = reward === 'joint' ? 1 : typeof reward === 'number' ? reward : 0;
  for (let party = 0; party < parties; party++) {
    const own =
      reward === 'utility' ? utilityOf(state, party, domain, params) : advantageOf(state, party, domain, params);
    // A blend of the same two numbers is not always the same number: all parties are to be paid alike.
    rewards[party] += weight === 1 ? joint : (1 - weight) * own + weight * joint;
  }
  return true;
}

/** What a party has in the end: its utility, less for each round that passed, or what it has without an agreement. */
export function utilityOf(state: NegotiationState, party: number, domain: Domain, params: NegotiationParams): number {
  if (state.agreement < 0) return domain.reserved[party];
  return domain.utilities[party][state.agreement] * discountOf(state, params);
}

/** Its gain over having no agreement, as a share of its greatest gain; a loss counts 1 at most. */
export function advantageOf(state: NegotiationState, party: number, domain: Domain, params: NegotiationParams): number {
  if (state.agreement < 0) return 0;
  const { low, high } = domain;
  if (params.discount === 1) return Math.max(-1, shareOf(domain, party, state.agreement));
  const span = high[party] - low[party];
  const gain = utilityOf(state, party, domain, params) - low[party];
  return span > 0 ? Math.max(-1, gain / span) : 0;
}

function discountOf(state: NegotiationState, { discount, parties }: NegotiationParams): number {
  // The act that closed it has been counted already.
  return discount === 1 ? 1 : discount ** Math.floor((state.acts - 1) / parties);
}
