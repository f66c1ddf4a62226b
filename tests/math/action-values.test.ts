import { expect, test } from 'vitest';
import { PolityError } from '#core';
import { addTakenGrads, bestChoice, bestValues, doubleValues, oneStepTargets, takenValues, valueLoss } from '#math';
import { expectGradient } from './finite-differences.ts';

test('the best action is the first of highest value among the legal ones', () => {
  expect(bestChoice([1, 5, 3], null, 0, 3)).toBe(1);
  expect(bestChoice([1, 5, 3], [1, 0, 1], 0, 3)).toBe(2);
  expect(bestChoice([2, 2, 2], [0, 1, 1], 0, 3)).toBe(1);
  expect(bestChoice([9, 9, 1, 4], null, 2, 2)).toBe(1);
});

test('values below every bound are still chosen where nothing else is legal', () => {
  expect(bestChoice([Number.NEGATIVE_INFINITY, 3], [1, 0], 0, 2)).toBe(0);
});

test('choices of which none is legal are refused by their place', () => {
  expect(() => bestChoice([0, 0, 0, 0], [1, 1, 0, 0], 2, 2)).toThrow(PolityError);
  expect(() => bestValues([0, 0, 0, 0], [1, 1, 0, 0], 2, 2, [0, 0])).toThrow('choices 2 to 3');
});

test('the bootstrap of Q-learning is the highest legal value of each row', () => {
  const out = [0, 0];
  bestValues([1, 5, 2, 3], [1, 0, 1, 1], 2, 2, out);
  expect(out).toEqual([1, 3]);
});

test('in double Q-learning one network chooses and the other one values', () => {
  const out = [0, 0];
  doubleValues([1, 2, 9, 3], [7, 5, 1, 2], [1, 1, 0, 1], 2, 2, out);
  expect(out).toEqual([5, 2]);
});

test('targets bootstrap unless the game itself ended', () => {
  const targets = [0, 0];
  oneStepTargets([1, 1], [0, 1], [4, 4], 0.5, 2, targets);
  expect(targets).toEqual([3, 1]);
});

test('gradients of the taken values return to their places in the rows', () => {
  const taken = [1, 0, 1];
  const targets = [1, -1, 0.5];
  const values = [0.3, 0.8, -0.4, 0.1, 2, -0.7];
  const loss = (x: readonly number[], grads?: number[]) => {
    const chosen = [0, 0, 0];
    takenValues(x, taken, 3, 2, chosen);
    const gradChosen = [0, 0, 0];
    const rows = { values: chosen, oldValues: [], returns: targets };
    const total = valueLoss(rows, 3, { valueClip: null, huberDelta: 1 }, 1, gradChosen);
    if (grads !== undefined) addTakenGrads(gradChosen, taken, 3, 2, grads);
    return total;
  };
  const grads = [0, 0, 0, 0, 0, 0];
  loss(values, grads);
  expect([grads[0], grads[3], grads[4]]).toEqual([0, 0, 0]);
  expectGradient((x) => loss(x), values, grads);
});
