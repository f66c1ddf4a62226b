import { describe, expect, it } from 'vitest';
import { checkEnv, type Driver, parseWith } from '#core';
import { exchange } from '#envs';
import { field, fixedRng, play, start } from './worlds.ts';

/** A market of one buyer and two sellers: their limits, then whose turns it is. */
function market(draws: number[], params: object = {}): Driver {
  const given = { buyers: 1, sellers: 2, highestPrice: 10, turns: 20, ...params };
  return start(exchange, given, { rng: () => fixedRng(draws) });
}

/** One trader chooses an utterance, and a price where it quotes one; the others' actions do not count. */
function say(driver: Driver, agent: number, choice: number, price = 0): void {
  expect(driver.acting.indexOf(1)).toBe(agent);
  const row = (a: number) => (a === agent ? [choice, price] : [0, 0]);
  play(driver, ...row(0), ...row(1), ...row(2));
}

/** Prices that a trader may quote now. */
function prices(driver: Driver, agent: number, utterances: number): number[] {
  return [...driver.maskOf(0, agent).subarray(utterances)].flatMap((open, price) => (open === 1 ? [price] : []));
}

// What a buyer says: 1 bid, 2 and 3 take the ask of a seller, 4 withdraw; a seller: 1 ask, 2 take the bid, 3 withdraw.
const [quote, takeFirst] = [1, 2];

describe('the exchange', () => {
  it('pays value less price to the buyer and price less cost to the seller, at the price that was quoted', () => {
    // Value 9; costs 2 and 5. The second seller asks 7, the buyer takes it.
    const driver = market([9, 2, 5, 2, 0, 0]);
    say(driver, 2, quote, 7);
    say(driver, 0, takeFirst + 1);
    expect([...driver.returns]).toEqual([9 - 7, 0, 7 - 5]);
    // The only buyer has bought.
    expect(driver.terminated[0]).toBe(1);
    // The best was the first seller's 9 - 2; the equilibrium price lies between 2 and 5.
    expect(driver.endMetrics(0)).toMatchObject({
      efficiency: 4 / 7,
      priceDeviation: (100 * (7 - 3.5)) / 3.5,
      volume: 1,
      volumeShare: 1,
    });
  });

  it('pays the price of the quote that stood first, whoever takes it', () => {
    const driver = market([9, 2, 5, 0, 1]);
    say(driver, 0, quote, 4);
    say(driver, 1, takeFirst);
    expect([...driver.returns]).toEqual([9 - 4, 4 - 2, 0]);
  });

  it('opens only prices that better the best quote and do not cross the other side', () => {
    const driver = market([9, 2, 5, 0, 1, 2, 1]);
    say(driver, 0, quote, 4);
    expect(prices(driver, 1, 4)).toEqual([5, 6, 7, 8, 9, 10]);
    say(driver, 1, quote, 8);
    expect(prices(driver, 2, 4)).toEqual([5, 6, 7]);
    say(driver, 2, 0);
    expect(field(driver, 1, 'best bid')).toEqual([1, expect.closeTo(0.4)]);
    expect(field(driver, 1, 'best ask')).toEqual([1, expect.closeTo(0.8)]);
  });

  it('masks what would lose where losses are masked, and says how much that was', () => {
    const driver = market([6, 2, 8, 0, 2, 0, 0, 0], { losses: 'masked', turns: 3 });
    // A buyer with value 6 bids 0 to 6; a seller with cost 8 asks 8 to 10.
    expect(prices(driver, 0, 5)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    say(driver, 0, quote, 6);
    expect(prices(driver, 2, 4)).toEqual([8, 9, 10]);
    say(driver, 2, quote, 8);
    // Taking the ask of 8 would cost the buyer 2.
    expect([...driver.maskOf(0, 0).subarray(0, 5)]).toEqual([1, 0, 0, 0, 1]);
    say(driver, 0, 0);
    // Offers: of 11 prices 4 for the buyer and 8 for the seller, then again 4 (its own bid can be bettered by 7 alone,
    // but the rule looks at all). Taking: closed for the seller (6 < 8) and for the buyer.
    expect(driver.endMetrics(0)).toMatchObject({
      maskRateR1Offer: (4 + 8 + 4) / 33,
      maskRateR1Accept: 1,
    });
  });

  it('lets losses happen and fines them where they are priced', () => {
    const driver = market([3, 2, 8, 2, 0, 0], { losses: 'priced', fine: 5 });
    say(driver, 2, quote, 6);
    // The seller of cost 8 asks 6: a fine. The buyer of value 3 takes it: a loss of 3 and a fine.
    say(driver, 0, takeFirst + 1);
    expect([...driver.returns]).toEqual([3 - 6 - 5, 0, 6 - 8 - 5]);
    expect(driver.endMetrics(0)).toMatchObject({ fines: 10 });
  });

  it('trades units one by one, dearest to the buyer first', () => {
    const driver = market([4, 9, 2, 1, 7, 3, 0, 1, 0, 1, 0], { units: 2 });
    expect(field(driver, 0, 'limits')).toEqual([expect.closeTo(0.9), expect.closeTo(0.4)]);
    expect(field(driver, 1, 'limits')).toEqual([expect.closeTo(0.1), expect.closeTo(0.2)]);
    say(driver, 0, quote, 3);
    say(driver, 1, takeFirst);
    expect([...driver.returns]).toEqual([9 - 3, 3 - 1, 0]);
    say(driver, 0, quote, 2);
    say(driver, 1, takeFirst);
    expect([...driver.returns]).toEqual([9 - 3 + 4 - 2, 3 - 1 + 2 - 2, 0]);
  });

  it('ends when the turns are over, and has no efficiency where nothing could be gained', () => {
    const driver = market([1, 5, 6, 0, 0, 0], { turns: 2 });
    say(driver, 0, 0);
    say(driver, 0, 0);
    expect(driver.terminated[0]).toBe(1);
    expect(Object.keys(driver.endMetrics(0)).sort()).toEqual(['lengthShare', 'volume']);
  });

  it.each([
    {},
    { buyers: 1, sellers: 1, units: 3, losses: 'masked' },
    { buyers: 4, sellers: 2, losses: 'priced', turns: 25, highestPrice: 5 },
  ] as const)('passes the conformance kit under %o', (params) => {
    expect(checkEnv(exchange, { params, seed: 3, episodes: 3 }).failures).toEqual([]);
  });

  it('refuses an unknown way to deal with losses', () => {
    expect(() => parseWith(exchange.params, { losses: 'maskd' }, 'exchange')).toThrow('Did you mean "masked"?');
  });
});
