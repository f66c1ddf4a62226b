import { z } from 'zod';
import { chanceMoves, type ExactRules, gameOver } from '../exact/rules.ts';

const shape = z.strictObject({
  states: z.int().min(1).max(1000).default(3).describe('States of the world, all alike likely; as many acts.'),
  messages: z.int().min(1).max(1000).default(3).describe('Messages that the sender can choose from.'),
  payoffs: z
    .array(z.number())
    .nullable()
    .default(null)
    .describe(
      'What both get for each act in each state, flat, row by state; null is 1 for the act of the state, else 0.',
    ),
});

export const lewisSignallingParams = shape.superRefine(({ states, payoffs }, context) => {
  if (payoffs === null || payoffs.length === states * states) return;
  const message = `${states} states x ${states} acts = ${states * states} payoffs`;
  context.addIssue({ code: 'custom', path: ['payoffs'], message, input: payoffs.length });
});

export type LewisSignallingParams = z.infer<typeof shape>;

export interface LewisSignallingState {
  /** All are -1 before they are drawn or chosen. */
  world: number;
  message: number;
  act: number;
}

export const sender = 0;
export const receiver = 1;

/** What both get. */
export function payoffOf({ world, act }: LewisSignallingState, { states, payoffs }: LewisSignallingParams): number {
  if (payoffs !== null) return payoffs[world * states + act];
  return world === act ? 1 : 0;
}

/**
 * The sender sees a state and sends a message; the receiver sees the message and acts; both get the same.
 *
 * Source: Lewis (1969), "Convention"; as in open_spiel 2.0.2, games/lewis_signaling.
 */
export const lewisSignallingRules: ExactRules<LewisSignallingParams, LewisSignallingState> = {
  players: () => 2,
  actions: ({ states, messages }) => Math.max(states, messages),
  outcomes: ({ states }) => states,

  start: () => ({ world: -1, message: -1, act: -1 }),

  turn({ world, message, act }) {
    if (world < 0) return chanceMoves;
    if (message < 0) return sender;
    return act < 0 ? receiver : gameOver;
  },

  legal(_state, player, mask, { states, messages }) {
    mask.fill(0, player === sender ? messages : states);
  },

  weigh(_state, weights, { states }) {
    weights.fill(1, 0, states);
    return states;
  },

  draw(state, outcome) {
    state.world = outcome;
  },

  play(state, actions) {
    if (state.message < 0) state.message = actions[sender];
    else state.act = actions[receiver];
  },

  returns: (state, out, params) => void out.fill(payoffOf(state, params), 0, 2),

  informationState: ({ world, message }, player) => String(player === sender ? world : message),
};
