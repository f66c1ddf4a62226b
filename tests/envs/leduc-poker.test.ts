import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { leducPoker } from '#envs';
import { field, fixedRng, play, start } from './worlds.ts';

const [fold, call, raise] = [0, 1, 2];

/** A game of two in which chance gives these cards: own, own, shared. */
function dealt(cards: number[], params: object = {}) {
  const draws = cards.map((card, i) => card - cards.slice(0, i).filter((other) => other < card).length);
  return start(leducPoker, params, { rng: () => fixedRng(draws) });
}

type Game = ReturnType<typeof dealt>;

function legal(driver: Game): number[] {
  const mover = driver.acting.indexOf(1);
  return [...driver.maskOf(0, mover).keys()].filter((action) => driver.maskOf(0, mover)[action] === 1);
}

function move(driver: Game, ...actions: number[]): Game {
  for (const action of actions) {
    const row = Array.from({ length: driver.layout.count }, () => call);
    row[driver.acting.indexOf(1)] = action;
    play(driver, ...row);
  }
  return driver;
}

describe('betting', () => {
  it('allows a fold only against a raise, and two raises a round', () => {
    const driver = dealt([0, 2, 4]);
    expect(legal(driver)).toEqual([call, raise]);
    expect(legal(move(driver, raise))).toEqual([fold, call, raise]);
    expect(legal(move(driver, raise))).toEqual([fold, call]);
  });

  it('costs 2 a raise before the shared card and 4 after it', () => {
    const driver = move(dealt([0, 2, 4]), raise, raise, call, raise, raise, call);
    // 1 + 2 + 2 + 4 + 4 = 13; player 1 holds the higher rank.
    expect([...driver.returns]).toEqual([-13, 13]);
  });

  it('ends at once when all but one have folded', () => {
    expect([...move(dealt([4, 0, 2]), raise, fold).returns]).toEqual([1, -1]);
    expect([...move(dealt([4, 0, 2]), call, raise, raise, fold).returns]).toEqual([3, -3]);
  });

  it('opens the second round with the first player, or with the next who has not folded', () => {
    const driver = move(dealt([0, 2, 4]), call, call);
    expect([...driver.acting]).toEqual([1, 0]);
    const three = move(dealt([0, 2, 4, 6], { players: 3, startingPlayer: 1 }), raise, fold, call);
    // Player 1 raised, player 2 folded, player 0 called; the second round begins with player 1.
    expect([...three.acting]).toEqual([0, 1, 0]);
  });
});

describe('the showdown', () => {
  it('goes to a pair, else to the highest card', () => {
    // Cards 2r and 2r + 1 have rank r.
    expect([...move(dealt([0, 4, 1]), call, call, call, call).returns]).toEqual([1, -1]);
    expect([...move(dealt([0, 4, 2]), call, call, call, call).returns]).toEqual([-1, 1]);
  });

  it('shares the pot between equal hands', () => {
    expect([...move(dealt([0, 1, 4]), raise, call, call, call).returns]).toEqual([0, 0]);
  });
});

describe('variants', () => {
  it('merge the suits: three cards to see, drawn by how many are left', () => {
    const driver = start(leducPoker, { suits: false }, { rng: () => fixedRng([1, 1, 0]) });
    // Draw 1 of [2, 2, 2] is rank 0; draw 1 of [1, 2, 2] is rank 1.
    expect(field(driver, 0, 'card')).toEqual([1, 0, 0]);
    expect(field(driver, 1, 'card')).toEqual([0, 1, 0]);
  });

  it('may take a fold that nothing calls for, and a third raise, as a call', () => {
    const driver = dealt([0, 2, 4], { mapActions: true });
    expect(legal(driver)).toEqual([fold, call, raise]);
    move(driver, fold);
    expect(field(driver, 1, 'moves').slice(0, 4)).toEqual([1, 0, 0, 0]);
    move(driver, raise, raise, raise);
    expect(field(driver, 0, 'sharedCard').indexOf(1)).toBe(4);
  });
});

describe('what is observed', () => {
  it('is OpenSpiel’s information state of 30 numbers, or its observation of 16', () => {
    const driver = move(dealt([0, 2, 4]), raise, call);
    expect(driver.observationOf(0, 0)).toHaveLength(30);
    expect(field(driver, 0, 'moves')).toEqual([0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const other = move(dealt([0, 2, 4], { view: 'observation' }), raise, call);
    expect([...other.observationOf(0, 1)]).toEqual([0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3, 3]);
  });

  it('as text names the own card, the shared card and the moves', () => {
    const driver = move(dealt([0, 3, 4]), call, call);
    const text = leducPoker.text?.(driver.stateOf(0) as never, 1, driver.params as never);
    expect(text).toContain('You are player 1 and hold 1♥.');
    expect(text).toContain('The shared card is 2♠.');
    expect(text).toContain('Round 1: call, call.');
    expect(text).not.toContain('0♠');
  });
});

describe('impossible settings are refused with the constraint named', () => {
  const cases: [object, string][] = [
    [{ players: 1 }, 'leduc-poker › players'],
    [{ players: 2, startingPlayer: 2 }, 'a player, 0..1'],
    [{ suit: true }, 'Did you mean "suits"?'],
  ];
  for (const [params, expected] of cases) {
    it(JSON.stringify(params), () => {
      expect(() => parseWith(leducPoker.params, params, 'leduc-poker')).toThrow(expected);
    });
  }
});
