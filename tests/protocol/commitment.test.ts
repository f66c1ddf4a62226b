import { beforeEach, describe, expect, it } from 'vitest';
import { CommitmentBook, commitmentStatuses, createTalk, declarationOf, declare, isOpen, protocols } from '#protocol';
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
