import { describe, expect, it } from 'vitest';
import { parseWith } from '#core';
import { hanabi } from '#envs';
import { copiesOf } from '#envs/hanabi/params';
import { field, fixedRng, play, start } from './worlds.ts';

/**
 * A game in which these cards come up, as colour * ranks + rank: the hands of player 0, of player 1, .., then the new cards. Draws count
 * among the cards that are left, copies included.
 */
function dealt(cards: number[], params: { ranks?: number; colors?: number } & Record<string, unknown> = {}) {
  const { ranks = 5, colors = 5 } = params;
  const left = Array.from({ length: colors * ranks }, (_, card) => copiesOf(card % ranks, { ranks }));
  const draws = cards.map((card) => {
    const draw = left.slice(0, card).reduce((sum, n) => sum + n, 0);
    left[card]--;
    return draw;
  });
  return start(hanabi, params, { rng: () => fixedRng(draws) });
}

type Game = ReturnType<typeof dealt>;

/** Plays moves in turn, whoever’s turn it is. */
function move(driver: Game, ...moves: number[]): Game {
  for (const choice of moves) {
    const row = Array.from({ length: driver.layout.count }, () => 0);
    row[driver.acting.indexOf(1)] = choice;
    play(driver, ...row);
  }
  return driver;
}

function legal(driver: Game): number[] {
  const mask = driver.maskOf(0, driver.acting.indexOf(1));
  return [...mask.keys()].filter((action) => mask[action] === 1);
}

/** Two players, two colours, three ranks (3 + 2 + 1 of each), hands of two, four hints, two lives. Cards: 0 1 2 red, 3 4 5 yellow. */
const small = { colors: 2, ranks: 3, handSize: 2, hints: 4, lives: 2 };
const [discard, playCard, tellColor, tellRank] = [0, 2, 4, 6];

describe('moves', () => {
  it('have OpenSpiel’s numbers: discard, play, tell a colour, tell a rank', () => {
    const labels = (params: object) => {
      const { action } = start(hanabi, params).layout.roles[0];
      return action.kind === 'discrete' ? (action.labels ?? []) : [];
    };
    expect(labels({})).toHaveLength(20);
    expect([0, 4, 5, 9, 10, 14, 15, 19].map((i) => labels({})[i])).toEqual([
      'discard card 1',
      'discard card 5',
      'play card 1',
      'play card 5',
      'tell the other red',
      'tell the other blue',
      'tell the other rank 1',
      'tell the other rank 5',
    ]);
    // Four players: 4 + 4 + 3 * 5 + 3 * 5.
    expect(labels({ players: 4 })).toHaveLength(38);
    expect(labels({ players: 4 })[8 + 5]).toBe('tell player +2 red');
  });

  it('allow no discard while no hint is spent, and only hints that touch a card', () => {
    // Player 1 holds two yellow cards of ranks 1 and 3.
    const driver = dealt([0, 1, 3, 5], small);
    expect(legal(driver)).toEqual([playCard, playCard + 1, tellColor + 1, tellRank, tellRank + 2]);
    // Player 0 holds red 1 and red 2.
    expect(legal(move(driver, tellColor + 1))).toEqual([
      discard,
      discard + 1,
      playCard,
      playCard + 1,
      tellColor,
      tellRank,
      tellRank + 1,
    ]);
  });

  it('allow no hint when all are spent', () => {
    const driver = move(dealt([0, 1, 3, 5], small), tellRank, tellRank, tellRank, tellRank);
    expect(legal(driver)).toEqual([discard, discard + 1, playCard, playCard + 1]);
  });
});

