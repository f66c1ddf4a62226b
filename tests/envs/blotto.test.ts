import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { blotto } from '#envs';
import { play, start } from './worlds.ts';

/** Returns of a game in which the players spread their coins like this. */
function outcome(...spreads: string[]): number[] {
  const coins = spreads[0].split(' ').reduce((sum, n) => sum + Number(n), 0);
  const driver = start(blotto, { players: spreads.length, coins, fields: spreads[0].split(' ').length });
  const { action } = driver.layout.roles[0];
  const labels = action.kind === 'discrete' ? (action.labels ?? []) : [];
  play(driver, ...spreads.map((spread) => labels.indexOf(spread)));
  expect(driver.terminated[0]).toBe(1);
  return [...driver.returns];
}

it('has one action for each way to spread the coins, the first field changing slowest', () => {
  const { action } = start(blotto, { coins: 2, fields: 3 }).layout.roles[0];
  // (2 + 2 over 2) = 6.
  expect(action).toMatchObject({ n: 6, labels: ['0 0 2', '0 1 1', '0 2 0', '1 0 1', '1 1 0', '2 0 0'] });
  expect(start(blotto, {}).layout.roles[0].action).toMatchObject({ n: 66 });
});

describe('the winner', () => {
  it('is who holds more fields; equal fields count for nobody', () => {
    expect(outcome('4 6 0', '5 0 5')).toEqual([-1, 1]);
    expect(outcome('4 4 2', '3 3 4')).toEqual([1, -1]);
    expect(outcome('5 5 0', '5 0 5')).toEqual([0, 0]);
  });

  it('shares 1 with other winners; the losers share -1', () => {
    // Field 0 to player 0, field 1 to player 1, field 2 tied.
    expect(outcome('3 0 1', '0 3 1', '2 2 0')).toEqual([1 / 2, 1 / 2, -1]);
    // Player 0 wins a field, nobody else does.
    expect(outcome('2 0 0', '0 1 1', '0 1 1')).toEqual([1, -1 / 2, -1 / 2]);
  });
});

it('names the spreads in text when all have chosen', () => {
  const driver = start(blotto, { coins: 2, fields: 2 });
  const text = () => blotto.text?.(driver.stateOf(0) as never, 0, driver.params as never);
  expect(text()).toBe('Blotto, 2 players. You are player 0. Spread 2 coins over 2 fields; all choose at once.');
  play(driver, 0, 1);
  expect(text()).toContain('Player 0 chose 0 2.\nPlayer 1 chose 1 1.\nYou get 0.');
});

it('refuses settings with too many ways to spread, naming the limit', () => {
  // (50 + 9 over 9) is about 1.3e10.
  expect(() => parseWith(blotto.params, { coins: 50, fields: 10 }, 'blotto')).toThrow('at most 100000 ways');
  expect(() => parseWith(blotto.params, { coins: 0 }, 'blotto')).toThrow('blotto › coins');
});
