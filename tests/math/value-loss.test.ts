import { expect, test } from 'vitest';
import { type ValueLossOptions, type ValueRows, valueLoss } from '#math';
import { expectGradient } from './finite-differences.ts';

const plain: ValueLossOptions = { valueClip: null, huberDelta: null };

function loss(rows: ValueRows, options: ValueLossOptions, weight = 1) {
  const grads = Array.from(rows.values, () => 0);
  return { total: valueLoss(rows, rows.values.length, options, weight, grads), grads };
}

test('without a clip the loss is half the squared error', () => {
  const rows = { values: [3, 1], oldValues: [], returns: [1, 2] };
  expect(loss(rows, plain)).toEqual({ total: 2 + 0.5, grads: [2, -1] });
});

test('the weight goes into the gradient, not into the sum', () => {
  expect(loss({ values: [3], oldValues: [], returns: [1] }, plain, 0.25)).toEqual({ total: 2, grads: [0.5] });
});

test('a value that moved too far counts as if it had stopped there, when that is worse', () => {
  const clip = { valueClip: 0.5, huberDelta: null };
  // From 0 to 2, target 3: the stopped value 0.5 is worse (error -2.5), and does not depend on the network.
  expect(loss({ values: [2], oldValues: [0], returns: [3] }, clip)).toEqual({ total: 3.125, grads: [0] });
  // Target 0.5: the stopped value is right, the value itself worse, so its gradient stays.
  expect(loss({ values: [2], oldValues: [0], returns: [0.5] }, clip)).toEqual({ total: 1.125, grads: [1.5] });
  // Within the clip nothing changes.
  expect(loss({ values: [0.4], oldValues: [0], returns: [1] }, clip).grads[0]).toBeCloseTo(-0.6, 12);
});

test("Huber's form limits the gradient", () => {
  expect(loss({ values: [5], oldValues: [], returns: [0] }, { valueClip: null, huberDelta: 2 })).toEqual({
    total: 2 * (5 - 1),
    grads: [2],
  });
});

test.each([
  plain,
  { valueClip: 0.3, huberDelta: null },
  { valueClip: null, huberDelta: 0.8 },
  { valueClip: 0.3, huberDelta: 0.8 },
])('the gradient is that of the loss: %j', (options) => {
  const oldValues = [0.1, -1, 2, 0.5, 0];
  const returns = [1.2, -1.4, 0.3, 0.4, 3];
  const values = [0.25, -0.2, 1.3, 0.55, 0.9];
  const { grads } = loss({ values, oldValues, returns }, options, 0.7);
  expectGradient((x) => 0.7 * loss({ values: x, oldValues, returns }, options).total, values, grads);
});
