import { describe, expect, it } from 'vitest';
import { contains, createStreams, PolityError, partsOf } from '#core';
import {
  createTalk,
  declarationOf,
  declare,
  messageOf,
  messageText,
  parseMessage,
  plainDeclaration,
  protocols,
  stateDiagram,
  withContentTypes,
} from '#protocol';
import { errand } from './errand.ts';
import { type Probe, rehearsals, rehearse } from './rehearsal.ts';
import { variants } from './variants.ts';

describe('the message part of an action', () => {
  it('is one choice of what to say, then the contents of every move', () => {
    const talk = createTalk(
      declarationOf(protocols.get('contract-net'), { participants: 2, tasks: 3, highestPrice: 9 }),
    );
    expect(talk.space(0)).toEqual({ kind: 'multiDiscrete', sizes: [8, 3], names: ['say', 'call.task'] });
    expect(talk.utteranceLabels(0)).toEqual([
      'silence',
      'call',
      'accept -> participant_0',
      'accept -> participant_1',
      'reject -> participant_0',
      'reject -> participant_1',
      'cancel -> participant_0',
      'cancel -> participant_1',
    ]);
    expect(talk.space(1)).toEqual({
      kind: 'multiDiscrete',
      sizes: [5, 10, 3, 3],
      names: ['say', 'propose.price', 'refuse.reason', 'fail.reason'],
    });
  });

  it('takes contents apart, and keeps those together that a rule judges', () => {
    const free = createTalk(declarationOf(protocols.get('alternating-offers'), { issues: [4, 3] }));
    expect(free.space(0)).toMatchObject({ sizes: [4, 4, 3], names: ['say', 'offer.outcome.0', 'offer.outcome.1'] });
    const ruled = createTalk(
      declarationOf(protocols.get('alternating-offers'), { issues: [4, 3], rejectedMayReturn: false }),
    );
    expect(ruled.space(0)).toMatchObject({ sizes: [4, 12], names: ['say', 'offer.outcome'] });
    const state = ruled.begin();
    ruled.say(state, 0, [1, 7]);
    expect(messageOf(ruled, state, 1, [1, 7 - 2], 'c')?.content).toEqual({ offer: 1, outcome: [1, 2] });
    const mask = new Uint8Array(16);
    expect(ruled.writeMask(state, 1, mask)).toBe(16);
    expect([...mask]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1]);
  });

  it('is refused by rule where a rule would have to judge too many values', () => {
    const options = { issues: [300, 300], rejectedMayReturn: false };
    expect(() => createTalk(declarationOf(protocols.get('alternating-offers'), options))).toThrow(/90000 values/);
    expect(
      createTalk(declarationOf(protocols.get('alternating-offers'), { issues: [300, 300] })).space(0).sizes,
    ).toEqual([4, 300, 300]);
  });

  it('is not said against the mask', () => {
    const talk = createTalk(declare(errand));
    const state = talk.begin();
    expect(() => talk.say(state, 1, [1, 0])).toThrow(PolityError);
    expect(() => talk.say(state, 0, [9, 0])).toThrow(/cannot be said now/);
    expect(state).toEqual(talk.begin());
  });
});