describe('hints', () => {
  it('tell which cards are of the kind and which are not, and move with the cards', () => {
    // Player 1: yellow 1, red 3. Then a new card for player 1.
    const driver = move(dealt([0, 1, 3, 2, 4], small), tellColor + 1);
    const knowledge = (card: number) => field(driver, 1, 'knowledge/own').slice(11 * card, 11 * card + 11);
    // Six kinds, then colour told, then rank told.
    expect(knowledge(0)).toEqual([0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0]);
    expect(knowledge(1)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(field(driver, 1, 'last/told')).toEqual([1, 0]);
    expect(field(driver, 1, 'last/target')).toEqual([1, 0]);
    expect(field(driver, 0, 'last/target')).toEqual([0, 1]);
    move(driver, discard);
    expect(knowledge(0)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(knowledge(1)).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
  });
});

describe('playing a card', () => {
  it('scores when it is the next of its colour, else costs a life', () => {
    const driver = dealt([0, 2, 3, 1, 0, 1], small);
    move(driver, playCard);
    expect([...driver.rewards]).toEqual([1, 1]);
    expect(field(driver, 0, 'fireworks')).toEqual([1, 0, 0, 0, 0, 0]);
    move(driver, playCard + 1);
    // Red 2 of player 1 follows red 1.
    expect([...driver.returns]).toEqual([2, 2]);
    // Player 0 now holds red 3 and red 1; red 1 does not fit.
    const lost = move(dealt([0, 2, 3, 1, 0, 1], small), playCard, tellRank, playCard + 1);
    expect([...lost.returns]).toEqual([1, 1]);
    expect(field(lost, 0, 'lives')).toEqual([1, 0]);
    expect(field(lost, 0, 'discards').reduce((sum, bit) => sum + bit, 0)).toBe(1);
  });

  it('takes everything back with the last life', () => {
    const driver = move(dealt([0, 2, 3, 5, 1, 2, 4], { ...small, lives: 1 }), playCard);
    expect([...driver.returns]).toEqual([1, 1]);
    move(driver, playCard + 1);
    expect([driver.terminated[0], ...driver.rewards, ...driver.returns]).toEqual([1, -1, -1, 0, 0]);
  });

  it('of the highest rank gives a hint back', () => {
    // Red 1, 2, 3 from player 0’s hand while player 1 tells something.
    const driver = dealt([0, 1, 3, 4, 2, 3, 4], small);
    move(driver, playCard, tellRank + 1, playCard, tellRank);
    expect(field(driver, 0, 'hints')).toEqual([1, 1, 0, 0]);
    move(driver, playCard);
    expect(field(driver, 0, 'hints')).toEqual([1, 1, 1, 0]);
    expect(field(driver, 1, 'last/regained')).toEqual([1]);
  });

  it('ends the game when everything is laid out', () => {
    // One colour of one rank: three cards, a hand each.
    const driver = move(dealt([0, 0], { colors: 1, ranks: 1, handSize: 1 }), 1);
    expect([driver.terminated[0], ...driver.returns]).toEqual([1, 1, 1]);
  });
});

describe('the end of the deck', () => {
  it('leaves everybody one more turn, whoever drew the last card included', () => {
    // Six cards: hands of two for two players leave two in the deck.
    const params = { colors: 1, ranks: 3, handSize: 2, hints: 4, lives: 3 };
    const driver = move(dealt([0, 0, 0, 1, 1, 2], params), 5, 0, 1);
    // Told, and two discards: the deck is empty. Each hand is full.
    expect(field(driver, 0, 'deck')).toEqual([0, 0]);
    expect(driver.isOver(0)).toBe(false);
    move(driver, 0);
    expect(field(driver, 0, 'missingCard')).toEqual([0, 1]);
    expect(driver.isOver(0)).toBe(false);
    move(driver, 0);
    expect(driver.terminated[0]).toBe(1);
  });
});

describe('what is observed', () => {
  it('by two players are 658 numbers: hands 127, table 76, discards 50, last move 55, knowledge 350', () => {
    const { observation } = start(hanabi, {}).layout.roles[0];
    const size = (prefix: RegExp) =>
      (observation.fields ?? []).filter(({ name }) => prefix.test(name)).reduce((sum, part) => sum + part.size, 0);
    expect(observation.low).toHaveLength(658);
    expect(size(/^hand|^missing/)).toBe(127);
    expect(size(/^deck|^fireworks|^hints|^lives/)).toBe(76);
    expect(size(/^discards/)).toBe(50);
    expect(size(/^last/)).toBe(55);
    expect(size(/^knowledge/)).toBe(350);
  });

  it('are the hands of the others and never the own', () => {
    const seen = [2, 5].map((card) => [...dealt([0, card, 3, 1], small).observationOf(0, 0)]);
    expect(seen[0]).toEqual(seen[1]);
    const driver = dealt([0, 2, 3, 1], small);
    expect(field(driver, 1, 'hand/other1')).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  });

  it('may leave out what hints have told, or show all cards', () => {
    expect(start(hanabi, { observation: 'minimal' }).observationOf(0, 0)).toHaveLength(308);
    const driver = dealt([0, 4, 3, 1], { ...small, observation: 'seer' });
    // The second card is yellow 2.
    expect(field(driver, 0, 'knowledge/own').slice(11)).toEqual([0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0]);
  });

  it('as text names what the others hold and what one has been told', () => {
    const driver = move(dealt([0, 2, 3, 1], small), tellColor + 1);
    const text = (player: number) => hanabi.text?.(driver.stateOf(0) as never, player, driver.params as never) ?? '';
    expect(text(0)).toContain('Player 1 (+1) holds yellow 1, red 2.');
    expect(text(1)).toContain('Your cards, as far as told: yellow 1/2/3; red 1/2/3.');
    expect(text(1)).toContain('Last move, by player 0: tell the other yellow.');
    expect(text(1)).toContain('Player 0 (+1) holds red 1, red 3.');
  });
});

it('may draw the first player', () => {
  const driver = start(
    hanabi,
    { players: 3, randomStart: true },
    { rng: () => fixedRng([2, ...new Array(15).fill(0)]) },
  );
  expect([...driver.acting]).toEqual([0, 0, 1]);
});

describe('impossible settings are refused with the constraint named', () => {
  const cases: [object, string][] = [
    [{ players: 6 }, 'hanabi › players'],
    [{ colors: 2, ranks: 2, players: 5 }, 'at most 1, not 5 hands of 4 from a deck of 8 cards'],
    [{ lives: 0 }, 'hanabi › lives'],
    [{ observation: 'all' }, 'hanabi › observation'],
  ];
  for (const [params, expected] of cases) {
    it(JSON.stringify(params), () => {
      expect(() => parseWith(hanabi.params, params, 'hanabi')).toThrow(expected);
    });
  }
});
