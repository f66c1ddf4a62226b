import { expect, it } from 'vitest';
import { wrapWorld } from '#core';
import { exchange, goofspiel, unmasked } from '#envs';
import { fixedRng, play, start } from './worlds.ts';

const market = (draws: number[], options: object = {}) =>
  start(
    wrapWorld(exchange, unmasked, options),
    { buyers: 1, sellers: 1, highestPrice: 10, turns: 4 },
    { rng: () => fixedRng(draws) },
  );

it('loses the turn of whoever says what the protocol does not allow, and counts it', () => {
  // Value 9, cost 2; the buyer, the seller, the buyer, the seller.
  const driver = market([9, 2, 0, 1, 0, 1]);
  expect([...driver.maskOf(0, 0)]).toEqual(Array(driver.maskOf(0, 0).length).fill(1));
  // There is nothing to withdraw.
  play(driver, 3, 0, 0, 0);
  // An ask of 6, then a bid of 7: it crosses. Then another ask of 6: it does not better the first.
  play(driver, 0, 0, 1, 6);
  play(driver, 1, 7, 0, 0);
  play(driver, 0, 0, 1, 6);
  expect(driver.terminated[0]).toBe(1);
  expect([...driver.returns]).toEqual([0, 0]);
  expect(driver.endMetrics(0)).toMatchObject({ notUnderstood: 3, notUnderstoodShare: 3 / 4, volume: 0 });
});

it('lets what is legal through, and takes its fine for what is not', () => {
  const driver = market([9, 2, 1, 0, 0], { fine: 0.5 });
  play(driver, 0, 0, 1, 6);
  // A bid that crosses the ask, then the ask is taken.
  play(driver, 1, 8, 0, 0);
  play(driver, 2, 0, 0, 0);
  expect([...driver.returns]).toEqual([9 - 6 - 0.5, 6 - 2]);
});

it('draws a legal act instead where acts are no messages', () => {
  const driver = start(wrapWorld(goofspiel, unmasked), { cards: 4 });
  const seen = new Set<string>();
  for (let n = 0; n < 20; n++) {
    driver.reset();
    // Both play their lowest card again and again: legal once, then drawn among those that are left.
    while (!driver.isOver(0)) play(driver, ...Array(driver.layout.count * driver.layout.actionStride).fill(0));
    const { notUnderstood, notUnderstoodShare } = driver.endMetrics(0);
    expect(notUnderstood).toBeGreaterThanOrEqual(2 * 2);
    expect(notUnderstoodShare).toBeLessThan(1);
    seen.add(String(driver.returns));
  }
  expect(seen.size).toBeGreaterThan(1);
});
