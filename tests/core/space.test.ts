import { describe, expect, it } from 'vitest';
import {
  actionSize,
  box,
  contains,
  createStreams,
  describeSpace,
  discrete,
  fieldBox,
  fieldOffset,
  flatSize,
  maskSize,
  multiDiscrete,
  partsOf,
  type Space,
  sampleSpace,
  uniformProbability,
} from '#core';

const rng = () => createStreams('spaces').stream('sample');

/** Many draws of a space, one row each. */
function draws(space: Space, count: number, mask?: number[]): number[][] {
  const source = rng();
  return Array.from({ length: count }, () => {
    const row: number[] = [];
    sampleSpace(space, source, row, mask);
    return row;
  });
}

const share = (rows: number[][], holds: (row: number[]) => boolean) => rows.filter(holds).length / rows.length;

describe('making spaces', () => {
  it('keeps names where they are given and leaves them out where not', () => {
    expect(discrete(2)).toEqual({ kind: 'discrete', n: 2 });
    expect(discrete(2, ['C', 'D']).labels).toEqual(['C', 'D']);
    expect(multiDiscrete([2, 3])).toEqual({ kind: 'multiDiscrete', sizes: [2, 3] });
    expect(multiDiscrete([2, 3], ['move', 'say']).names).toEqual(['move', 'say']);
  });

  it('spreads one bound over every entry of a box and takes one bound an entry', () => {
    const grid = box([2, 3], -1, [1, 2, 3, 4, 5, 6]);
    expect([...grid.low]).toEqual([-1, -1, -1, -1, -1, -1]);
    expect([...grid.high]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(grid.fields).toBeUndefined();
  });

  it('makes a box as long as its fields and finds each of them', () => {
    const space = fieldBox(
      [
        { name: 'place', size: 2 },
        { name: 'goal', size: 3 },
      ],
      0,
      1,
    );
    expect(space.shape).toEqual([5]);
    expect([fieldOffset(space, 'place'), fieldOffset(space, 'goal')]).toEqual([0, 2]);
    expect(() => fieldOffset(space, 'gaol')).toThrow('fieldOffset: no field "gaol": expected one of: place, goal');
    expect(() => fieldOffset(box([1], 0, 1), 'x')).toThrow('no field "x"');
  });

  it.each<[string, () => unknown, string]>([
    ['no choice', () => discrete(0), 'discrete(n): got 0: expected a whole number of at least 1'],
    ['half a choice', () => discrete(1.5), 'discrete(n): got 1.5'],
    ['no parts', () => multiDiscrete([]), 'multiDiscrete(sizes): got 0'],
    ['an empty part', () => multiDiscrete([2, 0]), 'multiDiscrete(sizes): got 0'],
    ['a side of zero', () => box([2, 0], 0, 1), 'box(shape): got 0'],
    ['bounds the wrong way round', () => box([2], 0, [1, -1]), 'box(low, high): entry 1: low 0 above high -1'],
    ['a bound that is no number', () => box([1], Number.NaN, 1), 'box(low, high): entry 0: low NaN above high 1'],
    ['too few bounds', () => box([3], [0, 0], 1), 'box(low): 2 bounds: expected 3, one per entry'],
    [
      'fields of another length',
      () => box([3], 0, 1, [{ name: 'a', size: 2 }]),
      'box(fields): the fields hold 2 numbers',
    ],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('sizes and names of spaces', () => {
  it.each<[Space, number, number, string]>([
    [discrete(5), 1, 5, 'discrete 5'],
    [multiDiscrete([5, 10]), 2, 15, 'multiDiscrete 5 x 10'],
    [box([2, 3], 0, 1), 6, 0, 'box [2, 3]'],
  ])('counts slots and mask entries of %o', (space, slots, mask, text) => {
    expect([flatSize(space), actionSize(space), maskSize(space), describeSpace(space)]).toEqual([
      slots,
      slots,
      mask,
      text,
    ]);
  });

  it('lists the choices of a space', () => {
    expect(partsOf(discrete(3))).toEqual([3]);
    expect(partsOf(multiDiscrete([3, 4]))).toEqual([3, 4]);
  });
});

describe('contains', () => {
  it.each<[Space, number[], number[] | undefined, boolean]>([
    [discrete(3), [2], undefined, true],
    [discrete(3), [3], undefined, false],
    [discrete(3), [-1], undefined, false],
    [discrete(3), [0.5], undefined, false],
    [discrete(3), [], undefined, false],
    [discrete(3), [2], [1, 1, 0], false],
    [multiDiscrete([2, 2]), [1, 1], undefined, true],
    [multiDiscrete([2, 2]), [1, 1], [1, 1, 1, 0], false],
    [multiDiscrete([2, 2]), [1, 0], [0, 1, 1, 0], true],
    [multiDiscrete([2, 2]), [1], undefined, false],
    [box([2], 0, 1), [0, 1], undefined, true],
    [box([2], 0, 1), [0, 1.5], undefined, false],
    [box([2], 0, 1), [-0.5, 1], undefined, false],
    [box([2], 0, 1), [Number.NaN, 1], undefined, false],
  ])('%o of %o under mask %o: %s', (space, values, mask, expected) => {
    expect(contains(space, values, mask)).toBe(expected);
  });
});

describe('sampleSpace', () => {
  it('draws every choice about equally often', () => {
    const rows = draws(discrete(4), 4000);
    for (let choice = 0; choice < 4; choice++) expect(share(rows, ([drawn]) => drawn === choice)).toBeCloseTo(0.25, 1);
  });

  it('draws legal choices alone, part by part', () => {
    const rows = draws(multiDiscrete([3, 2]), 300, [1, 0, 1, 0, 1]);
    expect(new Set(rows.map(String))).toEqual(new Set(['0,1', '2,1']));
    expect(share(rows, ([first]) => first === 0)).toBeCloseTo(0.5, 1);
  });

  it('refuses a mask that allows nothing', () => {
    expect(() => draws(discrete(2), 1, [0, 0])).toThrow(
      'sampleSpace: the mask allows nothing: expected at least one legal choice',
    );
  });

  it('draws uniformly between finite bounds, by shifted exponentials behind one, by a normal behind none', () => {
    const { POSITIVE_INFINITY: inf } = Number;
    const rows = draws(box([4], [2, 5, -inf, -inf], [4, inf, 7, inf]), 4000);
    const mean = (i: number) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length;
    expect(rows.every(([a, b, c]) => a >= 2 && a < 4 && b >= 5 && c <= 7)).toBe(true);
    // Means: (2 + 4) / 2, 5 + 1, 7 - 1, 0; four standard errors are at most 4 / sqrt(4000) = 0.063.
    for (const [i, expected] of [3, 6, 6, 0].entries()) expect(Math.abs(mean(i) - expected)).toBeLessThan(0.07);
    const square = rows.reduce((sum, row) => sum + row[3] ** 2, 0) / rows.length;
    expect(Math.abs(square - 1)).toBeLessThan(0.1);
  });

  it('draws every legal action with the same probability, which it tells; a box has none', () => {
    const space = multiDiscrete([3, 2]);
    const mask = [1, 0, 1, 1, 1];
    expect([uniformProbability(space), uniformProbability(space, mask), uniformProbability(discrete(4))]).toEqual([
      1 / 6,
      1 / 4,
      1 / 4,
    ]);
    const rows = draws(space, 4000, mask);
    expect(share(rows, ([first, second]) => first === 2 && second === 1)).toBeCloseTo(
      uniformProbability(space, mask),
      1,
    );
    expect(uniformProbability(box([2], 0, 1))).toBeNaN();
  });
});
