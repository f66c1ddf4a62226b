import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { coinGameOpenSpiel } from '#envs';
import { field, fixedRng, play, start } from './worlds.ts';

const [up, down, left, right, stand] = [0, 1, 2, 3, 4];

/**
 * A row of five cells: player 0 (who prefers colour 0) at the left end, then coins a, b, c, and player 1 (who prefers 1) at the right end.
 * Draws count among what is left.
 */
function row(params: object = {}) {
  const settings = { rows: 1, columns: 5, coinsPerColor: 1, episodeLength: 6, ...params };
  return start(coinGameOpenSpiel, settings, { rng: () => fixedRng([0, 0, 0, 3, 0, 0, 0]) });
}

/** Plays moves in turn. */
function move(driver: ReturnType<typeof row>, ...moves: number[]) {
  moves.forEach((choice, i) => {
    const actions = Array.from({ length: driver.layout.count }, () => stand);
    actions[driver.acting.indexOf(1)] = choice;
    expect(driver.isOver(0), `move ${i}`).toBe(false);
    play(driver, ...actions);
  });
  return driver;
}

describe('a move', () => {
  it('picks up the coin that lies there', () => {
    const driver = move(row(), right, left);
    expect(field(driver, 0, 'collected/own')).toEqual([1, 0, 0]);
    expect(field(driver, 0, 'collected/other1')).toEqual([0, 0, 1]);
    expect(field(driver, 0, 'board/own')).toEqual([0, 1, 0, 0, 0]);
    expect(field(driver, 0, 'board/coin1')).toEqual([0, 0, 1, 0, 0]);
  });

  it('off the board or onto another player stays where it is', () => {
    const driver = move(row(), up, right, left, down);
    expect(field(driver, 0, 'board/own')).toEqual([1, 0, 0, 0, 0]);
    move(driver, right, left);
    const beside = move(row({ episodeLength: 20 }), right, left, right, left, right, stand);
    expect(field(beside, 0, 'board/own')).toEqual([0, 0, 1, 0, 0]);
    expect(field(beside, 0, 'board/other1')).toEqual([0, 0, 0, 1, 0]);
  });
});

describe('the end', () => {
  it('pays own² + others² - nobody’s², the same to two players', () => {
    // Coins a and b to player 0, coin c (nobody’s) to player 1: 1² + 1² - 1².
    expect([...move(row(), right, left, right, stand, stand, stand).returns]).toEqual([1, 1]);
    // Only the coin that nobody wants is taken.
    expect([...move(row(), stand, left, stand, stand, stand, stand).returns]).toEqual([-1, -1]);
  });

  it('pays three players differently', () => {
    // Preferences 0, 1, 2; cells: players 0, 1, 2, then coins a a, b b, c c.
    const driver = start(
      coinGameOpenSpiel,
      { players: 3, rows: 1, columns: 9, extraColors: 0, coinsPerColor: 2, episodeLength: 6 },
      { rng: () => fixedRng(new Array(12).fill(0)) },
    );
    // Player 2 takes both coins of colour 0.
    move(driver, stand, stand, right, stand, stand, right);
    expect([...driver.returns]).toEqual([4, 4, 4]);
    const more = start(
      coinGameOpenSpiel,
      { players: 3, rows: 1, columns: 9, extraColors: 0, coinsPerColor: 2, episodeLength: 9 },
      { rng: () => fixedRng(new Array(12).fill(0)) },
    );
    // And one of colour 1: player 0 has 2 own and 1 other, player 1 has 1 and 2, player 2 none and 3.
    move(more, stand, stand, right, stand, stand, right, stand, stand, right);
    expect([...more.returns]).toEqual([4 + 1, 1 + 4, 9]);
  });
});

describe('a player', () => {
  it('knows its own preference only', () => {
    const driver = row();
    expect(field(driver, 0, 'preference')).toEqual([1, 0, 0]);
    expect(field(driver, 1, 'preference')).toEqual([0, 1, 0]);
    const text = coinGameOpenSpiel.text?.(driver.stateOf(0) as never, 1, driver.params as never);
    expect(text).toContain('You are player 1 and prefer coins b.');
    expect(text).toContain('\n0abc1\n');
  });
});

describe('impossible settings are refused with the constraint named', () => {
  const cases: [object, string][] = [
    [{ rows: 2, columns: 6, coinsPerColor: 4 }, 'room for 14 players and coins on 2 x 6 = 12 cells'],
    [{ extraColors: 25, coinsPerColor: 1 }, 'at most 26 colours in all'],
    [{ episodeLength: -5 }, 'coin-game-openspiel › episodeLength'],
  ];
  for (const [params, expected] of cases) {
    it(JSON.stringify(params), () => {
      expect(() => parseWith(coinGameOpenSpiel.params, params, 'coin-game-openspiel')).toThrow(expected);
    });
  }
});