describe.each(variants)('%s %o', (id, options) => {
  const declaration = declarationOf(protocols.get(id), options);

  it('leaves every part of a mask open somewhere, and inboxes of the size they say with numbers of 0..1', () => {
    const check: Probe = (talk, state, _, agent, mask) => {
      const role = talk.participants.roleOf[agent];
      let at = 0;
      for (const size of partsOf(talk.space(role))) {
        expect(mask.subarray(at, at + size).includes(1)).toBe(true);
        at += size;
      }
      expect(mask).toHaveLength(at);
      expect(talk.canSpeak(state, agent)).toBe(
        mask.subarray(1, 1 + talk.tables.roles[role].utterances.length).includes(1),
      );
      const size = talk.inbox.size(role);
      expect(talk.inbox.fields(role).reduce((sum, field) => sum + field.size, 0)).toBe(size);
      const inbox = new Float32Array(size + 1).fill(7);
      expect(talk.inbox.write(state, agent, inbox)).toBe(size);
      expect([Math.min(...inbox.subarray(0, size)) >= 0, Math.max(...inbox.subarray(0, size)) <= 1]).toEqual([
        true,
        true,
      ]);
      expect(inbox[size]).toBe(7);
    };
    rehearse(declaration, createStreams('inbox').stream(id), check);
  });

  it('lets nobody know of what they did not hear', () => {
    for (const { messages, talk } of rehearsals(declaration, 'secrets', 2)) {
      const state = talk.begin();
      const inboxes = () =>
        talk.participants.names.map((_, agent) => {
          const out = new Float32Array(talk.inbox.size(talk.participants.roleOf[agent]));
          talk.inbox.write(state, agent, out);
          return out;
        });
      for (const { tick, message, move } of messages) {
        while (state.tick < tick) talk.advance(state);
        const before = inboxes();
        talk.say(state, talk.participants.names.indexOf(message.sender), actionOf(talk, message, move));
        const after = inboxes();
        for (const [agent, name] of talk.participants.names.entries()) {
          if (name === message.sender) continue;
          const heard = message.receiver.includes(name);
          const changed = before[agent].some((value, i) => value !== after[agent][i]);
          if (changed && !heard) throw new Error(`${name} knows of ${messageText(message)}`);
        }
      }
    }
  });

  it('is written as text that is read back', () => {
    for (const { messages } of rehearsals(declaration, 'text', 2)) {
      for (const { message } of messages) expect(parseMessage(messageText(message))).toEqual(message);
    }
  });

  it('is drawn with every state and move', () => {
    const diagram = stateDiagram(declaration);
    for (const { name } of declaration.states) expect(diagram).toContain(name.replaceAll('-', '_'));
    for (const move of declaration.moves)
      expect(diagram).toContain(`: ${move.id} (${move.performative} by ${move.by})`);
  });

  it('is data: what JSON has of it is the same declaration, but for the rules', () => {
    const plain = plainDeclaration(declaration);
    const { rules: _, ...rest } = JSON.parse(JSON.stringify(plain));
    expect(plainDeclaration(declare(withContentTypes(rest)))).toEqual({ ...rest, rules: [] });
  });
});

/** The action that a message is the message of. */
function actionOf(
  talk: ReturnType<typeof createTalk>,
  message: { sender: string; receiver: readonly string[]; content: Record<string, unknown> },
  move: string,
): number[] {
  const { participants, tables } = talk;
  const role = participants.roleOf[participants.names.indexOf(message.sender)];
  const { utterances, components } = tables.roles[role];
  const said = utterances.findIndex(
    ({ move: of, thread }) =>
      of.move.id === move && (thread < 0 || participants.names[participants.ownerOf[thread]] === message.receiver[0]),
  );
  const contents = components.map(({ move: of, parameter, part, weight, size }) => {
    const { name, grid } = tables.parameters[parameter];
    if (of.move.id !== move || grid === null) return 0;
    const index = grid.indexOf(message.content[name]);
    return part < 0 ? index : Math.floor(index / weight) % size;
  });
  const action = [said + 1, ...contents];
  expect(contains(talk.space(role), action)).toBe(true);
  return action;
}

describe('an inbox', () => {
  it('says what was offered, by whom, and whose turn it is', () => {
    const talk = createTalk(declarationOf(protocols.get('alternating-offers'), { issues: [5, 3], rounds: 5 }));
    const state = talk.begin();
    const out = new Float32Array(talk.inbox.size(0));
    const names = talk.inbox
      .fields(0)
      .flatMap(({ name, size }) => Array.from({ length: size }, (_, i) => `${name} ${i}`));
    const inbox = (agent: number) => {
      talk.inbox.write(state, agent, out);
      return Object.fromEntries(names.flatMap((name, i) => (out[i] === 0 ? [] : [[name, out[i]]])));
    };
    expect(inbox(0)).toEqual({ 'turn 0': 1, 'state 0': 1 });
    talk.say(state, 0, [1, 3, 2]);
    talk.advance(state);
    const heard = { 'clock 0': Math.fround(0.1), 'state 1': 1, 'outcome 0': 1, 'outcome 1': 0.75, 'outcome 2': 1 };
    expect(inbox(1)).toEqual({ ...heard, 'turn 0': 1 });
    expect(inbox(0)).toEqual({ ...heard, 'mine 0': 1 });
  });
});

describe('a line of text', () => {
  it.each([
    ['hello', 'not a message'],
    ['a -> b: shout {} (p c, m1)', 'unknown performative: got "shout"'],
    ['a -> b: informs {} (p c, m1)', 'Did you mean "inform"?'],
    ['a -> b: inform {x} (p c, m1)', 'the content is not JSON'],
    ['a -> : inform {} (p c, m1)', 'not a message'],
  ])('%s is refused, saying why', (text, message) => {
    expect(() => parseMessage(text)).toThrow(message);
  });
});
