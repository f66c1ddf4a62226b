import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { kuhnPoker } from '#envs';
import { field, fixedRng, play, start } from './worlds.ts';

/** A game in which the players get these cards; chance counts among the cards left. */
function dealt(cards: number[], params: object = {}) {
  const draws = cards.map((card, i) => card - cards.slice(0, i).filter((other) => other < card).length);
  return start(kuhnPoker, { players: cards.length, ...params }, { rng: () => fixedRng(draws) });
}

const pass = 0;
const bet = 1;

/** Plays moves in turn and gives everybody's return. */
function playOut(cards: number[], moves: number[]): number[] {
  const driver = dealt(cards);
  moves.forEach((move, i) => {
    expect(driver.isOver(0)).toBe(false);
    const actions = cards.map(() => pass);
    actions[i % cards.length] = move;
    play(driver, ...actions);
  });
  expect(driver.terminated[0]).toBe(1);
  return [...driver.returns];
}

describe('two players', () => {
  it('who both pass compare cards for the antes', () => {
    expect(playOut([2, 0], [pass, pass])).toEqual([1, -1]);
    expect(playOut([0, 1], [pass, pass])).toEqual([-1, 1]);
  });

  it('win the other’s ante with a bet that is not called', () => {
    expect(playOut([0, 2], [bet, pass])).toEqual([1, -1]);
    expect(playOut([2, 0], [pass, bet, pass])).toEqual([-1, 1]);
  });

  it('compare cards for two chips each when a bet is called', () => {
    expect(playOut([0, 2], [bet, bet])).toEqual([-2, 2]);
    expect(playOut([1, 0], [pass, bet, bet])).toEqual([2, -2]);
  });
});

describe('three players', () => {
  it('share nothing: the highest card takes all antes', () => {
    expect(playOut([1, 3, 0], [pass, pass, pass])).toEqual([-1, 2, -1]);
  });

  it('who passed before the bet are asked once more, in order', () => {
    // Player 1 bets, player 2 folds, player 0 calls with the better card: 2 + 2 + 1 chips, less the own 2.
    expect(playOut([3, 1, 2], [pass, bet, pass, bet])).toEqual([3, -2, -1]);
    // The best card has folded and does not win.
    expect(playOut([1, 0, 3], [pass, pass, bet, pass, pass])).toEqual([-1, -1, 2]);
    expect(playOut([0, 3, 1], [pass, pass, bet, bet, pass])).toEqual([-2, -1, 3]);
  });
});

describe('what is observed', () => {
  it('is OpenSpiel’s information state: seat, card, moves', () => {
    const driver = dealt([1, 2]);
    play(driver, bet, pass);
    expect(driver.observationOf(0, 1)).toHaveLength(11);
    expect(field(driver, 1, 'player')).toEqual([0, 1]);
    expect(field(driver, 1, 'card')).toEqual([0, 0, 1]);
    expect(field(driver, 1, 'moves')).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('or, on request, its observation: seat, card, chips put in', () => {
    const driver = dealt([1, 2], { view: 'observation' });
    play(driver, bet, pass);
    expect([...driver.observationOf(0, 0)]).toEqual([1, 0, 0, 1, 0, 2, 1]);
  });

  it('as text never tells the other’s card', () => {
    const driver = dealt([1, 2]);
    play(driver, pass, pass);
    const text = (player: number) => kuhnPoker.text?.(driver.stateOf(0) as never, player, driver.params as never);
    expect(text(1)).toBe(
      'Kuhn poker with cards 0 to 2, 2 players. You are player 1 and hold card 2.\nSo far: player 0 passes.\nPass, or bet 1?',
    );
    expect(text(0)).not.toContain('card 2.');
  });
});

it('refuses impossible numbers of players with the constraint named', () => {
  for (const players of [1, 11, 2.5]) {
    expect(() => parseWith(kuhnPoker.params, { players }, 'kuhn-poker')).toThrow('kuhn-poker › players');
  }
});
