import { z } from 'zod';
import type { DeclarationSpec, MoveSpec } from '../declaration.ts';
import { defineProtocol } from '../protocol.ts';
import type { Rule, RuleView } from '../rule.ts';
import { labels, prices, reasons } from './words.ts';

/** What is settled before a contract net begins. */
export const contractNetOptions = z.strictObject({
  participants: z.int().min(1).max(100).default(3).describe('How many are called.'),
  tasks: z.int().min(1).max(10_000).default(1).describe('How many different tasks there are.'),
  highestPrice: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(20)
    .describe('The highest price that can be named; the lowest is 0.'),
  awards: z.int().min(1).default(1).describe('How many proposals can be accepted.'),
  callWithin: z.int().min(1).default(4).describe('Ticks until it is over where nobody is called.'),
  proposeWithin: z.int().min(1).default(4).describe('Ticks in which a call has to be answered.'),
  decideWithin: z.int().min(1).default(20).describe('Ticks in which a proposal has to be decided on.'),
  workWithin: z.int().min(1).default(8).describe('Ticks in which the task has to be done.'),
  price: z.number().min(0).default(5).describe('What a participant pays that does not do what was accepted.'),
});

export type ContractNetOptions = z.infer<typeof contractNetOptions>;

const description =
  'The initiator calls for proposals to do a task. Each participant refuses or names a price in time; later ones do not count. The initiator accepts or rejects each proposal. Whoever was accepted owes the task, and informs that it is done or has failed.';

/** A call for proposals, proposals, awards, results. */
export const contractNet = defineProtocol<ContractNetOptions>({
  id: 'contract-net',
  card: {
    title: 'Contract net',
    description,
    source: 'FIPA SC00029H (2002), "Contract Net Interaction Protocol"; Smith (1980), "The contract net protocol".',
  },
  options: contractNetOptions,
  declare: (chosen) => declareContractNet(chosen, []),
});

const iteratedOptions = contractNetOptions.extend({
  calls: z.int().min(2).default(3).describe('How often a participant can be called, the first time included.'),
});

/** A contract net in which the initiator may answer a proposal with another call. */
export const iteratedContractNet = defineProtocol<z.infer<typeof iteratedOptions>>({
  id: 'iterated-contract-net',
  card: {
    title: 'Iterated contract net',
    description: `${description} Instead of deciding, the initiator may call the same participant again.`,
    source: 'FIPA SC00030H (2002), "Iterated Contract Net Interaction Protocol".',
  },
  options: iteratedOptions,
  declare: (chosen) =>
    declareContractNet(chosen, [
      {
        id: 'call-again',
        performative: 'cfp',
        by: 'initiator',
        from: ['proposed'],
        to: 'called',
        out: ['call', 'task'],
        atMost: chosen.calls - 1,
      },
    ]),
});

/** A contract net with further moves of the initiator in place of a decision. */
export function declareContractNet(chosen: ContractNetOptions, more: readonly MoveSpec[]): Omit<DeclarationSpec, 'id'> {
  return {
    roles: [
      { name: 'initiator', count: 1 },
      { name: 'participant', count: chosen.participants },
    ],
    threads: ['participant'],
    parameters: {
      call: { says: 'number of the call', key: true },
      task: { says: 'what is to be done', content: labels('task', chosen.tasks), under: 'call' },
      price: { says: 'what it costs', content: prices(chosen.highestPrice), under: 'call' },
      reason: { says: 'why not', content: reasons },
    },
    states: [
      { name: 'idle', within: chosen.callWithin, late: 'uncalled' },
      { name: 'called', within: chosen.proposeWithin, late: 'silent' },
      { name: 'proposed', within: chosen.decideWithin, late: 'undecided' },
      { name: 'working', within: chosen.workWithin, late: 'broken' },
      { name: 'done', ends: 'success' },
      { name: 'refused', ends: 'failure' },
      { name: 'rejected', ends: 'failure' },
      { name: 'failed', ends: 'failure' },
      { name: 'cancelled', ends: 'failure' },
      { name: 'uncalled', ends: 'failure' },
      { name: 'silent', ends: 'failure' },
      { name: 'undecided', ends: 'failure' },
      { name: 'broken', ends: 'failure' },
    ],
    moves: [
      {
        id: 'call',
        performative: 'cfp',
        by: 'initiator',
        from: ['idle'],
        to: 'called',
        thread: 'all',
        out: ['call', 'task'],
      },
      {
        id: 'propose',
        performative: 'propose',
        by: 'participant',
        from: ['called'],
        to: 'proposed',
        in: ['call'],
        out: ['price'],
      },
      { id: 'refuse', performative: 'refuse', by: 'participant', from: ['called'], to: 'refused', out: ['reason'] },
      {
        id: 'accept',
        performative: 'accept-proposal',
        by: 'initiator',
        from: ['proposed'],
        to: 'working',
        in: ['call', 'price'],
      },
      {
        id: 'reject',
        performative: 'reject-proposal',
        by: 'initiator',
        from: ['proposed'],
        to: 'rejected',
        in: ['call'],
      },
      ...more,
      { id: 'inform', performative: 'inform', by: 'participant', from: ['working'], to: 'done', in: ['task'] },
      { id: 'fail', performative: 'failure', by: 'participant', from: ['working'], to: 'failed', out: ['reason'] },
      {
        id: 'cancel',
        performative: 'cancel',
        by: 'initiator',
        from: ['called', 'proposed', 'working'],
        to: 'cancelled',
        in: ['task'],
        reply: false,
      },
    ],
    commitments: [
      {
        id: 'task',
        says: 'does the task for the price, if its proposal is accepted',
        debtor: 'owner',
        creditor: 'initiator',
        creates: ['propose'],
        detaches: ['accept'],
        discharges: ['inform'],
        releases: ['reject', 'cancel', ...more.map(({ id }) => id)],
        cancels: ['fail'],
        within: chosen.workWithin,
        price: chosen.price,
      },
    ],
    rules: [atMostAwards(chosen.awards)],
  };
}

function atMostAwards(awards: number): Rule {
  return {
    id: 'award-limit',
    says: `At most ${awards} proposal${awards === 1 ? ' is' : 's are'} accepted.`,
    moves: ['accept'],
    permits(view: RuleView) {
      let accepted = 0;
      for (let thread = 0; thread < view.threads; thread++) accepted += view.uses(thread, 'accept');
      return accepted < awards;
    },
  };
}
