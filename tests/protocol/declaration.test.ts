import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PolityError } from '#core';
import { type DeclarationSpec, declarationOf, declare, defineProtocol, gridOf, messageSchema } from '#protocol';
import { errand } from './errand.ts';

function refusal(run: () => unknown): PolityError['detail'] {
  try {
    run();
  } catch (error) {
    if (error instanceof PolityError) return error.detail;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The errand with one move changed. */
function withMove(change: Record<string, unknown>): unknown {
  return { ...errand, moves: errand.moves.map((move, i) => (i === 0 ? { ...move, ...change } : move)) };
}

describe('a declaration', () => {
  it('is completed: threads, order, replies and who hears', () => {
    const [ask, accept] = declare(errand).moves;
    expect(ask).toMatchObject({ thread: 'addressed', heardBy: 'thread', reply: false, in: [], nil: [] });
    expect(accept).toMatchObject({ thread: 'own', reply: true });
    expect(declare(errand).order).toBe('free');
  });

  it.each<[string, unknown, string, string]>([
    ['an unknown key', { ...errand, stats: [] }, '› stats', 'Did you mean "states"?'],
    ['a missing part', { ...errand, states: undefined }, '› states', ''],
    [
      'an unknown performative',
      withMove({ performative: 'requst' }),
      'moves.0.performative',
      'Did you mean "request"?',
    ],
    ['a state that is not there', withMove({ to: 'askd' }), 'moves.ask.to', 'Did you mean "asked"?'],
    ['a role that is not there', withMove({ by: 'bos' }), 'moves.ask.by', 'Did you mean "boss"?'],
    ['a parameter that is not there', withMove({ out: ['tasc'] }), 'moves.ask.in, out, nil', 'Did you mean "task"?'],
    ['a parameter twice', withMove({ in: ['task'] }), 'moves.ask.in, out, nil', ''],
    ['a thread that nobody has', withMove({ thread: 'own' }), 'moves.ask.thread', 'Threads belong to: helper'],
    ['a way out of a final state', withMove({ from: ['done'] }), 'moves.ask.from', ''],
    ['the answer that is not for agents', withMove({ performative: 'not-understood' }), 'moves.ask.performative', ''],
    ['a deadline that leads nowhere', { ...errand, deadline: { ticks: 3, to: 'asked' } }, 'deadline.to', ''],
    [
      'half a deadline',
      { ...errand, states: [{ name: 'idle', within: 3 }, ...errand.states.slice(1)] },
      'states.idle',
      '',
    ],
    [
      'content without bounds',
      { ...errand, parameters: { task: { says: '', content: z.number() } } },
      'parameters.task',
      '',
    ],
    ['no declaration at all', 'talk', 'protocol', ''],
  ])('with %s is refused, with the place', (_, spec, where, remedy) => {
    const detail = refusal(() => declare(spec));
    expect(detail.where).toContain(where);
    expect(detail.remedy ?? '').toContain(remedy);
  });

  it('takes its options through their schema', () => {
    const protocol = defineProtocol({
      id: 'errand',
      card: { title: 'Errand', description: '', source: '' },
      options: z.strictObject({ helpers: z.int().min(1).default(2) }),
      declare: ({ helpers }): Omit<DeclarationSpec, 'id'> => {
        const { id: _, ...rest } = errand;
        return { ...rest, roles: [errand.roles[0], { name: 'helper', count: helpers }] };
      },
    });
    expect(declarationOf(protocol).roles[1].count).toBe(2);
    expect(declarationOf(protocol, { helpers: 5 }).roles[1].count).toBe(5);
    expect(refusal(() => declarationOf(protocol, { helpers: 0 })).where).toBe('protocol errand › helpers');
  });
});

describe('content', () => {
  it.each<[string, z.ZodType, readonly number[], readonly unknown[]]>([
    ['whole numbers', z.int().min(-2).max(3), [6], [-2, -1, 0, 1, 2, 3]],
    ['words', z.enum(['a', 'b']), [2], ['a', 'b']],
    ['yes or no', z.boolean(), [2], [false, true]],
    [
      'a list',
      z.array(z.int().min(1).max(2)).length(2),
      [2, 2],
      [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
      ],
    ],
    [
      'different things',
      z.tuple([z.enum(['x', 'y']), z.boolean()]),
      [2, 2],
      [
        ['x', false],
        ['x', true],
        ['y', false],
        ['y', true],
      ],
    ],
    [
      'an object',
      z.strictObject({ n: z.int().min(0).max(1), of: z.literal('eggs') }),
      [2, 1],
      [
        { n: 0, of: 'eggs' },
        { n: 1, of: 'eggs' },
      ],
    ],
  ])('of %s is numbered in order, and each number is a value of the type', (_, schema, sizes, values) => {
    const grid = gridOf(schema, 'x');
    expect([grid.sizes, grid.size]).toEqual([sizes, values.length]);
    for (const [index, value] of values.entries()) {
      expect(grid.valueAt(index)).toEqual(value);
      expect(grid.indexOf(value)).toBe(index);
      expect(schema.safeParse(value).success).toBe(true);
    }
  });

  it('that is not of the type has no number', () => {
    const grid = gridOf(z.tuple([z.int().min(0).max(2), z.enum(['a'])]), 'x');
    for (const value of [[3, 'a'], [0.5, 'a'], [0], [0, 'a', 0], { 0: 0 }, null, undefined, 'a', [0, 'toString']]) {
      expect(grid.indexOf(value)).toBe(-1);
    }
    const object = gridOf(z.strictObject({ a: z.boolean() }), 'x');
    expect([
      object.indexOf({ a: true }),
      object.indexOf({ a: true, b: 1 }),
      object.indexOf(Object.create({ a: true })),
    ]).toEqual([1, -1, -1]);
  });

  it('with more values than fit into 32 bits is refused', () => {
    const digits = z.array(z.int().min(0).max(9)).length(10);
    expect(refusal(() => gridOf(digits, 'symbols')).message).toBe('too many values');
  });
});

describe('the envelope', () => {
  const message = {
    performative: 'inform',
    sender: 'a',
    receiver: ['b'],
    content: {},
    protocol: 'p',
    conversationId: 'c',
    replyWith: '1',
  };

  it('has the thirteen parameters of FIPA ACL', () => {
    expect(Object.keys(messageSchema.shape).sort()).toEqual(
      [
        'performative',
        'sender',
        'receiver',
        'replyTo',
        'content',
        'language',
        'encoding',
        'ontology',
        'protocol',
        'conversationId',
        'replyWith',
        'inReplyTo',
        'replyBy',
      ].sort(),
    );
    expect(messageSchema.parse(message)).toMatchObject({ language: 'json', encoding: 'utf-8' });
  });

  it.each([
    ['sender', ''],
    ['receiver', []],
    ['performative', 'shout'],
    ['content', 'hello'],
    ['replyBy', 1.5],
    ['mood', 'good'],
  ])('is refused with a wrong %s', (key, value) =>
    expect(messageSchema.safeParse({ ...message, [key]: value }).success).toBe(false),
  );
});
