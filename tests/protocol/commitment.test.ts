import { beforeEach, describe, expect, it } from 'vitest';
import {
  CommitmentBook,
  commitmentStatuses,
  createTalk,
  declarationOf,
  declare,
  isOpen,
  type Message,
  Monitor,
  messageOf,
  protocols,
} from '#protocol';
import { errand } from './errand.ts';

/** b does the work within 3 ticks of being accepted by a, or pays 5. */
const work = {
  id: 'work',
  debtor: 'b',
  creditor: 'a',
  antecedent: 'accepted',
  consequent: 'done',
  within: 3,
  price: 5,
};
let book = new CommitmentBook();
const balances = () => ['a', 'b', 'c', 'd'].map((agent) => book.balanceOf(agent));

beforeEach(() => {
  book = new CommitmentBook();
  book.create(work, 0);
});

describe('a commitment', () => {
  it('is conditional until its antecedent comes true, then owed, and discharged in time', () => {
    expect(book.get('work')).toMatchObject({ status: 'conditional', due: null });
    book.detach('work', 2);
    expect(book.get('work')).toMatchObject({ status: 'detached', due: 5 });
    book.advance(5);
    book.discharge('work', 5);
    expect(book.get('work')).toMatchObject({ status: 'discharged', due: null });
    expect(book.events.map(({ what, tick }) => `${what} ${tick}`)).toEqual(['create 0', 'detach 2', 'discharge 5']);
    expect(balances()).toEqual([0, 0, 0, 0]);
  });

  it('is owed at once where it has no antecedent', () => {
    book.create({ ...work, id: 'now', antecedent: null }, 4);
    expect(book.get('now')).toMatchObject({ status: 'detached', due: 7 });
  });

  it('is violated a tick after it was due, and paid for once', () => {
    book.detach('work', 2);
    book.advance(6);
    book.advance(7);
    expect(book.get('work').status).toBe('violated');
    expect(balances()).toEqual([5, -5, 0, 0]);
    expect(book.events.at(-1)).toEqual({
      tick: 6,
      commitment: 'work',
      what: 'violate',
      status: 'violated',
      debtor: 'b',
      creditor: 'a',
      paid: 5,
    });
  });

  it('expires where nobody took it up, and is violated where it was owed', () => {
    book.end('work', 4);
    expect(book.get('work').status).toBe('expired');
    book.create(work, 5);
    book.detach('work', 5);
    book.end('work', 6);
    expect([book.get('work').status, ...balances()]).toEqual(['violated', 5, -5, 0, 0]);
  });

  it('can be cancelled by its debtor: free before it is owed, at its price afterwards', () => {
    book.cancel('work', 'b', 1);
    expect([book.get('work').status, ...balances()]).toEqual(['cancelled', 0, 0, 0, 0]);
    book.create(work, 2);
    book.detach('work', 2);
    book.cancel('work', 'b', 3);
    expect([book.get('work').status, ...balances()]).toEqual(['violated', 5, -5, 0, 0]);
  });

  it('can be released by its creditor at no cost', () => {
    book.detach('work', 1);
    book.release('work', 'a', 2);
    book.advance(99);
    expect([book.get('work').status, ...balances()]).toEqual(['released', 0, 0, 0, 0]);
  });

  it('is owed to whom it was assigned, by whom it was delegated to', () => {
    book.assign('work', 'a', 'c', 1);
    book.detach('work', 1);
    book.delegate('work', 'b', 'd', 2);
    expect(book.get('work')).toMatchObject({ debtor: 'd', creditor: 'c', due: 4 });
    book.advance(5);
    expect(balances()).toEqual([0, 0, 5, -5]);
  });

  it.each<[string, () => void]>([
    ['cancel of the creditor', () => book.cancel('work', 'a', 1)],
    ['release of the debtor', () => book.release('work', 'b', 1)],
    ['assignment of the debtor', () => book.assign('work', 'b', 'c', 1)],
    ['delegation of the creditor', () => book.delegate('work', 'a', 'c', 1)],
    ['second one of the same id', () => book.create(work, 1)],
    ['change of one that is not there', () => book.detach('play', 1)],
    [
      'change of one that is settled',
      () => {
        book.discharge('work', 1);
        book.detach('work', 2);
      },
    ],
  ])('refuses the %s', (_, run) => {
    expect(run).toThrow(/^commitment (work|play): /);
  });

  it('is open while it is conditional or detached', () => {
    const open = commitmentStatuses.filter((status) => status !== 'none' && isOpen({ status }));
    expect(open).toEqual(['conditional', 'detached']);
  });
});

