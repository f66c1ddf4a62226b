import { z } from 'zod';
import type { CommitmentSpec, DeclarationSpec, MoveSpec } from '../declaration.ts';
import { defineProtocol } from '../protocol.ts';
import type { Rule } from '../rule.ts';
import { contractNetOptions, declareContractNet } from './contract-net.ts';
import { agents, prices } from './words.ts';

const options = contractNetOptions.extend({
  workWithin: z.int().min(1).default(12).describe('Ticks in which the task has to be done, by whoever owes it then.'),
  answerWithin: z.int().min(1).default(3).describe('Ticks in which whoever is asked to take something over answers.'),
  transfers: z
    .int()
    .min(1)
    .default(2)
    .describe('How often the task of a participant can be handed on, and the claim to it offered.'),
});

type Options = z.infer<typeof options>;

/** A contract net in which what is owed, and the claim to it, can pass to others who agree. */
export const subcontractNet = defineProtocol<Options>({
  id: 'subcontract-net',
  card: {
    title: 'Contract net with subcontracts',
    description:
      'A contract net in the open: everybody hears everything. Whoever owes a task may ask another bidder to take it over for a fee; once that one agrees, it owes the task (delegation). The initiator may offer its claim to a participant for a price; once that one accepts, the task is owed to it (assignment). Being handed on does not put off when a task is due. Whoever owes it then pays for a violation, to whom it is owed then.',
    source:
      'Singh (1999), "An ontology for commitments in multiagent systems": delegation and assignment; FIPA SC00029H (2002) for the rest.',
  },
  options,
  declare(chosen) {
    const { participants, highestPrice, answerWithin } = chosen;
    const net = declareContractNet(chosen, []);
    const [task] = net.commitments as readonly CommitmentSpec[];
    const answered = { within: answerWithin, late: 'working' };
    return {
      ...net,
      parameters: {
        ...net.parameters,
        handing: { says: 'number of the request to take the task over', key: true },
        deputy: { says: 'who is asked', content: agents('participant', participants), under: 'handing' },
        fee: { says: 'what it gets for it', content: prices(highestPrice), under: 'handing' },
        offering: { says: 'number of the offer of the claim', key: true },
        assignee: { says: 'who is offered it', content: agents('participant', participants), under: 'offering' },
        'claim-price': { says: 'what it costs', content: prices(highestPrice), under: 'offering' },
      },
      states: [...net.states, { name: 'handed', ...answered }, { name: 'offered', ...answered }],
      moves: [...net.moves.map(inTheOpen), ...dutyMoves(chosen), ...claimMoves(chosen)],
      commitments: [{ ...task, releases: ['reject', 'cancel', 'waive'], cancels: ['fail', 'give-up'] }].map(
        (commitment) => ({
          ...commitment,
          discharges: ['inform', 'deliver'],
          delegates: ['take-over'],
          assigns: ['buy'],
        }),
      ),
      rules: [...(net.rules ?? []), anotherBidder, anotherHolder],
    } satisfies Omit<DeclarationSpec, 'id'>;
  },
});

const parts: Readonly<Record<string, MoveSpec['only']>> = {
  reject: { creditor: 'task' },
  inform: { debtor: 'task' },
  fail: { debtor: 'task' },
  cancel: { creditor: 'task' },
};

/** A move of a contract net as everybody hears it, said by whoever has a part in the task now. */
function inTheOpen(move: MoveSpec): MoveSpec {
  const only = parts[move.id];
  return { ...move, heardBy: 'all', ...(only === undefined ? {} : { only }) };
}

/** In the thread of the participant whose proposal was accepted, by another one. */
const elsewhere = { by: 'participant', thread: 'addressed', addressee: 'participant', heardBy: 'all' } as const;

function dutyMoves({ transfers }: Options): readonly MoveSpec[] {
  return [
    {
      id: 'hand-over',
      performative: 'request',
      by: 'participant',
      from: ['working'],
      to: 'handed',
      heardBy: 'all',
      out: ['handing', 'deputy', 'fee'],
      atMost: transfers,
      only: { debtor: 'task' },
    },
    {
      ...elsewhere,
      id: 'take-over',
      performative: 'agree',
      from: ['handed'],
      to: 'working',
      in: ['handing'],
      only: { named: 'deputy' },
    },
    {
      ...elsewhere,
      id: 'decline',
      performative: 'refuse',
      from: ['handed'],
      to: 'working',
      in: ['handing'],
      only: { named: 'deputy' },
    },
    {
      ...elsewhere,
      id: 'deliver',
      performative: 'inform',
      from: ['working'],
      to: 'done',
      in: ['task'],
      only: { debtor: 'task' },
    },
    {
      ...elsewhere,
      id: 'give-up',
      performative: 'failure',
      from: ['working'],
      to: 'failed',
      out: ['reason'],
      only: { debtor: 'task' },
    },
  ];
}

function claimMoves({ transfers }: Options): readonly MoveSpec[] {
  return [
    {
      id: 'sell',
      performative: 'propose',
      by: 'initiator',
      from: ['working'],
      to: 'offered',
      heardBy: 'all',
      out: ['offering', 'assignee', 'claim-price'],
      atMost: transfers,
      only: { creditor: 'task' },
    },
    {
      ...elsewhere,
      id: 'buy',
      performative: 'accept-proposal',
      from: ['offered'],
      to: 'working',
      in: ['offering', 'claim-price'],
      only: { named: 'assignee' },
    },
    {
      ...elsewhere,
      id: 'pass',
      performative: 'reject-proposal',
      from: ['offered'],
      to: 'working',
      in: ['offering'],
      only: { named: 'assignee' },
    },
    {
      ...elsewhere,
      id: 'waive',
      performative: 'cancel',
      from: ['working'],
      to: 'cancelled',
      in: ['task'],
      reply: false,
      only: { creditor: 'task' },
    },
  ];
}

/** Threads are numbered as the participants that own them. */
const anotherBidder: Rule = {
  id: 'another-bidder',
  says: 'A task is handed to another participant that has made a proposal, and was not offered the claim.',
  moves: ['hand-over'],
  parameter: 'deputy',
  permits: (view, value) =>
    value !== view.thread &&
    view.uses(value, 'propose') > 0 &&
    !(view.known(view.thread, 'assignee') && view.value(view.thread, 'assignee') === value),
};

const anotherHolder: Rule = {
  id: 'another-holder',
  says: 'A claim is offered to a participant that neither owes the task nor was asked to take it over.',
  moves: ['sell'],
  parameter: 'assignee',
  permits: (view, value) =>
    value !== view.thread && !(view.known(view.thread, 'deputy') && view.value(view.thread, 'deputy') === value),
};
