import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AdvantageRows, discountedReturns, gae, lambdaReturns, nStepReturns } from '#math';

const rows: AdvantageRows = {
  rewards: [1, 2, 4],
  values: [0.5, 1, 2],
  nextValues: [1, 2, 8],
  terminated: [0, 0, 0],
  truncated: [0, 0, 0],
};

function run(fill: (out: number[]) => void, length = 3): number[] {
  const out = new Array<number>(length).fill(Number.NaN);
  fill(out);
  return out;
}

test('advantages sum discounted errors up to the last row', () => {
  // delta = r + 0.5 V' - V: 1 + 0.5 - 0.5 = 1, 2 + 1 - 1 = 2, 4 + 4 - 2 = 6; gamma lambda = 0.25.
  const advantages = run((out) => gae(rows, 0.5, 0.5, out, 0, 3));
  expect(advantages).toEqual([1 + 0.25 * (2 + 0.25 * 6), 2 + 0.25 * 6, 6]);
});

test('a termination takes no bootstrap, a truncation does, and neither lets later rows flow back', () => {
  const ended = { ...rows, terminated: [0, 1, 0] };
  // Row 1: delta = 2 - 1 = 1.
  expect(run((out) => gae(ended, 0.5, 0.5, out, 0, 3))).toEqual([1 + 0.25 * 1, 1, 6]);
  const cut = { ...rows, truncated: [0, 1, 0] };
  // Row 1: delta = 2 + 0.5 * 2 - 1 = 2, and the 6 behind it stays out.
  expect(run((out) => gae(cut, 0.5, 0.5, out, 0, 3))).toEqual([1 + 0.25 * 2, 2, 6]);
});

test('lambda 0 gives one-step errors, lambda 1 the return less the value', () => {
  expect(run((out) => gae(rows, 0.5, 0, out, 0, 3))).toEqual([1, 2, 6]);
  const returns = run((out) => discountedReturns(rows, 0.5, out, 0, 3));
  // 4 + 0.5 * 8 = 8, 2 + 0.5 * 8 = 6, 1 + 0.5 * 6 = 4.
  expect(returns).toEqual([4, 6, 8]);
  expect(run((out) => gae(rows, 0.5, 1, out, 0, 3))).toEqual([4 - 0.5, 6 - 1, 8 - 2]);
});

test('lambda-returns mix the next value with what follows', () => {
  // 8; 2 + 0.5 (0.5 * 2 + 0.5 * 8) = 4.5; 1 + 0.5 (0.5 * 1 + 0.5 * 4.5) = 2.375.
  expect(run((out) => lambdaReturns(rows, 0.5, 0.5, out, 0, 3))).toEqual([2.375, 4.5, 8]);
  // A termination in the middle: 2 alone; 1 + 0.5 (0.5 + 1) = 1.75.
  const ended = { ...rows, terminated: [0, 1, 0] };
  expect(run((out) => lambdaReturns(ended, 0.5, 0.5, out, 0, 3))).toEqual([1.75, 2, 8]);
  // A truncation: 2 + 0.5 * 2 = 3; 1 + 0.5 (0.5 + 1.5) = 2.
  const cut = { ...rows, truncated: [0, 1, 0] };
  expect(run((out) => lambdaReturns(cut, 0.5, 0.5, out, 0, 3))).toEqual([2, 3, 8]);
});

test('n-step returns stop after n rewards, at an end, or at the last row', () => {
  // n = 2: 1 + 0.5 * 2 + 0.25 * 2 = 2.5; 2 + 0.5 * 4 + 0.25 * 8 = 6; 4 + 0.5 * 8 = 8.
  expect(run((out) => nStepReturns(rows, 0.5, 2, out, 0, 3))).toEqual([2.5, 6, 8]);
  expect(run((out) => nStepReturns(rows, 0.5, 1, out, 0, 3))).toEqual([1.5, 3, 8]);
  const ended = { ...rows, terminated: [0, 1, 0] };
  expect(run((out) => nStepReturns(ended, 0.5, 3, out, 0, 3))).toEqual([1 + 0.5 * 2, 2, 8]);
  const cut = { ...rows, truncated: [0, 1, 0] };
  expect(run((out) => nStepReturns(cut, 0.5, 3, out, 0, 3))).toEqual([1 + 0.5 * 2 + 0.25 * 2, 3, 8]);
});

test('rows outside start and length are neither read nor written', () => {
  const out = [-1, -1, -1];
  gae(rows, 0.5, 0.5, out, 1, 1);
  expect(out).toEqual([-1, 2, -1]);
  discountedReturns(rows, 0.5, out, 0, 1);
  expect(out).toEqual([1.5, 2, -1]);
});

const anyRows = fc
  .array(
    fc.record({
      reward: fc.double({ min: -5, max: 5, noNaN: true }),
      value: fc.double({ min: -5, max: 5, noNaN: true }),
      next: fc.double({ min: -5, max: 5, noNaN: true }),
      end: fc.constantFrom('no', 'terminated', 'truncated'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((list) => ({
    rewards: list.map(({ reward }) => reward),
    values: list.map(({ value }) => value),
    nextValues: list.map(({ next }) => next),
    terminated: list.map(({ end }) => (end === 'terminated' ? 1 : 0)),
    truncated: list.map(({ end }) => (end === 'truncated' ? 1 : 0)),
  }));
const share = fc.double({ min: 0, max: 1, noNaN: true });

test('advantage plus value is the lambda-return wherever the next value is that of the next row', () => {
  fc.assert(
    fc.property(anyRows, share, share, (given, gamma, lambda) => {
      const length = given.rewards.length;
      // Within an episode the observation reached is the one acted on next.
      const nextValues = given.nextValues.map((next, t) =>
        given.terminated[t] || given.truncated[t] || t === length - 1 ? next : given.values[t + 1],
      );
      const consistent = { ...given, nextValues };
      const advantages = run((out) => gae(consistent, gamma, lambda, out, 0, length), length);
      const returns = run((out) => lambdaReturns(consistent, gamma, lambda, out, 0, length), length);
      returns.forEach((value, t) => {
        expect(advantages[t] + given.values[t]).toBeCloseTo(value, 9);
      });
    }),
  );
});

test('n-step returns with n as long as the rows are discounted returns, and so are lambda-returns with lambda 1', () => {
  fc.assert(
    fc.property(anyRows, share, (given, gamma) => {
      const length = given.rewards.length;
      const discounted = run((out) => discountedReturns(given, gamma, out, 0, length), length);
      const steps = run((out) => nStepReturns(given, gamma, length, out, 0, length), length);
      discounted.forEach((value, t) => {
        expect(steps[t]).toBeCloseTo(value, 9);
      });
    }),
  );
});

test('advantages equal the definition, a sum over later errors up to the end of the episode', () => {
  fc.assert(
    fc.property(anyRows, share, share, (given, gamma, lambda) => {
      const length = given.rewards.length;
      const advantages = run((out) => gae(given, gamma, lambda, out, 0, length), length);
      for (let t = 0; t < length; t++) {
        let sum = 0;
        for (let k = t; k < length; k++) {
          const bootstrap = given.terminated[k] ? 0 : given.nextValues[k];
          sum += (gamma * lambda) ** (k - t) * (given.rewards[k] + gamma * bootstrap - given.values[k]);
          if (given.terminated[k] || given.truncated[k]) break;
        }
        expect(advantages[t]).toBeCloseTo(sum, 9);
      }
    }),
  );
});
