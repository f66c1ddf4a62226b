import { describe, expect, it } from 'vitest';
import { firstDifference, firstUnplain } from '#core/conformance/same-value';

describe('firstDifference', () => {
  it.each<[unknown, unknown]>([
    [1, 1],
    [Number.NaN, Number.NaN],
    [undefined, undefined],
    [
      { a: [1, { b: 2 }], c: 'x' },
      { c: 'x', a: [1, { b: 2 }] },
    ],
    [Float32Array.of(1, 2), Float32Array.of(1, 2)],
    [new Map([[{ k: 1 }, [1]]]), new Map([[{ k: 1 }, [1]]])],
    [new Set([1, 'b']), new Set([1, 'b'])],
    [Object.create(null), Object.create(null)],
  ])('finds none between %o and %o', (a, b) => {
    expect(firstDifference(a, b)).toBeUndefined();
  });

  it.each<[unknown, unknown, string]>([
    [1, 2, 'the value itself'],
    [0, -0, 'the value itself'],
    [null, {}, 'the value itself'],
    [{ a: 1 }, { a: '1' }, '.a'],
    [{ a: 1 }, { b: 1 }, '.a'],
    [{ a: 1 }, { a: 1, b: 1 }, '.length'],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, '.a[1].b'],
    [[1, 2], [1], '.length'],
    [[1, 2], Float64Array.of(1, 2), 'the value itself'],
    [Float32Array.of(0, 1), Float32Array.of(0, 2), '[1]'],
    [[[0], [1]], [[0], [2]], '[1][0]'],
    [new Map([['k', 1]]), new Map([['k', 2]]), '.k'],
    [new Map([['k', 1]]), new Map([['l', 1]]), '.k'],
    [new Set([1, 2]), new Set([1, 3]), '[1]'],
  ])('finds where %o and %o part: %s', (a, b, path) => {
    expect(firstDifference(a, b)).toBe(path);
  });
});

describe('firstUnplain', () => {
  it.each<[unknown]>([
    [1],
    [null],
    [undefined],
    [{ a: [new Uint8Array(2), new Map([['x', new Set([1])]])] }],
    [Object.create(null)],
  ])('accepts what structuredClone copies in full: %o', (value) => {
    expect(firstUnplain(value)).toBeUndefined();
  });

  it.each<[unknown, string]>([
    [() => 1, 'state is a function'],
    [Symbol('s'), 'state is a symbol'],
    [{ a: [1, () => 1] }, 'state.a[1] is a function'],
    [{ made: new Date(0) }, 'state.made is a Date'],
    [new Map([['x', new (class Board {})()]]), 'state.x is a Board'],
    [{ view: new DataView(new ArrayBuffer(1)) }, 'state.view is a DataView'],
  ])('names what it does not copy', (value, message) => {
    expect(firstUnplain(value)).toBe(message);
  });
});
