import { z } from 'zod';
import { defineProtocol } from '../protocol.ts';
import { labels, reasons } from './words.ts';

/** One asks others to do something; each refuses, or agrees and then says how it went. */
export const request = defineProtocol({
  id: 'request',
  card: {
    title: 'Request',
    description:
      'The initiator asks participants to do something. Each refuses or agrees; who agreed owes the result and informs of it, or of a failure. The initiator may cancel until then.',
    source: 'FIPA SC00026H (2002), "Request Interaction Protocol", with the cancel of its meta-protocol.',
  },
  options: z.strictObject({
    participants: z.int().min(1).max(100).default(1).describe('How many can be asked.'),
    actions: z.int().min(1).max(10_000).default(4).describe('How many different things can be asked for.'),
    results: z.int().min(1).max(10_000).default(2).describe('How many different results there are.'),
    askWithin: z.int().min(1).default(4).describe('Ticks until a participant that was not asked is dismissed.'),
    replyWithin: z.int().min(1).default(3).describe('Ticks in which a request has to be answered.'),
    workWithin: z.int().min(1).default(6).describe('Ticks in which what was agreed to has to be done.'),
    price: z.number().min(0).default(1).describe('What a participant pays that does not do what it agreed to.'),
  }),
  declare: ({ participants, actions, results, askWithin, replyWithin, workWithin, price }) => ({
    roles: [
      { name: 'initiator', count: 1 },
      { name: 'participant', count: participants },
    ],
    threads: ['participant'],
    parameters: {
      action: { says: 'what is asked for', content: labels('action', actions) },
      result: { says: 'what came of it', content: labels('result', results) },
      reason: { says: 'why not', content: reasons },
    },
    states: [
      { name: 'idle', within: askWithin, late: 'unasked' },
      { name: 'requested', within: replyWithin, late: 'unanswered' },
      { name: 'agreed', within: workWithin, late: 'broken' },
      { name: 'done', ends: 'success' },
      { name: 'refused', ends: 'failure' },
      { name: 'failed', ends: 'failure' },
      { name: 'cancelled', ends: 'failure' },
      { name: 'unasked', ends: 'failure' },
      { name: 'unanswered', ends: 'failure' },
      { name: 'broken', ends: 'failure' },
    ],
    moves: [
      { id: 'request', performative: 'request', by: 'initiator', from: ['idle'], to: 'requested', out: ['action'] },
      { id: 'agree', performative: 'agree', by: 'participant', from: ['requested'], to: 'agreed', in: ['action'] },
      { id: 'refuse', performative: 'refuse', by: 'participant', from: ['requested'], to: 'refused', out: ['reason'] },
      { id: 'inform', performative: 'inform', by: 'participant', from: ['agreed'], to: 'done', out: ['result'] },
      { id: 'fail', performative: 'failure', by: 'participant', from: ['agreed'], to: 'failed', out: ['reason'] },
      {
        id: 'cancel',
        performative: 'cancel',
        by: 'initiator',
        from: ['requested', 'agreed'],
        to: 'cancelled',
        in: ['action'],
        reply: false,
      },
    ],
    commitments: [
      {
        id: 'work',
        says: 'does what it agreed to do',
        debtor: 'owner',
        creditor: 'initiator',
        creates: ['agree'],
        discharges: ['inform'],
        releases: ['cancel'],
        cancels: ['fail'],
        within: workWithin,
        price,
      },
    ],
  }),
});
