import { describe, expect, it } from 'vitest';
import { createRegistry, didYouMean, PolityError, suggest } from '#core';

describe('PolityError', () => {
  it('says where, what, what was found, what was expected, and the remedy', () => {
    const detail = {
      code: 'input',
      where: 'x.yaml › a',
      message: 'out of range',
      got: '2',
      expected: '0..1',
      remedy: 'Use 1',
    } as const;
    const error = new PolityError(detail);
    expect(error.message).toBe('x.yaml › a: out of range: got 2, expected 0..1. Use 1');
    expect([error.name, error.detail, error instanceof Error]).toEqual(['PolityError', detail, true]);
  });

  it.each([
    [{}, 'w: m'],
    [{ got: '1' }, 'w: m: got 1'],
    [{ expected: '2' }, 'w: m: expected 2'],
    [{ remedy: 'Do it' }, 'w: m. Do it'],
  ])('leaves out what is not known: %o', (more, message) => {
    expect(new PolityError({ code: 'usage', where: 'w', message: 'm', ...more }).message).toBe(message);
  });

  it('keeps its cause', () => {
    const cause = new Error('below');
    expect(new PolityError({ code: 'io', where: 'w', message: 'm' }, { cause }).cause).toBe(cause);
  });
});

describe('didYouMean', () => {
  it.each([
    ['bargianing', 'bargaining'],
    ['BARGAINING', 'bargaining'],
    ['matrixgame', 'matrix-game'],
    ['matrix-gamee', 'matrix-game'],
    ['zebra', undefined],
    ['', undefined],
  ])('%s -> %s', (word, expected) => {
    expect(didYouMean(word, ['bargaining', 'matrix-game'])).toBe(expected);
  });

  it('takes the closest of several, and an exchange of two neighbours for one slip', () => {
    expect(didYouMean('gird', ['grin', 'grid'])).toBe('grid');
    // Of three letters one may differ: "abc" is one step from "abd", two from "axd".
    expect(didYouMean('abc', ['axd'])).toBeUndefined();
    expect(didYouMean('abc', ['abd'])).toBe('abd');
  });

  it('is put into words, or the whole list is', () => {
    expect(suggest('pong', ['ping', 'pang'])).toBe('Did you mean "ping"?');
    expect(suggest('tennis', ['ping', 'pang'])).toBe('Known: ping, pang');
    expect(suggest('bargain', ['overbargaining', 'bargaining-cic', 'bargaining'])).toBe('Did you mean "bargaining"?');
    expect(suggest('bargian', ['blotto', 'bargaining'])).toBe('Did you mean "bargaining"?');
    expect(suggest('spread', ['simple-tag', 'simple-spread'])).toBe('Did you mean "simple-spread"?');
    expect(suggest('pin', ['pineapples'])).toBe('Known: pineapples');
  });
});

describe('createRegistry', () => {
  const shelf = createRegistry('fruit', [{ id: 'apple' }, { id: 'pear', ripe: true }]);

  it('keeps the order of its list and finds items by id', () => {
    expect([shelf.kind, shelf.ids, shelf.items]).toEqual([
      'fruit',
      ['apple', 'pear'],
      [{ id: 'apple' }, { id: 'pear', ripe: true }],
    ]);
    expect([shelf.has('pear'), shelf.has('plum'), shelf.get('pear')]).toEqual([
      true,
      false,
      { id: 'pear', ripe: true },
    ]);
  });

  it('names the nearest item for an id that it does not know, and where it was asked', () => {
    expect(() => shelf.get('aple')).toThrow('fruit: unknown fruit: got "aple". Did you mean "apple"?');
    expect(() => shelf.get('fig', 'x.yaml › fruit')).toThrow(
      'x.yaml › fruit: unknown fruit: got "fig". Known: apple, pear',
    );
  });

  it('gives a new shelf with items added, or replaced in the same id', () => {
    const more = shelf.with({ id: 'plum' }, { id: 'apple', ripe: true });
    expect(more.items).toEqual([{ id: 'pear', ripe: true }, { id: 'plum' }, { id: 'apple', ripe: true }]);
    expect(shelf.ids).toEqual(['apple', 'pear']);
  });

  it('refuses two items with one id', () => {
    expect(() => createRegistry('fruit', [{ id: 'fig' }, { id: 'fig' }])).toThrow(
      'registry of fruit items: "fig" is listed twice',
    );
  });
});
