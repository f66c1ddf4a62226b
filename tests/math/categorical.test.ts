import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStreams, PolityError } from '#core';
import { Categorical, entropies, greedyActions, logProbabilities, maskedLogProbability, sampleActions } from '#math';
import { expectGradient } from './finite-differences.ts';

const rng = () => createStreams('distribution').stream('act');

function loaded(
  parts: readonly number[],
  logits: readonly number[],
  mask: readonly number[] | null = null,
): Categorical {
  const choice = new Categorical(parts);
  choice.load(logits, 0, mask, 0);
  return choice;
}

test('probabilities are the softmax of the logits', () => {
  const choice = loaded([3], [0, Math.log(2), Math.log(5)]);
  expect([...choice.probabilities]).toEqual([1 / 8, 2 / 8, 5 / 8].map((p) => expect.closeTo(p, 12)));
  expect(choice.logProbability([1], 0)).toBeCloseTo(Math.log(0.25), 12);
  expect(choice.entropy()).toBeCloseTo(
    -(Math.log(1 / 8) / 8 + (2 * Math.log(2 / 8)) / 8 + (5 * Math.log(5 / 8)) / 8),
    12,
  );
});

test('a masked choice has probability 0 and the others share what is left', () => {
  const choice = loaded([3], [0, 100, Math.log(3)], [1, 0, 1]);
  expect([...choice.probabilities]).toEqual([expect.closeTo(0.25, 12), 0, expect.closeTo(0.75, 12)]);
  expect(choice.logProbability([1], 0)).toBe(maskedLogProbability);
  expect(Math.exp(maskedLogProbability)).toBe(0);
});

test('a single legal choice is certain and has no gradient', () => {
  const choice = loaded([3], [5, -2, 0], [0, 1, 0]);
  expect(choice.logProbability([1], 0)).toBeCloseTo(0, 15);
  expect(choice.entropy()).toBeCloseTo(0, 15);
  const grads = [0, 0, 0];
  choice.addGrad([1], 0, 1, 1, grads, 0);
  expect(grads.map((grad) => Math.abs(grad))).toEqual([0, 0, 0]);
});

test('extreme logits neither overflow nor give NaN', () => {
  const choice = loaded([2], [1000, -1000]);
  expect([...choice.probabilities]).toEqual([1, 0]);
  expect(choice.logProbability([1], 0)).toBe(-2000);
  expect(choice.entropy()).toBe(0);
  const grads = [0, 0];
  choice.addGrad([1], 0, 1, 1, grads, 0);
  expect(grads).toEqual([-1, 1]);
});

test('parts of a joint action are independent: log-probabilities and entropies add up', () => {
  const joint = loaded([2, 3], [0, 1, 0.5, 0.2, -1]);
  const first = loaded([2], [0, 1]);
  const second = loaded([3], [0.5, 0.2, -1]);
  expect(joint.logProbability([1, 2], 0)).toBeCloseTo(first.logProbability([1], 0) + second.logProbability([2], 0), 12);
  expect(joint.entropy()).toBeCloseTo(first.entropy() + second.entropy(), 12);
});

test('the greedy action is the most probable one in every part, the first among equals', () => {
  const joint = loaded([2, 3], [1, 1, 0.5, 7, 7], [1, 1, 1, 1, 0]);
  const action = [-1, -1];
  const logProbability = joint.greedy(action, 0);
  expect(action).toEqual([0, 1]);
  expect(logProbability).toBeCloseTo(joint.logProbability([0, 1], 0), 12);
});

test('samples come up as often as their probabilities say, and report their own log-probability', () => {
  const joint = loaded([2, 3], [0, Math.log(3), 0, 5, Math.log(4)], [1, 1, 1, 0, 1]);
  const counts = [0, 0, 0, 0, 0];
  const draws = rng();
  const action = [0, 0];
  for (let i = 0; i < 20_000; i++) {
    const logProbability = joint.sample(draws, action, 0);
    expect(logProbability).toBeCloseTo(joint.logProbability(action, 0), 12);
    counts[action[0]]++;
    counts[2 + action[1]]++;
  }
  // 1/4, 3/4 and 1/5, 0, 4/5; four standard deviations of 20 000 draws are below 0.013.
  [0.25, 0.75, 0.2, 0, 0.8].forEach((p, i) => {
    expect(Math.abs(counts[i] / 20_000 - p)).toBeLessThan(0.013);
  });
  expect(counts[3]).toBe(0);
});

