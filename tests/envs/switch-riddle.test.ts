import { expect, it } from 'vitest';
import { parseWith } from '#core';
import { type SwitchRiddleState, switchRiddle } from '#envs';
import { fixedRng, play, start } from './worlds.ts';

const [nothing, flip, tell] = [0, 1, 2];
/** Who is in the room on each day; the last number is for the day after the end. */
const riddle = (days: number[], params = {}) => {
  const driver = start(switchRiddle, params, { rng: () => fixedRng(days) });
  return { driver, state: driver.stateOf(0) as SwitchRiddleState };
};

it('shows the bulb to whoever is in the room only, and lets only that one choose', () => {
  const { driver } = riddle([1, 2, 0]);
  const looks = () => [0, 1, 2].map((a) => [...driver.observationOf(0, a)]);
  const masks = () => [0, 1, 2].map((a) => [...driver.maskOf(0, a)]);
  expect(looks()).toEqual([
    [0, 0],
    [1, 0],
    [0, 0],
  ]);
  expect(masks()).toEqual([
    [1, 0, 0],
    [1, 1, 1],
    [1, 0, 0],
  ]);
  play(driver, nothing, flip, nothing);
  expect(looks()).toEqual([
    [0, 0],
    [0, 0],
    [1, 1],
  ]);
});

it('frees all when the one who tells is the last to come, on that very day', () => {
  const { driver } = riddle([0, 1, 2, 0]);
  play(driver, nothing, nothing, nothing);
  play(driver, nothing, flip, nothing);
  play(driver, nothing, nothing, tell);
  expect([...driver.rewards]).toEqual([1, 1, 1]);
  expect([driver.terminated[0], driver.endMetrics(0)]).toEqual([1, { told: 1, freed: 1, days: 3, visited: 3 }]);
});

it('loses all when somebody has not come yet', () => {
  const { driver } = riddle([0, 1, 1, 0], { penalty: -5 });
  play(driver, nothing, nothing, nothing);
  play(driver, nothing, tell, nothing);
  expect([[...driver.rewards], driver.terminated[0]]).toEqual([[-5, -5, -5], 1]);
});

it('ends unpaid after 4n - 6 days: 6 for three, 10 for four', () => {
  for (const [agents, days] of [
    [3, 6],
    [4, 10],
  ]) {
    const { driver } = riddle(new Array(days + 1).fill(0), { agents });
    for (let day = 0; day < days; day++) {
      expect(driver.isOver(0)).toBe(false);
      play(driver, ...new Array(agents).fill(nothing));
    }
    expect([driver.terminated[0], driver.returns[0]]).toEqual([1, 0]);
  }
});

it('can be solved no more often than everybody comes in time: 540 of the 729 ways in which six days can go', () => {
  let all = 0;
  for (let n = 0; n < 3 ** 6; n++) {
    all += new Set(Array.from({ length: 6 }, (_, day) => Math.floor(n / 3 ** day) % 3)).size === 3 ? 1 : 0;
  }
  expect(all).toBe(540);
  expect(switchRiddle.card.knownAnswer).toContain('540/729');
});

it('refuses two prisoners', () => {
  expect(() => parseWith(switchRiddle.params, { agents: 2 }, 'switch-riddle')).toThrow('agents: out of range: got 2');
});
