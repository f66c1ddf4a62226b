import { expect, test } from 'vitest';
import { PolityError } from '#core';
import { constantSchedule, createSchedule } from '#math';

const where = 'x.yaml › learner.learningRate';

async function refusal(formula: string | number): Promise<PolityError> {
  try {
    await createSchedule(formula, where);
  } catch (error) {
    if (error instanceof PolityError) return error;
    throw error;
  }
  throw new Error(`${formula} was accepted`);
}

test('a number stays what it is', async () => {
  const schedule = await createSchedule(3e-4, where);
  expect([schedule.at(0), schedule.at(0.7, 5000), schedule.at(1)]).toEqual([3e-4, 3e-4, 3e-4]);
  expect(schedule.source).toBe(3e-4);
});

test('a formula in progress is a linear decay', async () => {
  const schedule = await createSchedule('2.5e-4 * (1 - progress)', where);
  expect(schedule.at(0)).toBe(2.5e-4);
  expect(schedule.at(0.25)).toBe(2.5e-4 * 0.75);
  expect(schedule.at(1)).toBe(0);
  expect(schedule.source).toBe('2.5e-4 * (1 - progress)');
});

test('a formula may count env-steps', async () => {
  const schedule = await createSchedule('max(0.05, 1 - envSteps / 1e5)', where);
  expect(schedule.at(0.9, 50_000)).toBe(0.5);
  expect(schedule.at(0.9, 1e7)).toBe(0.05);
});

test.each([
  ['progress < 0.5 ? 1 : 2', 0.4, 1],
  ['progress < 0.5 ? 1 : 2', 0.6, 2],
  ['0.2 < progress < 0.5 ? 1 : 2', 0.1, 2],
  ['not (progress > 0.5) and progress >= 0 ? 3 : 4', 0.5, 3],
  ['progress == 1 or progress != 0 ? 5 : 6', 0, 6],
  ['cos(pi * progress)', 1, -1],
  ['-e ^ 0 + +3 - 7 % 4', 0, -1],
  ['exp(log(8) * progress)', 1 / 3, 2],
  ['pow(2, 3) + min(1, 2, progress) + round(0.6) + abs(-2)', 0.5, 11.5],
  ['sqrt(16) + floor(1.7) + ceil(1.2) + sign(-3) + log10(1000) + log2(8)', 0, 12],
  ['tanh(0) + sin(0) + tan(0) + (true ? 1 : 0)', 0.3, 1],
])('%s at %d is %d', async (formula, progress, expected) => {
  expect((await createSchedule(formula, where)).at(progress)).toBeCloseTo(expected, 12);
});

test('a formula that cannot be read says where it breaks', async () => {
  const { detail } = await refusal('2 * (1 - progress');
  expect(detail.where).toBe(where);
  expect(detail.code).toBe('input');
  expect(detail.got).toContain('char');
});

test('an unknown symbol gets a suggestion', async () => {
  expect((await refusal('1 - progres')).message).toContain('got "progres". Did you mean "progress"?');
  expect((await refusal('1 - q')).message).toContain('Known: progress, envSteps, pi, e');
});

test('an unknown function gets a suggestion', async () => {
  expect((await refusal('sqr(progress)')).message).toContain('Did you mean "sqrt"?');
});

test.each([
  'x = 3',
  'f(x) = x',
  '"text"',
  '[1, 2]',
  '{a: 1}',
  '1; 2',
  'progress.constructor',
  'import({})',
  'evaluate("1")',
  'parse("1")',
  'config({})',
  'createUnit("foo")',
  'cos.constructor("return 1")()',
  '1:3',
  '3!',
  'progress & 1',
  'null',
  'undefined',
  'random()',
])('%s is refused: it is not plain arithmetic in progress', async (formula) => {
  expect((await refusal(formula)).detail).toMatchObject({ code: 'input', where });
});

test('an empty formula is refused', async () => {
  expect((await refusal('')).detail.code).toBe('input');
  expect((await refusal('  ')).detail.code).toBe('input');
});

test.each([
  ['1 / progress', 'progress 0'],
  ['log(1 - progress)', 'progress 1'],
  ['1 / (progress - 0.5)', 'progress 0.5'],
  ['sqrt(-1 - progress)', 'progress 0'],
  ['1 / envSteps', 'envSteps 0'],
])('%s has no finite value somewhere and is refused at once', async (formula, at) => {
  const { message } = await refusal(formula);
  expect(message).toContain(at);
  expect(message).toContain('expected a finite number');
});

test('a condition alone is refused, with the way to write a choice', async () => {
  expect((await refusal('progress < 0.5')).message).toContain('condition ? a : b');
});

test('a formula that stops being finite later says so when it does', async () => {
  const schedule = await createSchedule('1 / (progress - 0.25)', where);
  expect(schedule.at(0.75)).toBe(2);
  expect(() => schedule.at(0.25)).toThrow(`${where}: the formula "1 / (progress - 0.25)" gives no finite number`);
});

test('a number that is not finite is refused', async () => {
  expect((await refusal(Number.NaN)).message).toBe(
    `${where}: not a finite number: got NaN, expected a number or a formula in progress`,
  );
  expect(() => constantSchedule(Number.POSITIVE_INFINITY)).toThrow('schedule: not a finite number');
});
