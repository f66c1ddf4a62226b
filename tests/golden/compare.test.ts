import { expect, test } from 'vitest';
import { expectClose, tolerance } from './compare.ts';
import type { Json } from './entries.ts';

const within = tolerance(1e-6);

test.each<[unknown, Json]>([
  [1, 1 + 1e-7],
  [new Float64Array([1, 2]), [1, 2]],
  [{ a: 1, more: 2 }, { a: 1 }],
  [undefined, null],
  [Number.NaN, null],
  [Number.NaN, 'NaN'],
  ['agreement', 'agreement'],
  [true, true],
  [
    [[1], []],
    [[1], []],
  ],
])('%j passes for %j', (actual, expected) => {
  expect(() => expectClose(actual, expected, within)).not.toThrow();
});

test.each<[unknown, Json, string]>([
  [1, 1.00001, 'output: got 1'],
  [Number.NaN, 1, 'output: got "NaN", expected 1'],
  [undefined, 1, 'output: got undefined'],
  [0, null, 'expected that it cannot be computed'],
  [1, 'NaN', 'expected that it cannot be computed'],
  [[1], [1, 2], 'got 1 items'],
  [{ length: 2 }, [1, 2], 'expected a list of 2'],
  [[1, 3], [1, 2], 'output[1]: got 3'],
  [{ a: 1 }, { a: 1, b: { c: 2 } }, 'output.b: got undefined'],
  [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, 'output.a[0].b: got 1'],
  ['broken', 'agreement', 'got "broken", expected "agreement"'],
  [1, true, 'got 1, expected true'],
])('%j fails for %j and says where', (actual, expected, message) => {
  expect(() => expectClose(actual, expected, within)).toThrow(message);
});

test('a tolerance may depend on the place', () => {
  const byPlace = (place: string) => tolerance(place.endsWith('.loose') ? 0.1 : 1e-9);
  expect(() => expectClose({ loose: 1.05, tight: 1 }, { loose: 1, tight: 1 }, byPlace)).not.toThrow();
  expect(() => expectClose({ loose: 1, tight: 1.05 }, { loose: 1, tight: 1 }, byPlace)).toThrow('output.tight');
});
