import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv, parseWith } from '#core';
import { publicGoods } from '#envs';
import { field, play, start } from './worlds.ts';

describe('the public goods game', () => {
  it('pays what is kept and an even share of the multiplied pot', () => {
    const driver = start(publicGoods, { rounds: 1 });
    play(driver, 10, 0, 5, 5);
    // 20 in the pot: 20 * 1.6 / 4 = 8 each.
    expect([...driver.rewards]).toEqual([8, 18, 13, 13]);
    expect(driver.terminated[0]).toBe(1);
    expect(driver.endMetrics(0)).toEqual({ contribution: 0.5, firstContribution: 0.5, lastContribution: 0.5 });
  });

  it('makes giving a token cost its giver 0.6 and bring all four 0.6 more', () => {
    const returns = (gift: number) => {
      const driver = start(publicGoods, { rounds: 1 });
      play(driver, gift, 3, 3, 3);
      return [driver.returns[0], driver.returns.reduce((sum, value) => sum + value, 0)];
    };
    const [own, all] = returns(4);
    const [less, fewer] = returns(3);
    expect(own - less).toBeCloseTo(-0.6, 12);
    expect(all - fewer).toBeCloseTo(0.6, 12);
  });

  it('shows who gave what in the last round, the own gift first, others in order', () => {
    const driver = start(publicGoods, {});
    play(driver, 1, 2, 3, 4);
    const shown = [0.2, 0.3, 0.4, 0.1].map(Math.fround);
    expect([...field(driver, 1, 'own'), ...field(driver, 1, 'others')]).toEqual(shown);
  });

  it('lets players punish each other for the last round: a point costs 1 to give and 3 to receive', () => {
    const driver = start(publicGoods, { agents: 3, rounds: 1, punishment: 2 });
    // Nothing to punish yet, nothing to give any more afterwards.
    const mask = () => [...driver.maskOf(0, 0)];
    expect(mask()).toEqual([...new Array(11).fill(1), 1, 0, 0, 1, 0, 0]);
    driver.actions.set([6, 0, 0, 6, 0, 0, 0, 0, 0]);
    driver.step();
    expect(driver.isOver(0)).toBe(false);
    expect(mask()).toEqual([1, ...new Array(10).fill(0), 1, 1, 1, 1, 1, 1]);
    // Player 0 punishes 2 with two points, 1 punishes 2 with one, 2 punishes 0 with one.
    driver.actions.set([0, 0, 2, 0, 1, 0, 0, 1, 0]);
    driver.step();
    expect([...driver.rewards]).toEqual([-2 - 3, -1, -1 - 9]);
    expect(field(driver, 2, 'received')[0]).toBeCloseTo(3 / 4, 6);
    expect([driver.terminated[0], driver.endMetrics(0).punishmentPoints]).toEqual([1, 4]);
  });

  it('refuses a single player and half tokens', () => {
    const refused = (params: object) => () => parseWith(publicGoods.params, params, 'public-goods');
    expect(refused({ agents: 1 })).toThrow('agents');
    expect(refused({ endowment: 2.5 })).toThrow('endowment: not accepted: got 2.5, expected a whole number');
    expect(refused({ rounds: -1 })).toThrow('rounds');
  });
});

describe('under other settings', () => {
  it.each([
    { agents: 2, rounds: 3, multiplier: 3 },
    { agents: 3, punishment: 3, rounds: 4, endowment: 2 },
  ])('passes the conformance kit with %j', (params) => {
    expect(checkEnv(publicGoods as AnyEnv, { params, seed: 7, episodes: 3 }).failures).toEqual([]);
  });
});
