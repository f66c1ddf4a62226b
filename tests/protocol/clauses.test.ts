import { describe, expect, it } from 'vitest';
import {
  type Clause,
  clauses,
  type Declaration,
  declarationOf,
  declare,
  type Message,
  Monitor,
  type MoveSpec,
  mostMessageBytes,
  protocols,
} from '#protocol';
import { errand } from './errand.ts';
import { claimsOf, type Rehearsal, rehearsals } from './rehearsal.ts';

type Said = Rehearsal['messages'][number];

/** A monitor that has heard the first messages of a conversation, and stands at the tick of the next. */
function listened(declaration: Declaration, messages: readonly Said[], count: number): Monitor {
  const monitor = new Monitor(declaration, 'c1');
  for (const { tick, message } of messages.slice(0, count)) {
    while (monitor.tick < tick) monitor.advance();
    expect(monitor.hear(message).understood).toBe(true);
  }
  while (count < messages.length && monitor.tick < messages[count].tick) monitor.advance();
  return monitor;
}

/** What a message is made into, so that it breaks a clause; undefined where this one cannot be. */
type Mutant = (message: Message, monitor: Monitor, before: Message | undefined) => unknown;

const omit = ({ inReplyTo: _, ...message }: Message) => message;
const mutants: Readonly<Record<Exclude<Clause, 'C1' | 'C8' | 'C9'>, Readonly<Record<string, Mutant>>>> = {
  C2: { 'of another conversation': (message) => ({ ...message, conversationId: 'c2' }) },
  C3: {
    'with an id that was used': (message, _, before) => before && { ...message, replyWith: before.replyWith },
    'that answers what was never said': (message) => ({ ...message, inReplyTo: 'm999' }),
    'that does not say what it answers': (message) => (message.inReplyTo === undefined ? undefined : omit(message)),
  },
  C4: {
    'that comes when answers were due': (message, monitor) => {
      const cited = message.inReplyTo;
      const due = monitor.declaration.deadline;
      if (cited === undefined && due === undefined) return undefined;
      // Long enough for every state to have lost its patience.
      for (let tick = 0; tick < 1000 && !monitor.over; tick++) monitor.advance();
      return message;
    },
    'that wants answers by a tick that has passed': (message, monitor) =>
      monitor.tick === 0 ? undefined : { ...message, replyBy: monitor.tick - 1 },
    'that gives more time than there is': (message) => ({ ...message, replyBy: 5000 }),
  },
  C5: {
    'of somebody who does not take part': (message) => ({ ...message, sender: 'stranger_0' }),
    'to nobody': (message) => ({ ...message, receiver: [] }),
    'to somebody who does not take part': (message) => ({ ...message, receiver: [...message.receiver, 'stranger_0'] }),
    'to its own sender': (message) => ({ ...message, receiver: [message.sender] }),
    'of a role that does not say this': (message, { declaration }) => {
      const silent = declaration.roles.find(
        ({ name }) =>
          !declaration.moves.some(({ by, performative }) => by === name && performative === message.performative),
      );
      return silent && { ...message, sender: `${silent.name}_0` };
    },
  },
  C6: {
    'with more than belongs there': (message) => ({ ...message, content: { ...message.content, mood: 'good' } }),
    'with less than belongs there': ({ content, ...message }) => {
      const [first, ...rest] = Object.entries(content);
      return first === undefined ? undefined : { ...message, content: Object.fromEntries(rest) };
    },
    'with a value of another type': ({ content, ...message }) => {
      const [key] = Object.keys(content);
      return key === undefined ? undefined : { ...message, content: { ...content, [key]: { no: 'such thing' } } };
    },
    'with a content that is no object': (message) => ({ ...message, content: 'hello' }),
  },
  C7: {
    'of an unknown performative': (message) => ({ ...message, performative: 'shout' }),
    'of a performative that nobody says here': (message) => ({ ...message, performative: 'subscribe' }),
    'of another protocol': (message) => ({ ...message, protocol: 'small-talk' }),
    'without a sender': ({ sender: _, ...message }) => message,
    'that is too long': (message) => ({ ...message, content: { text: 'a'.repeat(mostMessageBytes) } }),
    'that is no message': () => 'hello?',
    'that is nothing': () => undefined,
  },
};

