import { expect, test } from 'vitest';
import { bargaining, lewisSignalling, referentialGame, tradeComm } from '#envs';
import { findPolicy } from '#policies';
import { bestCode } from '#policies/signals/code-book';
import { meanReturns, play, seat } from './play.ts';

const signaller = findPolicy('optimal-signaller');
const pair = [signaller, signaller];

test.each([
  [lewisSignalling, { states: 3, messages: 3 }],
  [lewisSignalling, { states: 2, messages: 5 }],
  [tradeComm, {}],
  [referentialGame, { targets: 'heldOut' }],
  [referentialGame, { attributes: 2, values: 4, messageLength: 4, vocabulary: 2 }],
] as const)('two of them get everything there is to get: game %#', (env, params) => {
  expect(meanReturns(play(env, params, pair, { episodes: 100 }))).toEqual([1, 1]);
});

test('finds the best code for any payoffs: as good as a search through all pairs of a sender and a receiver', () => {
  const payoffs = [
    [1, 0, 0.6],
    [0, 1, 0.6],
    [0.2, 0.1, 0],
  ];
  const digits = (n: number, base: number) => [0, 1, 2].map((i) => Math.floor(n / base ** i) % base);
  let best = 0;
  for (let a = 0; a < 2 ** 3; a++) {
    for (let b = 0; b < 3 ** 2; b++) {
      const act = digits(b, 3);
      best = Math.max(best, digits(a, 2).reduce((sum, message, state) => sum + payoffs[state][act[message]], 0) / 3);
    }
  }
  expect(bestCode(payoffs, 2).worth).toBeCloseTo(best, 12);
  expect(best).toBeCloseTo((1 + 1 + 0.2) / 3, 12);
});

test('adds acts one by one where there are too many sets of them', () => {
  const identity = Array.from({ length: 40 }, (_, s) => Array.from({ length: 40 }, (_, a) => (s === a ? 1 : 0)));
  expect(bestCode(identity, 20).worth).toBe(0.5);
});

test('refuses a language that is too poor, and other worlds', () => {
  expect(() => seat(referentialGame, { messageLength: 1 }, pair, 0)).toThrow(
    'at least as many as there are objects, 4^3',
  );
  expect(() => seat(bargaining, {}, pair, 0)).toThrow('optimal-signaller › bargaining');
});
