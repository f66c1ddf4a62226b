import { defineEnv, finiteNumbers } from '#core';
import { messageOf } from '#protocol';
import { shareOf } from './negotiation/domain.ts';
import { drawNegotiation, negotiationText } from './negotiation/looks.ts';
import { openNegotiation } from './negotiation/open.ts';
import { maskOutcomes, observeOutcomes, outcomeObservation } from './negotiation/outcome-face.ts';
import { type NegotiationParams, negotiationParams } from './negotiation/params.ts';
import {
  actRelative,
  maskRelative,
  observeRelative,
  relativeActions,
  relativeObservation,
} from './negotiation/relative-face.ts';
import { negotiationOutcome } from './negotiation/result.ts';
import { domainOf, protocolOf, settingOf } from './negotiation/setting.ts';
import type { NegotiationState } from './negotiation/state.ts';
import { stateVectorSize, writeStateVector } from './negotiation/state-vector.ts';
import { say } from './negotiation/turn.ts';

/** Parties with private utilities look for an outcome that all accept, by stacked alternating offers. */
export const negotiation = defineEnv<NegotiationState, NegotiationParams>({
  id: 'negotiation',
  params: negotiationParams,
  card: {
    title: 'Negotiation (stacked alternating offers)',
    description:
      'Two or more parties negotiate about several issues at once. Each knows only what outcomes are worth to itself. They speak in turns: an offer, an acceptance of the offer on the table, or the end of it all; an offer that everybody else has accepted is an agreement. Without one, each has its reserved value. Domains are made up, with a wanted size and opposition, or given.',
    source:
      'Aydoğan et al. (2017), "Alternating offers protocols for multilateral negotiation"; order and clock as observed of NegMAS 0.16 (run, no code taken). Protocol: alternating-offers.',
    licence: 'Own work, under the licence of this project.',
    tests:
      'Concession over time, reading the other side from its offers, trades across issues, and domains never seen.',
    rewardScale: {
      agent:
        'Once, at the end: own utility 0 to 1, or what is had without an agreement (`reward: utility`); its gain as a share of its greatest gain, -1 to 1 (`advantage`).',
      team: 'Sum over parties.',
    },
    horizon: 'At most 20 rounds of one act a party (`rounds`). Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.5527, standardError: 0.0032 },
      roles: { party: { mean: 0.2764, standardError: 0.0016 } },
    },
    baseline: {
      policies: { party: 'micro' },
      episodes: 1000,
      seed: 0,
      team: { mean: 0.9761, standardError: 0.018 },
      roles: { party: { mean: 0.488, standardError: 0.009 } },
    },
    knownAnswer:
      'In a domain of one issue that is split (zero-sum), two parties that play micro meet in the middle: 0.5 each where there are an odd number of outcomes and rounds enough.',
  },

  roles(params) {
    const relative = params.face === 'relative';
    return [
      {
        name: 'party',
        count: params.parties,
        observation: relative ? relativeObservation : outcomeObservation(params),
        action: relative ? relativeActions : settingOf(params).talk.space(0),
      },
    ];
  },

  declares: ({ reward, fine, rules }) => ({
    // A rule about offers and acceptances counts once for each act.
    rewardBounds: [(reward === 'utility' ? 0 : -1) - (fine ?? 0) * 2 * rules.length, 1],
    commonReward: (reward === 'joint' || reward === 1) && (fine ?? 0) === 0,
  }),

  init: openNegotiation,

  acting: (state, agent) => state.mover === agent,

  observe(state, agent, out, params) {
    if (params.face === 'relative') observeRelative(state, agent, out, params);
    else observeOutcomes(state, agent, out, params);
  },

  legal(state, agent, mask, params) {
    if (params.face === 'relative') maskRelative(state, agent, mask, params);
    else maskOutcomes(state, agent, mask, params);
  },

  step(state, actions, rewards, rng, params) {
    const offset = state.mover * (actions.length / params.parties);
    if (params.face === 'outcomes') return say(state, actions, offset, rewards, params);
    return say(state, actRelative(state, actions, offset, rng, params), 0, rewards, params);
  },

  stateSize: stateVectorSize,
  stateVector: writeStateVector,

  metrics(state, params) {
    const domain = domainOf(params, state.domain);
    const { judge } = settingOf(params);
    const round = Math.floor((state.acts - 1) / params.parties);
    return finiteNumbers({
      outcomes: domain.count,
      opposition: domain.opposition,
      acts: state.acts,
      rounds: round + 1,
      ended: state.status === 'ended' ? 1 : 0,
      brokenDown: state.status === 'timed out' && state.lastRound < params.rounds - 1 ? 1 : 0,
      ...(state.agreement < 0
        ? {}
        : { worstAdvantage: Math.min(...domain.low.map((_, party) => shareOf(domain, party, state.agreement))) }),
      ...judge.rates(state),
      ...(judge.rules.length === 0 ? {} : { violations: state.broken.reduce((sum, broken) => sum + broken, 0) }),
    });
  },

  outcome: (state, params) => negotiationOutcome(state, params),

  closedBy(state, agent, params) {
    const { judge, facts } = settingOf(params);
    return state.status === 'open' ? judge.closing(state.talk, agent, facts.of(state)) : [];
  },

  messages(state, actions, rng, params) {
    if (state.status !== 'open') return [];
    const { talk } = settingOf(params);
    const offset = state.mover * (actions.length / params.parties);
    const message =
      params.face === 'outcomes'
        ? messageOf(talk, state.talk, state.mover, actions, 'negotiation', offset)
        : messageOf(talk, state.talk, state.mover, actRelative(state, actions, offset, rng, params), 'negotiation');
    return message === undefined ? [] : [message];
  },

  protocol: protocolOf,

  text: negotiationText,
  draw: drawNegotiation,
});

export type { NegotiationParams, NegotiationState };