describe('commitments of a conversation', () => {
  const [none, conditional, detached, discharged, violated, expired, released] = commitmentStatuses.keys();

  it('come from its moves: proposed, accepted, done', () => {
    const talk = createTalk(declarationOf(protocols.get('contract-net'), { participants: 3, highestPrice: 9 }));
    const state = talk.begin();
    expect([...state.status]).toEqual([none, none, none]);
    talk.say(state, 0, [1, 0]);
    for (const [agent, price] of [
      [1, 4],
      [2, 3],
      [3, 9],
    ])
      talk.say(state, agent, [1, price, 0, 0]);
    expect([...state.status]).toEqual([conditional, conditional, conditional]);
    const choices = talk.utteranceLabels(0);
    talk.say(state, 0, [choices.indexOf('accept -> participant_1'), 0]);
    talk.say(state, 0, [choices.indexOf('reject -> participant_0'), 0]);
    expect([...state.status]).toEqual([released, detached, conditional]);
    const inform = talk.utteranceLabels(1).indexOf('inform');
    talk.say(state, 2, [inform, 0, 0, 0]);
    while (!state.over) talk.advance(state);
    expect([...state.status]).toEqual([released, discharged, expired]);
    expect([...state.balance]).toEqual([0, 0, 0, 0]);
  });

  it('are violated by silence and by failure, and paid for', () => {
    const talk = createTalk(declare(errand));
    const state = talk.begin();
    talk.say(state, 0, [1, 0]);
    talk.say(state, 0, [2, 2]);
    talk.say(state, 1, [1]);
    talk.say(state, 2, [1]);
    talk.advance(state);
    talk.say(state, 1, [talk.utteranceLabels(1).indexOf('fail')]);
    expect([...state.status]).toEqual([violated, detached]);
    for (let tick = 1; tick < 5; tick++) talk.advance(state);
    expect([...state.status]).toEqual([violated, detached]);
    expect(talk.advance(state)).toBe(true);
    expect([...state.status, ...state.balance, ...state.violations]).toEqual([violated, violated, 4, -2, -2, 0, 1, 1]);
  });
});

