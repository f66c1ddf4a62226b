import { expect, test } from 'vitest';
import { bargaining, cleanUp, commonsHarvest } from '#envs';
import { findPolicy } from '#policies';
import { play, seat } from './play.ts';

const harvester = findPolicy('conditional-harvester');
const five = new Array(5).fill(harvester);

test('lives off the orchard to the very end without using it up', () => {
  const [{ metrics }] = play(commonsHarvest, {}, five);
  // Five who eat whatever they see have eaten it up after 170.
  expect(metrics.apples).toBeGreaterThan(800);
  expect(metrics.applesLeft).toBeGreaterThan(50);
  // Eating evenly over 1000 steps gives 500.
  expect(metrics.sustainability).toBeGreaterThan(400);
  expect(metrics.hits).toBe(0);
});

test('leaves the last apples of a patch', () => {
  const map = ['@@@@@@', '@P AA@', '@    @', '@    @', '@@@@@@'];
  const [{ metrics }] = play(commonsHarvest, { map, agents: 1, horizon: 200 }, [harvester]);
  expect(metrics).toMatchObject({ apples: 0, applesLeft: 2 });
});

test('cleans the river and eats what grows then', () => {
  const [{ metrics, returns }] = play(cleanUp, {}, five);
  expect(metrics.cleaned).toBeGreaterThan(50);
  expect(returns.reduce((sum, value) => sum + value, 0)).toBe(metrics.apples);
  expect(metrics.apples).toBeGreaterThan(100);
});

test('refuses other worlds', () => {
  expect(() => seat(bargaining, {}, [harvester, harvester], 0)).toThrow('conditional-harvester › bargaining');
});