describe.each(protocols.items)('under $id', (protocol) => {
  const declaration = declarationOf(protocol);
  const talks = rehearsals(declaration, 'mutants', 8);

  const cases = Object.entries(mutants).flatMap(([clause, list]) =>
    Object.entries(list).map(([text, mutant]) => [clause, text, mutant] as const),
  );
  it.each(cases)('%s catches a message %s, and goes on as if nothing had been said', (clause, text, mutant) => {
    let tried = 0;
    for (const { messages } of talks.slice(0, 2)) {
      for (let i = 0; i < Math.min(messages.length, 8); i++) {
        const monitor = listened(declaration, messages, i);
        const { states } = monitor;
        const said = mutant(messages[i].message, monitor, messages[i - 1]?.message);
        if (said === undefined && text !== 'that is nothing') continue;
        tried++;
        const heard = monitor.hear(said);
        if (heard.understood) throw new Error(`understood: ${JSON.stringify(said)}`);
        expect({ ...heard.violation, said }).toMatchObject({ clause });
        expect(heard.reply).toMatchObject({ performative: 'not-understood', content: { clause } });
        if (clause === 'C4') continue;
        expect(monitor.states).toEqual(states);
        expect(monitor.hear(messages[i].message).understood).toBe(true);
      }
    }
    const saysThis = ({ by, performative }: MoveSpec, role: string) => by === role && performative === 'propose';
    const skipped =
      text === 'of a role that does not say this' &&
      declaration.roles.every(({ name }) => declaration.moves.some((move) => saysThis(move, name)));
    const answersNothing = text.includes('say what it answers') && !declaration.moves.some(({ reply }) => reply);
    if (!skipped && !answersNothing && declaration.roles.length > 1) expect(tried).toBeGreaterThan(0);
  });

  it('C1 catches the first message said again', () => {
    for (const { messages } of talks) {
      const [{ message }] = messages;
      const monitor = listened(declaration, messages.slice(0, 1), 1);
      const inReplyTo = declaration.moves.some(({ id, reply }) => id === messages[0].move && reply)
        ? message.replyWith
        : undefined;
      const heard = monitor.hear({ ...omit(message), replyWith: 'again', ...(inReplyTo && { inReplyTo }) });
      expect(heard).toMatchObject({ understood: false, violation: { clause: 'C1' } });
    }
  });

  it('C8 catches an end before the end', () => {
    for (const { messages, monitor: whole, talk, state } of talks) {
      const early = listened(declaration, messages.slice(0, 1), 1);
      expect(early.over ? [] : early.close().map(({ clause }) => clause)).toEqual(
        early.over ? [] : expect.arrayContaining(['C8']),
      );
      expect(whole.close(claimsOf(talk, state))).toEqual([]);
    }
  });

  it('C9 catches every wrong word about a commitment', () => {
    let tried = 0;
    for (const { monitor, talk, state } of talks) {
      const claims = claimsOf(talk, state);
      for (const [i, claim] of claims.entries()) {
        const status = claim.status === 'violated' ? 'discharged' : 'violated';
        const wrong = claims.map((one, j) => (i === j ? ({ ...one, status } as const) : one));
        const missing = claims.filter((_, j) => i !== j);
        const owedByItself = claims.map((one, j) => (i === j ? { ...one, debtor: one.creditor } : one));
        const owedToItself = claims.map((one, j) => (i === j ? { ...one, creditor: one.debtor } : one));
        for (const said of [wrong, missing, owedByItself, owedToItself]) {
          tried++;
          expect(monitor.close(said)).toMatchObject([{ clause: 'C9' }]);
        }
      }
      expect(monitor.close([...claims, { id: 'a wish', status: 'discharged' }])).toMatchObject([{ clause: 'C9' }]);
    }
    expect(tried > 0).toBe(declaration.commitments.length > 0);
  });
});

describe('a monitor', () => {
  const message = (change: object) => ({
    performative: 'request',
    sender: 'boss_0',
    receiver: ['helper_1'],
    content: { task: 'carry' },
    protocol: 'errand',
    conversationId: 'c1',
    replyWith: 'a',
    ...change,
  });

  it('finds a commitment that is left open (C9) where a conversation is broken off (C8)', () => {
    const monitor = new Monitor(declare(errand), 'c1');
    monitor.hear(message({}));
    monitor.hear(
      message({ performative: 'agree', sender: 'helper_1', receiver: ['boss_0'], replyWith: 'b', inReplyTo: 'a' }),
    );
    expect(monitor.states).toEqual({ helper_0: 'idle', helper_1: 'doing' });
    expect(monitor.close()).toEqual([
      { clause: 'C8', message: 'the thread of helper_0 stopped at "idle", which is not final', tick: 0 },
      { clause: 'C8', message: 'the thread of helper_1 stopped at "doing", which is not final', tick: 0 },
      { clause: 'C9', message: 'the commitment "work of helper_1" is left detached', tick: 0 },
    ]);
  });

  it('says in its answer what it did not understand, to whoever said it', () => {
    const monitor = new Monitor(declare(errand), 'c1');
    const heard = monitor.hear(message({ content: { task: 'sing' } }));
    expect(heard).toMatchObject({
      understood: false,
      reply: {
        performative: 'not-understood',
        sender: 'protocol',
        receiver: ['boss_0'],
        inReplyTo: 'a',
        content: { clause: 'C6', reason: 'ask: "task" is not of its type: "sing"', tick: 0 },
      },
    });
    expect(monitor.violations).toHaveLength(1);
  });

  it('is not brought down by what has no JSON', () => {
    const monitor = new Monitor(declare(errand), 'c1');
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    for (const said of [
      circle,
      1n,
      () => 1,
      Symbol('x'),
      {
        toJSON() {
          throw new Error('no');
        },
      },
      null,
      [],
      0,
    ]) {
      expect(monitor.hear(said)).toMatchObject({ understood: false, violation: { clause: 'C7' } });
    }
  });

  it('has a sentence for every clause', () => {
    expect(Object.keys(clauses)).toEqual(['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9']);
  });
});