describe('a commitment that is passed on by messages', () => {
  const declaration = declarationOf(protocols.get('subcontract-net'), {
    participants: 3,
    highestPrice: 9,
    workWithin: 8,
  });
  const [, , detached, , violated] = commitmentStatuses.keys();

  /** A talk and a monitor that hear the same; participant 0 has been awarded the task at 5, and 1 and 2 have proposed too. */
  function awarded() {
    const talk = createTalk(declaration);
    const state = talk.begin();
    const monitor = new Monitor(declaration, 'c1');
    const say = (agent: number, label: string, contents: Readonly<Record<string, number>> = {}) => {
      const role = talk.participants.roleOf[agent];
      const names = talk.space(role).names ?? [];
      const action = names.map((name) => contents[name] ?? 0);
      action[0] = talk.utteranceLabels(role).indexOf(label);
      const message = messageOf(talk, state, agent, action, 'c1') as Message;
      talk.say(state, agent, action);
      expect(monitor.hear(message)).toMatchObject({ understood: true });
      return message;
    };
    const wait = (ticks: number) => {
      for (let tick = 0; tick < ticks; tick++) {
        talk.advance(state);
        monitor.advance();
      }
    };
    const can = (agent: number) => {
      const role = talk.participants.roleOf[agent];
      const mask = new Uint8Array(talk.space(role).sizes.reduce((sum, size) => sum + size, 0));
      talk.writeMask(state, agent, mask);
      return talk.utteranceLabels(role).filter((_, u) => mask[u] === 1);
    };
    say(0, 'call');
    for (const agent of [1, 2, 3]) say(agent, 'propose', { 'propose.price': 4 + agent });
    say(0, 'accept -> participant_0');
    return { talk, state, monitor, say, wait, can };
  }

  it('is owed by the deputy once it agrees, and nobody else can deliver', () => {
    const { talk, state, monitor, say, can } = awarded();
    expect(can(1)).toEqual(['silence', 'inform', 'fail', 'hand-over']);
    expect(talk.debtorOf(state, 0)).toBe(1);
    say(1, 'hand-over', { 'hand-over.deputy': 2, 'hand-over.fee': 3 });
    expect(can(1)).toEqual(['silence']);
    expect([can(2), can(3)]).toEqual([
      ['silence'],
      ['silence', 'take-over -> participant_0', 'decline -> participant_0'],
    ]);
    const { content, receiver } = say(3, 'take-over -> participant_0');
    expect([content, receiver]).toEqual([{ handing: 0 }, ['participant_0', 'initiator_0', 'participant_1']]);
    expect(talk.debtorOf(state, 0)).toBe(3);
    expect([can(1), can(2)]).toEqual([['silence'], ['silence']]);
    expect(can(3)).toEqual(['silence', 'deliver -> participant_0', 'give-up -> participant_0']);
    expect(state).toMatchObject({ delegated: 1, assigned: 0 });
    expect(monitor.commitments.events.at(-1)).toMatchObject({ what: 'delegate', debtor: 'participant_2' });
    say(3, 'deliver -> participant_0');
    expect(monitor.commitments.get('task of participant_0').status).toBe('discharged');
  });

  it('stays with its debtor where the deputy declines or keeps silent, and is due when it was', () => {
    const { talk, state, say, wait, can } = awarded();
    say(1, 'hand-over', { 'hand-over.deputy': 1, 'hand-over.fee': 3 });
    say(2, 'decline -> participant_0');
    say(1, 'hand-over', { 'hand-over.deputy': 2, 'hand-over.fee': 3 });
    wait(4);
    expect(talk.debtorOf(state, 0)).toBe(1);
    // Twice is all that it can be handed on.
    expect(can(1)).toEqual(['silence', 'inform', 'fail']);
    expect(state.due[0]).toBe(8);
    wait(5);
    expect(state.status[0]).toBe(violated);
  });

  it('is paid for by whoever owes it then to whoever it is owed to then', () => {
    const { state, monitor, say, wait, can } = awarded();
    say(1, 'hand-over', { 'hand-over.deputy': 2, 'hand-over.fee': 3 });
    say(3, 'take-over -> participant_0');
    say(0, 'sell -> participant_0', { 'sell.assignee': 1, 'sell.claim-price': 2 });
    expect(can(2)).toEqual(['silence', 'buy -> participant_0', 'pass -> participant_0']);
    say(2, 'buy -> participant_0');
    // The claim is another's now: the initiator cannot call it off any more.
    expect(can(0)).not.toContain('cancel -> participant_0');
    expect(can(2)).toEqual(['silence', 'waive -> participant_0']);
    expect(state.status[0]).toBe(detached);
    wait(9);
    expect(state.status[0]).toBe(violated);
    expect([[...state.balance], [...state.violations]]).toEqual([
      [0, 0, 5, -5],
      [0, 0, 0, 1],
    ]);
    const balances = ['initiator_0', 'participant_0', 'participant_1', 'participant_2'].map((name) =>
      monitor.commitments.balanceOf(name),
    );
    expect(balances).toEqual([...state.balance]);
  });

  it('shows each agent what it owes and what is owed to it', () => {
    const { talk, state, say } = awarded();
    const parties = (agent: number) => {
      const role = talk.participants.roleOf[agent];
      const out = new Float32Array(talk.inbox.size(role));
      talk.inbox.write(state, agent, out);
      let at = 0;
      return talk.inbox.fields(role).flatMap(({ name, size }) => {
        at += size;
        return name.endsWith('.parties') ? [[...out.subarray(at - size, at)].join('')] : [];
      });
    };
    // The initiator sees the threads by number, a participant its own first: owes, is owed.
    expect([parties(0), parties(1), parties(3)]).toEqual([
      ['01', '01', '01'],
      ['10', '00', '00'],
      ['10', '00', '00'],
    ]);
    say(1, 'hand-over', { 'hand-over.deputy': 2 });
    say(3, 'take-over -> participant_0');
    expect([parties(1), parties(3)]).toEqual([
      ['00', '00', '00'],
      ['10', '10', '00'],
    ]);
  });

  const mutants: readonly (readonly [string, Partial<Message>, string])[] = [
    [
      'somebody else takes it over',
      { sender: 'participant_1', receiver: ['participant_0', 'initiator_0', 'participant_2'] },
      '"deputy" is participant_2, not participant_1',
    ],
    ['it answers another request than was made', { content: { handing: 1 } }, '"handing" is 0, not 1'],
  ];
  it.each(mutants)('is not passed on where %s', (_, change, message) => {
    const { talk, monitor, say, state } = awarded();
    say(1, 'hand-over', { 'hand-over.deputy': 2 });
    const action = talk.space(1).sizes.map(() => 0);
    action[0] = talk.utteranceLabels(1).indexOf('take-over -> participant_0');
    const taken = messageOf(talk, state, 3, action, 'c1') as Message;
    expect(monitor.hear({ ...taken, ...change })).toMatchObject({
      understood: false,
      violation: { message: expect.stringContaining(message) },
      reply: { performative: 'not-understood' },
    });
    expect(monitor.commitments.get('task of participant_0').debtor).toBe('participant_0');
    expect(monitor.hear(taken)).toMatchObject({ understood: true, move: 'take-over' });
  });

  it('is not done by who owes it no longer, nor passed on once nothing is owed', () => {
    const { monitor, say, wait } = awarded();
    const late = awarded();
    const asked = say(1, 'hand-over', { 'hand-over.deputy': 2 });
    const taken = say(3, 'take-over -> participant_0');
    const inform = {
      ...asked,
      performative: 'inform',
      content: { task: 'task-0' },
      replyWith: 'x',
      inReplyTo: taken.replyWith,
    };
    const { replyBy: _, ...done } = inform;
    expect(monitor.hear(done)).toMatchObject({
      violation: { clause: 'C1', message: expect.stringContaining('the debtor of "task" is participant_2') },
    });
    wait(1);
    late.wait(7);
    late.say(1, 'hand-over', { 'hand-over.deputy': 2 });
    late.wait(2);
    expect(late.state.status[0]).toBe(violated);
    expect(late.can(3)).toEqual(['silence', 'decline -> participant_0']);
  });
});
