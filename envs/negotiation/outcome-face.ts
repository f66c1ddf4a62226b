import { type BoxSpace, type Field, fieldBox } from '#core';
import { issueValue } from './domain.ts';
import type { NegotiationParams } from './params.ts';
import { domainOf, settingOf } from './setting.ts';
import { type NegotiationState, relativeTime } from './state.ts';

/**
 * What a party sees that knows what every outcome is worth to it: what the protocol tells, the time on the way to the deadline,
 * what it has without an agreement, the last offer of every other party (those who speak next first), and all its utilities.
 */
export function outcomeObservation(params: NegotiationParams): BoxSpace {
  const { talk, sizes } = settingOf(params);
  const count = sizes.reduce((product, size) => product * size, 1);
  const fields: Field[] = [...talk.inbox.fields(0), { name: 'time', size: 1 }, { name: 'reserved', size: 1 }];
  for (let other = 1; other < params.parties; other++) fields.push({ name: `offer/${other}`, size: 1 + sizes.length });
  fields.push({ name: 'utilities', size: count });
  return fieldBox(fields, 0, 1);
}

export function observeOutcomes(
  state: NegotiationState,
  agent: number,
  out: Float32Array,
  params: NegotiationParams,
): void {
  const { talk } = settingOf(params);
  const domain = domainOf(params, state.domain);
  let at = talk.inbox.write(state.talk, agent, out);
  out[at++] = relativeTime(state, params);
  out[at++] = domain.reserved[agent];
  for (let step = 1; step < params.parties; step++) {
    const other = (agent + step) % params.parties;
    let outcome = -1;
    for (let act = state.acts - 1; act >= 0 && outcome < 0; act--) {
      if (state.actors[act] === other) outcome = state.offers[act];
    }
    out[at] = outcome < 0 ? 0 : 1;
    for (let issue = 0; issue < domain.sizes.length; issue++) {
      const most = domain.sizes[issue] - 1;
      out[at + 1 + issue] = outcome < 0 || most === 0 ? 0 : issueValue(domain, outcome, issue) / most;
    }
    at += 1 + domain.sizes.length;
  }
  const utilities = domain.utilities[agent];
  for (let outcome = 0; outcome < utilities.length; outcome++) out[at + outcome] = utilities[outcome];
}

/** Closes what the protocol, its rules, and the sizes of the domain do not allow. */
export function maskOutcomes(
  state: NegotiationState,
  agent: number,
  mask: Uint8Array,
  params: NegotiationParams,
): void {
  const { talk, facts, sizes, whole } = settingOf(params);
  talk.writeMask(state.talk, agent, mask, 0, facts.of(state));
  if (whole) return;
  // An issue of one value has room for two in messages.
  let at = talk.tables.roles[0].utterances.length + 1;
  for (let issue = 0; issue < sizes.length; issue++) {
    if (sizes[issue] === 1) mask[at + 1] = 0;
    at += Math.max(2, sizes[issue]);
  }
}
