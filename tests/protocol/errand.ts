import { z } from 'zod';
import type { DeclarationSpec } from '#protocol';

/** A small protocol for tests: a boss asks helpers to do something, and each does it or not. */
export const errand = {
  id: 'errand',
  roles: [
    { name: 'boss', count: 1 },
    { name: 'helper', count: 2 },
  ],
  threads: ['helper'],
  parameters: { task: { says: 'what to do', content: z.enum(['fetch', 'carry', 'clean']) } },
  states: [
    { name: 'idle', within: 4, late: 'silent' },
    { name: 'asked', within: 2, late: 'silent' },
    { name: 'doing', within: 5, late: 'broken' },
    { name: 'done', ends: 'success' },
    { name: 'declined', ends: 'failure' },
    { name: 'silent', ends: 'failure' },
    { name: 'broken', ends: 'failure' },
  ],
  moves: [
    { id: 'ask', performative: 'request', by: 'boss', from: ['idle'], to: 'asked', out: ['task'], reply: false },
    { id: 'accept', performative: 'agree', by: 'helper', from: ['asked'], to: 'doing', in: ['task'] },
    { id: 'decline', performative: 'refuse', by: 'helper', from: ['asked'], to: 'declined' },
    { id: 'report', performative: 'inform', by: 'helper', from: ['doing'], to: 'done' },
    { id: 'fail', performative: 'failure', by: 'helper', from: ['doing'], to: 'broken' },
  ],
  commitments: [
    {
      id: 'work',
      says: 'does the task',
      debtor: 'owner',
      creditor: 'boss',
      creates: ['accept'],
      discharges: ['report'],
      cancels: ['fail'],
      within: 5,
      price: 2,
    },
  ],
} as const satisfies DeclarationSpec;
