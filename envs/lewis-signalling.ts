import { discrete, fieldBox } from '#core';
import { drawTable, plain } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';
import {
  type LewisSignallingParams,
  type LewisSignallingState,
  lewisSignallingParams,
  lewisSignallingRules,
  payoffOf,
  receiver,
  sender,
} from './lewis-signalling/rules.ts';

/** The smallest game in which a language can arise. */
export const lewisSignalling = exactWorld<LewisSignallingState, LewisSignallingParams>(lewisSignallingRules, {
  id: 'lewis-signalling',
  params: lewisSignallingParams,
  card: {
    title: 'Lewis signalling game',
    description:
      'A sender sees one of n states and sends one of m messages, which mean nothing yet; a receiver sees the message and acts. Both are paid by a table of states and acts.',
    source: 'Lewis (1969), "Convention"; tensor of google-deepmind/open_spiel 2.0.2, games/lewis_signaling.',
    licence: 'Rules are facts; open_spiel is Apache-2.0.',
    tests: 'Emergence of a shared code between two who are paid alike.',
    rewardScale: { agent: 'The table’s entry, by default 1 for the act of the state.', team: 'Twice that.' },
    horizon: 'A message and an act. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.6714, standardError: 0.0094 },
      roles: { sender: { mean: 0.3357, standardError: 0.0047 }, receiver: { mean: 0.3357, standardError: 0.0047 } },
    },
    baseline: {
      policies: { sender: 'optimal-signaller', receiver: 'optimal-signaller' },
      episodes: 1000,
      seed: 0,
      team: { mean: 2, standardError: 0 },
      roles: { sender: { mean: 1, standardError: 0 }, receiver: { mean: 1, standardError: 0 } },
    },
    knownAnswer:
      'With as many messages as states a code is worth 1, with m messages m / n; babbling is an equilibrium too, worth 1 / n.',
  },

  roles({ states, messages }) {
    const observation = fieldBox(
      [
        { name: 'turn', size: 2 },
        { name: 'over', size: 1 },
        { name: 'seen', size: Math.max(states, messages) },
      ],
      0,
      1,
    );
    return [
      { name: 'sender', count: 1, observation, action: discrete(messages) },
      { name: 'receiver', count: 1, observation, action: discrete(states) },
    ];
  },

  declares({ payoffs }) {
    const [low, high] = (payoffs ?? [0, 1]).reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [0, 0]);
    return { commonReward: true, rewardBounds: [low, high] };
  },

  observe({ world, message, act }, agent, out) {
    out.fill(0);
    out[message < 0 ? sender : receiver] = 1;
    if (act >= 0) out[2] = 1;
    const seen = agent === sender ? world : message;
    if (seen >= 0) out[3 + seen] = 1;
  },

  // Messages mean nothing before somebody agrees on something.
  symmetries({ messages }) {
    const all = Array.from({ length: messages }, (_, message) => message);
    const heard = { observation: [all.map((message) => 3 + message)], actions: [] };
    return [{ count: messages, roles: { sender: { observation: [], actions: [all] }, receiver: heard } }];
  },

  stateSize: ({ states, messages }) => states + messages,

  stateVector({ world, message }, out, { states }) {
    out.fill(0);
    out[world] = 1;
    if (message >= 0) out[states + message] = 1;
  },

  outcome: ({ world, message, act }) => ({
    talk:
      message < 0
        ? []
        : [{ speaker: sender, meaning: [world], message: [message], ...(act < 0 ? {} : { answer: act }) }],
  }),

  metrics: (state, params) => ({ success: state.world === state.act ? 1 : 0, payoff: payoffOf(state, params) }),

  text({ world, message, act }, agent, { states, messages }) {
    if (agent === sender) {
      const told = message < 0 ? `Send a message, 0 to ${messages - 1}.` : `You sent message ${message}.`;
      return `You are the sender. The state is ${world}. ${told}`;
    }
    const heard = message < 0 ? 'There is no message yet.' : `The message is ${message}.`;
    const choice = act < 0 ? `The state is one of 0 to ${states - 1}: act for it.` : `You chose act ${act}.`;
    return `You are the receiver. ${heard} ${choice}`;
  },

  draw(state, params) {
    const shown = (value: number) => (value < 0 ? '?' : String(value));
    return drawTable(
      [
        ['state', { label: shown(state.world), fill: 'agent0' }],
        ['message', { label: shown(state.message), fill: 'muted' }],
        ['act', { label: shown(state.act), fill: 'agent1' }],
      ],
      state.act < 0 ? 'Lewis signalling' : `Both get ${plain(payoffOf(state, params))}`,
    );
  },
});

export type { LewisSignallingParams, LewisSignallingState };
