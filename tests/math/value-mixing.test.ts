import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSumMixGrads, type MixingWeights, MonotonicMix, sumMix } from '#math';
import { expectGradient } from './finite-differences.ts';

test('value decomposition adds the agents up, and every agent gets the whole gradient', () => {
  const totals = [0, 0];
  sumMix([1, 2, 4, 0.5, 0.25, 0], 2, 3, totals);
  expect(totals).toEqual([7, 0.75]);
  const grads = [0, 0, 0, 1, 0, 0];
  addSumMixGrads([2, -1], 2, 3, grads);
  expect(grads).toEqual([2, 2, 2, 0, -1, -1]);
});

test('one row of the mixing network by hand', () => {
  // Hidden 0: 1 * |2| + 3 * |-1| + 0.5 = 5.5. Hidden 1: 1 * |0| + 3 * |-1| - 4 = -1, elu e^-1 - 1.
  const weights = { first: [2, 0, -1, -1], firstBias: [0.5, -4], second: [-2, 3], secondBias: [10] };
  const totals = [0];
  new MonotonicMix(2, 2).mix([1, 3], weights, 1, totals);
  expect(totals[0]).toBeCloseTo(5.5 * 2 + (Math.exp(-1) - 1) * 3 + 10, 12);
});

const [rows, agents, hidden] = [2, 2, 3];
const number = fc.double({ min: -2, max: 2, noNaN: true }).filter((value) => Math.abs(value) > 0.01);
const list = (length: number) => fc.array(number, { minLength: length, maxLength: length });
const weightsOf = fc.record({
  first: list(rows * agents * hidden),
  firstBias: list(rows * hidden),
  second: list(rows * hidden),
  secondBias: list(rows),
});

function total(values: readonly number[], weights: MixingWeights, cotangent: readonly number[]): number {
  const totals = new Array<number>(rows).fill(0);
  new MonotonicMix(agents, hidden).mix(values, weights, rows, totals);
  return totals.reduce((sum, value, row) => sum + cotangent[row] * value, 0);
}

test('gradients of the mixing network are those of the totals, for values and for every weight', () => {
  fc.assert(
    fc.property(list(rows * agents), weightsOf, list(rows), (values, weights, cotangent) => {
      // Where a hidden unit sits at the corner of elu or a weight at that of |w| differences say nothing.
      const gradValues = values.map(() => 0);
      const gradWeights = {
        first: weights.first.map(() => 0),
        firstBias: weights.firstBias.map(() => 0),
        second: weights.second.map(() => 0),
        secondBias: weights.secondBias.map(() => 0),
      };
      new MonotonicMix(agents, hidden).addGrads(values, weights, rows, cotangent, gradValues, gradWeights);
      const nearCorner = weights.firstBias.some((bias, at) => {
        const [row, h] = [Math.floor(at / hidden), at % hidden];
        let sum = bias;
        for (let agent = 0; agent < agents; agent++) {
          sum += values[row * agents + agent] * Math.abs(weights.first[(row * agents + agent) * hidden + h]);
        }
        return Math.abs(sum) < 0.02;
      });
      fc.pre(!nearCorner);
      expectGradient((x) => total(x, weights, cotangent), values, gradValues);
      for (const name of ['first', 'firstBias', 'second', 'secondBias'] as const) {
        expectGradient((x) => total(values, { ...weights, [name]: x }, cotangent), weights[name], gradWeights[name]);
      }
    }),
    { numRuns: 40 },
  );
});

test('raising any agent value never lowers the total, so the best actions of all agents are the best of the team', () => {
  fc.assert(
    fc.property(list(rows * agents), weightsOf, fc.nat(rows * agents - 1), (values, weights, which) => {
      const higher = values.map((value, i) => (i === which ? value + 1 : value));
      expect(total(higher, weights, [1, 1])).toBeGreaterThanOrEqual(total(values, weights, [1, 1]));
    }),
  );
});