test('a draw of almost 1 gives the last possible choice even where rounding leaves a gap', () => {
  const choice = loaded([4], [0.1, 0.2, 0.3, 9], [1, 1, 1, 0]);
  const almostOne = { ...rng(), random: () => 1 - 2 ** -53 } as ReturnType<typeof rng>;
  const action = [-1];
  choice.sample(almostOne, action, 0);
  expect(action).toEqual([2]);
});

test.each([
  [[0, 0], [0, 0], 'a mask that allows nothing'],
  [[Number.NaN, 0], [1, 1], 'a logit that is not finite'],
  [[Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY], [1, 1], 'a logit that is not finite'],
  [[Number.POSITIVE_INFINITY, 0], [1, 1], 'a logit that is not finite'],
])('logits %j under mask %j have no probabilities and are refused', (logits, mask, reason) => {
  expect(() => loaded([2], logits, mask)).toThrow(PolityError);
  expect(() => loaded([2], logits, mask)).toThrow(reason);
});

test('the divergence of two distributions is the expected difference of log-probabilities', () => {
  const old = loaded([2], [0, Math.log(3)]);
  const next = loaded([2], [0, 0]);
  // 1/4 log(1/4 / 1/2) + 3/4 log(3/4 / 1/2).
  expect(next.divergenceFrom(old)).toBeCloseTo(0.25 * Math.log(0.5) + 0.75 * Math.log(1.5), 12);
  expect(next.divergenceFrom(next)).toBe(0);
});

test('a choice that the old distribution never makes adds nothing to the divergence', () => {
  const old = loaded([3], [0, 0, 0], [1, 1, 0]);
  const next = loaded([3], [0, 0, 0]);
  expect(next.divergenceFrom(old)).toBeCloseTo(Math.log(3 / 2), 12);
});

const logit = fc.double({ min: -3, max: 3, noNaN: true });
const rowOf = (n: number) =>
  fc.record({
    logits: fc.array(logit, { minLength: n, maxLength: n }),
    mask: fc.array(fc.constantFrom(0, 1), { minLength: n, maxLength: n }),
    action: fc.nat(n - 1),
  });

test('gradients of log-probability, entropy and divergence are those of the values, under any mask', () => {
  fc.assert(
    fc.property(rowOf(4), rowOf(4), (one, other) => {
      const mask = one.mask.map((legal, i) => (i === one.action ? 1 : legal));
      const value = (x: number[]) => {
        const choice = loaded([4], x, mask);
        return 0.7 * choice.logProbability([one.action], 0) + 0.3 * choice.entropy();
      };
      const grads = [0, 0, 0, 0];
      loaded([4], one.logits, mask).addGrad([one.action], 0, 0.7, 0.3, grads, 0);
      expectGradient(value, one.logits, grads);
      const old = loaded([4], other.logits, mask);
      const divergence = [0, 0, 0, 0];
      loaded([4], one.logits, mask).addDivergenceGrad(old, 2, divergence, 0);
      expectGradient((x) => 2 * loaded([4], x, mask).divergenceFrom(old), one.logits, divergence);
    }),
    { numRuns: 60 },
  );
});

test('a masked action adds no gradient of its own', () => {
  const grads = [0, 0];
  loaded([2], [0, 0], [1, 0]).addGrad([1], 0, 1, 0, grads, 0);
  expect(grads).toEqual([-1, 0]);
});

test('batches are walked row by row, at their places', () => {
  const choice = new Categorical([2]);
  const outputs = [0, Math.log(3), Math.log(3), 0];
  const out = [0, 0];
  logProbabilities(choice, outputs, null, [1, 1], 2, out);
  expect(out).toEqual([expect.closeTo(Math.log(0.75), 12), expect.closeTo(Math.log(0.25), 12)]);
  entropies(choice, outputs, null, 2, out);
  expect(out[0]).toBeCloseTo(out[1], 12);
  const actions = [-1, -1];
  greedyActions(choice, outputs, null, 2, actions);
  expect(actions).toEqual([1, 0]);
  greedyActions(choice, outputs, [1, 0, 0, 1], 2, actions);
  expect(actions).toEqual([0, 1]);
  sampleActions(choice, outputs, [1, 0, 0, 1], 2, rng(), actions, out);
  expect(actions).toEqual([0, 1]);
  expect(out).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12)]);
  sampleActions(choice, outputs, [1, 0, 0, 1], 2, rng(), actions, null);
  expect(actions).toEqual([0, 1]);
});
