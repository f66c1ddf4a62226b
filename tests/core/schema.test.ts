import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PolityError, parseWith, place } from '#core';

const learner = z.strictObject({
  algorithm: z.enum(['ppo', 'iql']).default('ppo'),
  gaeLambda: z.number().min(0).max(1).default(0.95),
  gamma: z.number().gt(0).lte(1).default(0.99),
  clip: z.number().gte(0).lt(1).default(0.2),
  epochs: z.int().min(1).default(4),
  temperature: z.number().positive().optional(),
  hidden: z.array(z.int().min(1)).min(1).max(3).default([64]),
  name: z.string().min(2).max(4).default('abc'),
});
const experiment = z.strictObject({
  learner: learner.prefault({}),
  seats: z.record(z.string(), z.strictObject({ policy: z.string() })).default({}),
  reward: z.union([z.literal('own'), z.number().min(0).max(1)]).default('own'),
  world: z.union([z.strictObject({ id: z.string() }), z.strictObject({ from: z.int(), to: z.int() })]).optional(),
  note: z
    .string()
    .transform((text) => text.length)
    .optional(),
  empty: z.strictObject({}).optional(),
  even: z
    .number()
    .refine((n) => n % 2 === 0, 'has to be even')
    .optional(),
});

const refusal = (value: unknown, schema: z.ZodType = experiment) => {
  try {
    parseWith(schema, value, 'x.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(PolityError);
    expect((error as PolityError).detail.code).toBe('input');
    return (error as PolityError).message;
  }
  return 'accepted';
};

describe('parseWith', () => {
  it('fills in defaults', () => {
    expect(parseWith(experiment, { learner: { epochs: 2 } }, 'x.yaml')).toEqual({
      learner: { algorithm: 'ppo', gaeLambda: 0.95, gamma: 0.99, clip: 0.2, epochs: 2, hidden: [64], name: 'abc' },
      seats: {},
      reward: 'own',
    });
  });

  it.each<[unknown, string]>([
    [{ learner: { gaeLambda: 1.2 } }, 'x.yaml › learner.gaeLambda: out of range: got 1.2, expected 0..1'],
    [{ learner: { gamma: 0 } }, 'x.yaml › learner.gamma: out of range: got 0, expected more than 0 and at most 1'],
    [{ learner: { clip: 1 } }, 'x.yaml › learner.clip: out of range: got 1, expected at least 0 and less than 1'],
    [{ learner: { epochs: 0 } }, 'x.yaml › learner.epochs: out of range: got 0, expected at least 1'],
    [{ learner: { temperature: 0 } }, 'x.yaml › learner.temperature: out of range: got 0, expected more than 0'],
    [{ learner: { epochs: 1.5 } }, 'x.yaml › learner.epochs: not accepted: got 1.5, expected a whole number'],
    [{ learner: { epochs: '4' } }, 'x.yaml › learner.epochs: not accepted: got "4", expected a value of type number'],
    [{ learner: { hidden: [] } }, 'x.yaml › learner.hidden: not accepted: got [], expected a length of at least 1'],
    [
      { learner: { hidden: [1, 2, 3, 4] } },
      'x.yaml › learner.hidden: not accepted: got [1,2,3,4], expected a length of at most 3',
    ],
    [{ learner: { hidden: [64, 0] } }, 'x.yaml › learner.hidden.1: out of range: got 0, expected at least 1'],
    [{ learner: { name: 'a' } }, 'x.yaml › learner.name: not accepted: got "a", expected a length of at least 2'],
    [
      { learner: { name: 'abcde' } },
      'x.yaml › learner.name: not accepted: got "abcde", expected a length of at most 4',
    ],
    [{ even: 3 }, 'x.yaml › even: not accepted: got 3, expected has to be even'],
    [undefined, 'x.yaml: not accepted: got nothing, expected a value of type object'],
    [null, 'x.yaml: not accepted: got null, expected a value of type object'],
  ])('refuses %j', (value, message) => {
    expect(refusal(value)).toBe(message);
  });

  it('shows what JSON has no word for', () => {
    expect(refusal({ learner: () => 1 })).toBe(
      'x.yaml › learner: not accepted: got () => 1, expected a value of type object',
    );
    expect(refusal({ learner: Symbol('s') })).toContain('got Symbol(s)');
    expect(refusal({ learner: 10n })).toContain('got 10');
    expect(refusal({ even: Number.POSITIVE_INFINITY })).toContain('got Infinity');
  });

  it('shortens what was given where it is long', () => {
    expect(refusal({ learner: 'x'.repeat(200) })).toBe(
      `x.yaml › learner: not accepted: got "${'x'.repeat(76)}..., expected a value of type object`,
    );
  });

  it('names the choice that was meant, or the list of choices', () => {
    expect(refusal({ learner: { algorithm: 'pop' } })).toBe(
      'x.yaml › learner.algorithm: not accepted: got "pop", expected one of "ppo", "iql". Did you mean "ppo"?',
    );
    expect(refusal({ learner: { algorithm: 'mappo-2' } })).toBe(
      'x.yaml › learner.algorithm: not accepted: got "mappo-2", expected one of "ppo", "iql"',
    );
    expect(refusal({ learner: { algorithm: 3 } })).toContain('got 3, expected one of "ppo", "iql"');
  });

  it('names the key that was meant, at every depth, through defaults, unions, records and pipes', () => {
    expect(refusal({ leaner: {} })).toBe('x.yaml › leaner: unknown key. Did you mean "learner"?');
    expect(refusal({ learner: { gaeLamda: 1 } })).toBe(
      'x.yaml › learner.gaeLamda: unknown key. Did you mean "gaeLambda"?',
    );
    expect(refusal({ seats: { player: { policy: 'a', polcy: 'b' } } })).toBe(
      'x.yaml › seats.player.polcy: unknown key. Did you mean "policy"?',
    );
    expect(refusal({ empty: { a: 1 } })).toBe('x.yaml › empty.a: unknown key. This part takes no keys');
    const piped = z.strictObject({ a: z.number() }).transform(({ a }) => a);
    expect(refusal({ a: 1, b: 2 }, piped)).toBe('x.yaml › b: unknown key. Known: a');
  });

  it('reports the branch of a union that got furthest, or what every branch wants', () => {
    expect(refusal({ world: { from: 1, to: 'two' } })).toBe(
      'x.yaml › world.to: not accepted: got "two", expected a value of type number',
    );
    expect(refusal({ reward: true })).toBe(
      'x.yaml › reward: not accepted: got true, expected one of "own", or a value of type number',
    );
  });

  it('says where by a function of the keys, when it is given one', () => {
    const locate = (keys: readonly string[]) => `--set ${keys.join('/')}`;
    expect(() => parseWith(experiment, { learner: { epochs: 0 } }, locate)).toThrow(
      '--set learner/epochs: out of range',
    );
  });
});

describe('place', () => {
  it('joins keys with dots behind the file, and is the file alone without keys', () => {
    expect([place('x.yaml', ['a', '0', 'b']), place('x.yaml', [])]).toEqual(['x.yaml › a.0.b', 'x.yaml']);
  });
});
