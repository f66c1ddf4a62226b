import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bargainingPoints,
  conflict,
  distanceToNearest,
  dominates,
  isRational,
  opposition,
  paretoFrontier,
} from '#metrics';

const wedge = [
  [0, 4],
  [1, 3],
  [4, 0],
  [1, 1],
];

test('the frontier holds the outcomes that nobody can improve on without a loss to another', () => {
  expect(paretoFrontier(wedge, [0, 0])).toEqual([0, 1, 2]);
});

test('the frontier leaves out outcomes that are worse than no agreement for somebody', () => {
  expect(paretoFrontier(wedge, [1, 1])).toEqual([1]);
  expect(paretoFrontier(wedge, [5, 5])).toEqual([]);
});

test('outcomes of equal utilities stay on the frontier together', () => {
  const twice = [
    [1, 2],
    [1, 2],
    [0, 0],
  ];
  expect(paretoFrontier(twice, [0, 0])).toEqual([0, 1]);
});

test('the frontier equals the definition applied to all pairs', () => {
  const point = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 25 }), point, (points, disagreement) => {
      const rational = points.filter((p) => p.every((value, i) => value >= disagreement[i]));
      const slow = points.flatMap((p, index) => {
        const beaten = rational.some((q) => q.every((value, i) => value >= p[i]) && q.some((value, i) => value > p[i]));
        return rational.includes(p) && !beaten ? [index] : [];
      });
      expect(paretoFrontier(points, disagreement)).toEqual(slow);
    }),
  );
});

test('the Nash solution has the greatest product, the egalitarian the greatest minimum, welfare the greatest sum', () => {
  const points = bargainingPoints(
    [
      [0, 9], // product 0, minimum 0, sum 9
      [2, 6], // product 12, minimum 2, sum 8
      [3, 3.5], // product 10.5, minimum 3, sum 6.5
      [10, 0], // product 0, minimum 0, sum 10
    ],
    [0, 0],
  );
  expect(points.nash).toEqual([1]);
  expect(points.egalitarian).toEqual([2]);
  expect(points.maxWelfare).toEqual([3]);
  expect(points.best).toEqual([10, 9]);
  expect(points.diagonal).toBeCloseTo(Math.sqrt(181), 12);
});

test('the Kalai-Smorodinsky solution evens out the gains as shares of each party’s best', () => {
  // Shares of (10, 2): (0.5, 0.6) differ by 0.1, (0.8, 0.4) by 0.4, although the utilities (5, 1.2) differ more than (8, 0.8)/10.
  const points = bargainingPoints(
    [
      [10, 0],
      [8, 0.8],
      [5, 1.2],
      [0, 2],
    ],
    [0, 0],
  );
  expect(points.kalaiSmorodinsky).toEqual([2]);
});

test('all solutions that tie are listed', () => {
  const even = bargainingPoints(
    [
      [1, 3],
      [3, 1],
    ],
    [0, 0],
  );
  expect(even.nash).toEqual([0, 1]);
});

test('gains count from the worst outcome where that is above the disagreement utility', () => {
  const points = bargainingPoints(
    [
      [2, 5],
      [4, 3],
    ],
    [0, 4],
  );
  expect(points.base).toEqual([2, 4]);
});

test('opposition is the distance from everybody’s best to the nearest rational outcome', () => {
  expect(opposition([[1, 1]], [0, 0])).toBe(0);
  // Ten outcomes x, 9 - x over 9: nearest are 4 and 5, (4/9, 5/9).
  const split = Array.from({ length: 10 }, (_, x) => [x, 9 - x]);
  expect(opposition(split, [0, 0])).toBeCloseTo(Math.hypot(1 - 4 / 9, 1 - 5 / 9), 12);
  expect(opposition(split, [9, 9])).toBe(Number.POSITIVE_INFINITY);
});

test('conflict is the share of pairs that two parties rank in opposite ways', () => {
  // Of three pairs one is ranked alike: (0,0) below (1,1).
  const points = [
    [0, 2],
    [2, 0],
    [2.5, 0.5],
  ];
  expect(conflict(points)).toBeCloseTo(2 / 3, 12);
});

test('dominance needs one better and none worse, rationality none below disagreement', () => {
  expect(dominates([1, 1], [1, 1])).toBe(false);
  expect(dominates([2, 0], [1, 1])).toBe(false);
  expect(dominates([2, 1], [1, 1])).toBe(true);
  expect(isRational([1, 0], [1, 0])).toBe(true);
  expect(isRational([1, 0], [1, 0.5])).toBe(false);
});

test('the distance to several points is that to the nearest', () => {
  const points = [
    [6, 8],
    [3, 4],
  ];
  expect(distanceToNearest([0, 0], points)).toBe(5);
});
