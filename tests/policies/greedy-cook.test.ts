import { expect, test } from 'vitest';
import { overcooked, simpleSpread } from '#envs';
import { findPolicy } from '#policies';
import { play, seat } from './play.ts';

const cook = findPolicy('greedy-cook');
const random = findPolicy('random');
const soups = (params: object, seats = [cook, cook], seed = 0) =>
  play(overcooked, params, seats, { seed }).map(({ metrics }) => metrics.soups);

test.each([
  ['cramped_room', 7],
  ['asymmetric_advantages', 11],
  ['coordination_ring', 6],
  ['forced_coordination', 5],
  ['counter_circuit_o_1order', 4],
] as const)(
  'serves soups with a copy of itself in %s, at least %i an episode, under both dynamics',
  (layout, least) => {
    for (const oldDynamics of [false, true]) {
      for (const served of soups({ layout, oldDynamics })) expect(served).toBeGreaterThanOrEqual(least);
    }
  },
);
test('serves soups beside a cook that moves at random', () => {
  // Two random cooks serve one soup in two hundred episodes.
  for (const served of soups({}, [cook, random])) expect(served).toBeGreaterThanOrEqual(2);
});

test('cooks the best paid order first: a bonus of tomato and onion', () => {
  const params = {
    grid: ['XXPXX', 'O  2T', 'X1  X', 'XDXSX'],
    orders: ['ooo', 'ot'],
    bonusOrders: ['ot'],
    orderBonus: 4,
  };
  for (const { returns, metrics } of play(overcooked, params, [cook, cook])) {
    expect(metrics.soups).toBeGreaterThanOrEqual(5);
    expect(returns[0]).toBe(metrics.soups * 80);
  }
});

test('refuses features and other worlds', () => {
  expect(() => seat(overcooked, { observation: 'features' }, [cook, cook], 0)).toThrow('a vector of features');
  expect(() => seat(simpleSpread, {}, [cook, cook, cook], 0)).toThrow('greedy-cook › simple-spread');
});
