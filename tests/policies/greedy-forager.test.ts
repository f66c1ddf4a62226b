import { expect, test } from 'vitest';
import { type ForagingState, foraging, simpleTag, worlds } from '#envs';
import { findPolicy } from '#policies';
import { meanReturns, play, seat } from './play.ts';

const team = (size: number) => new Array(size).fill(findPolicy('greedy-forager'));

test.each([
  ['foraging', 2, 0.9],
  ['foraging-strict', 2, 0.9],
  ['Foraging-10x10-3p-3f-v3', 3, 0.85],
  ['Foraging-2s-8x8-2p-2f-coop-v3', 2, 0.4],
])('clears most of %s', (id, players, least) => {
  // Random play clears 0.01 to 0.1 of these.
  const returns = meanReturns(play(worlds.get(id), {}, team(players), { episodes: 60 }));
  expect(returns.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(least);
});

test('waits beside a food for the partner, and loads when both are there', () => {
  const { driver, step } = seat(foraging, { foods: 1, minPlayerLevel: 1, maxPlayerLevel: 1 }, team(2), 1);
  driver.reset();
  const state = driver.stateOf(0) as ForagingState;
  state.field.fill(0);
  state.field[8 * 4 + 4] = 2;
  state.foods[0] = 8 * 4 + 4;
  state.players.set([8 * 4 + 3, 8 * 1 + 4]);
  const snapshot = driver.snapshot(0);
  driver.restore(0, snapshot);
  const turns: { agent: number; action: readonly number[] }[] = [];
  while (!driver.isOver(0)) step(turns as never);
  expect(driver.terminated[0]).toBe(1);
  expect([...driver.returns]).toEqual([0.5, 0.5]);
  // Nobody loads before the last step, when both do.
  const loads = turns.map(({ action }, i) => (action[0] === 5 ? Math.floor(i / 2) : -1)).filter((t) => t >= 0);
  expect(new Set(loads)).toEqual(new Set([turns.length / 2 - 1]));
});

test('refuses layers and other worlds', () => {
  expect(() => seat(foraging, { gridObservation: true }, team(2), 0)).toThrow('without gridObservation');
  expect(() => seat(simpleTag, {}, team(4), 0)).toThrow('greedy-forager › simple-tag › ');
});
