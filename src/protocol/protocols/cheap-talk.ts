import { z } from 'zod';
import { defineProtocol } from '../protocol.ts';

/** Everybody may utter a few symbols to everybody else once a tick; what they mean is up to the agents. */
export const cheapTalk = defineProtocol({
  id: 'cheap-talk',
  card: {
    title: 'Cheap talk',
    description:
      'Every agent may send the same number of symbols to all others once a tick, at no cost and without a given meaning, until the rounds are over.',
    source:
      'Crawford and Sobel (1982), "Strategic information transmission"; symbols as in Lewis (1969), "Convention".',
  },
  options: z.strictObject({
    agents: z.int().min(2).max(100).default(2).describe('How many agents talk.'),
    symbols: z.int().min(2).max(1000).default(4).describe('How many symbols there are.'),
    length: z.int().min(1).max(16).default(1).describe('Symbols in an utterance.'),
    rounds: z.int().min(1).default(10).describe('Ticks until the talk is over.'),
  }),
  declare: ({ agents, symbols, length, rounds }) => ({
    roles: [{ name: 'agent', count: agents }],
    threads: ['agent'],
    parameters: {
      utterance: { says: 'number of the utterance', key: true },
      symbols: {
        says: 'what is uttered',
        content: z
          .array(
            z
              .int()
              .min(0)
              .max(symbols - 1),
          )
          .length(length),
        under: 'utterance',
      },
    },
    states: [{ name: 'open' }, { name: 'over', ends: 'success' }],
    moves: [
      {
        id: 'utter',
        performative: 'inform',
        by: 'agent',
        from: ['open'],
        to: 'open',
        heardBy: 'all',
        out: ['utterance', 'symbols'],
        reply: false,
        oncePerTick: true,
      },
    ],
    deadline: { ticks: rounds, to: 'over' },
  }),
});
