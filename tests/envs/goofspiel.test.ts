import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { goofspiel } from '#envs';
import { field, fixedRng, play, start } from './worlds.ts';

/** Three cards with point cards 3, 2, 1. */
function descending(params: object = {}) {
  return start(goofspiel, { cards: 3, pointsOrder: 'descending', ...params });
}

function hand(driver: ReturnType<typeof start>, player: number): number[] {
  return [...driver.maskOf(0, player).keys()]
    .filter((card) => driver.maskOf(0, player)[card] === 1)
    .map((card) => card + 1);
}

describe('a trick', () => {
  it('goes to the highest bid, and the bids are gone', () => {
    const driver = descending();
    play(driver, 2, 1);
    expect(field(driver, 0, 'points').flatMap((bit, i) => (bit === 1 ? [i] : []))).toEqual([3, 7]);
    expect(hand(driver, 0)).toEqual([1, 2]);
    expect(hand(driver, 1)).toEqual([1, 3]);
  });

  it('is lost to all when the highest bids are equal', () => {
    const driver = start(goofspiel, { cards: 3, players: 3, pointsOrder: 'descending', returns: 'total-points' });
    play(driver, 2, 2, 0);
    play(driver, 0, 1, 2);
    // The point card 3 is lost, 2 goes to player 2; then the last cards 2, 1, 2 tie for the point card 1.
    expect([...driver.returns]).toEqual([0, 0, 2]);
  });

  it('that is the last plays itself', () => {
    const driver = descending({ returns: 'total-points' });
    play(driver, 2, 0);
    play(driver, 0, 2);
    // Points 3 to player 0 and 2 to player 1; the last cards are both 2.
    expect([driver.terminated[0], ...driver.returns]).toEqual([1, 3, 2]);
  });

  it('asks chance for the point card among those left, but not for the last one', () => {
    const rng = fixedRng([1, 1]);
    const driver = start(goofspiel, { cards: 3, returns: 'total-points' }, { rng: () => rng });
    // Card 2 is drawn first; draw 1 of [1, 3] is card 3; card 1 comes by itself.
    play(driver, 2, 0);
    play(driver, 0, 1);
    expect([...driver.returns]).toEqual([2 + 0, 3 + 1]);
    expect(rng.state()).toEqual([]);
  });
});

describe('returns', () => {
  const outcome = (returns: string, players = 2) => {
    const driver = start(goofspiel, { cards: 3, turns: 1, pointsOrder: 'descending', returns, players });
    play(driver, ...Array.from({ length: players }, (_, p) => (p === 1 ? 2 : 0)));
    return [...driver.returns];
  };

  it('are 1 shared by the winners and -1 shared by the losers', () => {
    expect(outcome('win-loss')).toEqual([-1, 1]);
    expect(outcome('win-loss', 3)).toEqual([-1 / 2, 1, -1 / 2]);
  });

  it('are points less the mean, or points, on request', () => {
    expect(outcome('point-difference')).toEqual([-1.5, 1.5]);
    expect(outcome('total-points', 3)).toEqual([0, 3, 0]);
  });

  it('are 0 in a draw', () => {
    const driver = start(goofspiel, { cards: 3, turns: 1 });
    play(driver, 1, 1);
    expect([...driver.returns]).toEqual([0, 0]);
  });

  it('come after exactly the turns asked for, one less than cards included', () => {
    const driver = start(goofspiel, { cards: 3, turns: 2, pointsOrder: 'ascending', returns: 'total-points' });
    play(driver, 0, 1);
    expect(driver.isOver(0)).toBe(false);
    play(driver, 2, 0);
    expect([driver.isOver(0), ...driver.returns]).toEqual([true, 2, 1]);
  });
});

describe('what is observed', () => {
  it('under hidden bids is the own hand, the own bids and who won, and not the other’s bids', () => {
    const seen = [2, 1].map((bid) => {
      const driver = descending({ hidden: true });
      play(driver, bid, 0);
      return [...driver.observationOf(0, 1)];
    });
    expect(seen[0]).toEqual(seen[1]);
    const driver = descending({ hidden: true });
    play(driver, 2, 0);
    expect(field(driver, 1, 'hand')).toEqual([0, 1, 1]);
    expect(field(driver, 1, 'bids').slice(0, 3)).toEqual([1, 0, 0]);
    expect(field(driver, 1, 'winners').slice(0, 2)).toEqual([1, 0]);
  });

  it('may show winners by their distance from the own seat', () => {
    const driver = descending({ hidden: true, relativeWinners: true });
    play(driver, 2, 0);
    expect(field(driver, 0, 'winners').slice(0, 2)).toEqual([1, 0]);
    expect(field(driver, 1, 'winners').slice(0, 2)).toEqual([0, 1]);
  });

  it('as text tells hidden bids to nobody but the bidder', () => {
    const driver = descending({ hidden: true });
    play(driver, 2, 0);
    const text = (player: number) => goofspiel.text?.(driver.stateOf(0) as never, player, driver.params as never);
    expect(text(1)).toContain('Trick 1: point card 3, player 1 bid 1, player 0 takes it.');
    expect(text(0)).toContain('Trick 1: point card 3, player 0 bid 3, player 0 takes it.');
    expect(text(1)).toContain('Bid one of your cards: 2, 3.');
  });
});

describe('impossible settings are refused with the constraint named', () => {
  const cases: [object, string][] = [
    [{ cards: 3, turns: 4 }, 'at most as many turns as cards, 1..3'],
    [{ players: 1 }, 'goofspiel › players'],
    [{ cards: 0 }, 'goofspiel › cards'],
    [{ pointsOrder: 'falling' }, 'goofspiel › pointsOrder'],
  ];
  for (const [params, expected] of cases) {
    it(JSON.stringify(params), () => {
      expect(() => parseWith(goofspiel.params, params, 'goofspiel')).toThrow(expected);
    });
  }
});
