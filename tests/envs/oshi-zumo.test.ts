import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { oshiZumo } from '#envs';
import { field, play, start } from './worlds.ts';

describe('a round', () => {
  it('costs both their bids and moves the wrestler away from the higher one', () => {
    const driver = start(oshiZumo, { coins: 10, size: 2, view: 'seats' });
    play(driver, 4, 1);
    expect(field(driver, 0, 'coins/player0').indexOf(1)).toBe(6);
    expect(field(driver, 0, 'coins/player1').indexOf(1)).toBe(9);
    // The middle of 0..6 is 3.
    expect(field(driver, 0, 'position').indexOf(1)).toBe(4);
    play(driver, 2, 2);
    expect(field(driver, 0, 'position').indexOf(1)).toBe(4);
  });

  it('allows bids from the least one up to the own coins, and all coins where they are fewer', () => {
    const driver = start(oshiZumo, { coins: 5, size: 5, minBid: 2 });
    const legal = (player: number) =>
      [...driver.maskOf(0, player).keys()].filter((b) => driver.maskOf(0, player)[b] === 1);
    expect(legal(0)).toEqual([2, 3, 4, 5]);
    play(driver, 4, 5);
    expect([legal(0), legal(1)]).toEqual([[1], [0]]);
  });
});

describe('the game', () => {
  const won = (params: object, ...rounds: [number, number][]) => {
    const driver = start(oshiZumo, params);
    for (const [a, b] of rounds) play(driver, a, b);
    return driver.isOver(0) ? [...driver.returns] : undefined;
  };

  it('is won by pushing the wrestler off the ring', () => {
    expect(won({ coins: 6, size: 1 }, [2, 1])).toBeUndefined();
    expect(won({ coins: 6, size: 1 }, [2, 1], [3, 0])).toEqual([1, -1]);
    expect(won({ coins: 6, size: 0 }, [0, 1])).toEqual([-1, 1]);
  });

  it('without coins goes to whose side the wrestler is not on; in Alesia to nobody', () => {
    expect(won({ coins: 2, size: 3 }, [2, 1], [0, 1])).toEqual([0, 0]);
    expect(won({ coins: 3, size: 3 }, [2, 1], [1, 2], [0, 0])).toEqual([0, 0]);
    expect(won({ coins: 3, size: 3 }, [3, 1], [0, 1], [0, 1])).toEqual([-1, 1]);
    expect(won({ coins: 3, size: 3, alesia: true }, [3, 1], [0, 1], [0, 1])).toEqual([0, 0]);
  });

  it('ends at the horizon where the wrestler stands', () => {
    expect(won({ coins: 9, horizon: 2 }, [1, 0], [0, 0])).toEqual([1, -1]);
  });
});

it('looks the same from either side by default', () => {
  const driver = start(oshiZumo, { coins: 10, size: 2 });
  play(driver, 4, 1);
  const mirror = start(oshiZumo, { coins: 10, size: 2 });
  play(mirror, 1, 4);
  expect([...driver.observationOf(0, 0)]).toEqual([...mirror.observationOf(0, 1)]);
  expect([...driver.observationOf(0, 1)]).toEqual([...mirror.observationOf(0, 0)]);
  const text = (player: number) => oshiZumo.text?.(driver.stateOf(0) as never, player, driver.params as never);
  expect(text(0)).toContain('1 on the other’s side; 3 is off the ring.\nYou have 6 coins, the other has 9.');
  expect(text(1)).toContain('1 on your side');
});

it('refuses impossible settings with the constraint named', () => {
  expect(() => parseWith(oshiZumo.params, { coins: 3, minBid: 4 }, 'oshi-zumo')).toThrow(
    'at most the coins there are, 0..3',
  );
  expect(() => parseWith(oshiZumo.params, { horizon: 0 }, 'oshi-zumo')).toThrow('oshi-zumo › horizon');
});
