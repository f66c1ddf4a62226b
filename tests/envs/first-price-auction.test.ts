import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { firstPriceAuction } from '#envs';
import { field, fixedRng, play, start } from './worlds.ts';

/** An auction among bidders with these values; ties are broken by the draws that follow. */
function auction(values: number[], ties: number[] = [], params: object = {}) {
  const draws = [...values.map((value) => value - 1), ...ties];
  return start(firstPriceAuction, { players: values.length, maxValue: 5, ...params }, { rng: () => fixedRng(draws) });
}

function bid(driver: ReturnType<typeof auction>, ...bids: number[]): number[] {
  bids.forEach((amount, player) => {
    expect(driver.acting.indexOf(1)).toBe(player);
    play(driver, ...bids.map((_, p) => (p === player ? amount : 0)));
  });
  expect(driver.terminated[0]).toBe(1);
  return [...driver.returns];
}

it('pays the highest bidder its value less its bid', () => {
  expect(bid(auction([5, 3], [0]), 2, 1)).toEqual([3, 0]);
  expect(bid(auction([5, 4], [0]), 0, 3)).toEqual([0, 1]);
});

it('breaks ties by lot among the highest bidders', () => {
  expect(bid(auction([5, 2, 4], [0]), 3, 1, 3)).toEqual([2, 0, 0]);
  expect(bid(auction([5, 2, 4], [1]), 3, 1, 3)).toEqual([0, 0, 1]);
});

it('allows bids below the own value only', () => {
  const driver = auction([3, 1]);
  expect([...driver.maskOf(0, 0)]).toEqual([1, 1, 1, 0, 0]);
  play(driver, 0, 0);
  expect([...driver.maskOf(0, 1)]).toEqual([1, 0, 0, 0, 0]);
});

describe('a bidder', () => {
  it('sees its own value and bid and nothing of the others', () => {
    const seen = [1, 4].map((value) => {
      const driver = auction([3, value]);
      play(driver, 2, 0);
      return [...driver.observationOf(0, 0)];
    });
    expect(seen[0]).toEqual(seen[1]);
    const driver = auction([3, 1]);
    play(driver, 2, 0);
    expect(field(driver, 0, 'value')).toEqual([0, 0, 1, 0, 0]);
    expect(field(driver, 0, 'bid')).toEqual([0, 0, 1, 0, 0]);
    expect(field(driver, 1, 'bid')).toEqual([0, 0, 0, 0, 0]);
  });

  it('is told in text what it may bid', () => {
    const driver = auction([3, 2]);
    const text = firstPriceAuction.text?.(driver.stateOf(0) as never, 0, driver.params as never);
    expect(text).toContain('The thing is worth 3 to you.\nBid from 0 to 2.');
  });
});

it('says at the end what was paid and whether the highest value got it', () => {
  const driver = auction([5, 3], [0]);
  bid(driver, 0, 2);
  expect(driver.endMetrics(0)).toEqual({ price: 2, efficient: 0 });
});

it('refuses impossible settings with the constraint named', () => {
  expect(() => parseWith(firstPriceAuction.params, { players: 1 }, 'auction')).toThrow('auction › players');
  expect(() => parseWith(firstPriceAuction.params, { maxValue: 0 }, 'auction')).toThrow('auction › maxValue');
});
