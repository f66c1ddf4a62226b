import { expect, test } from 'vitest';
import { gae, vtrace } from '#math';

const rows = {
  rewards: [1, 2],
  values: [0, 1],
  nextValues: [1, 4],
  terminated: [0, 0],
  truncated: [0, 0],
};

function run(rhos: number[], options: Parameters<typeof vtrace>[2], given = rows) {
  const out = {
    errors: [Number.NaN, Number.NaN],
    advantages: [Number.NaN, Number.NaN],
    qEstimates: [Number.NaN, Number.NaN],
  };
  vtrace(given, rhos, options, out, 0, 2);
  return out;
}

test('importance weights are bounded apart in the error, in the trace and in the policy gradient', () => {
  const { errors, advantages, qEstimates } = run([3, 0.5], { gamma: 0.5, lambda: 1, clipRho: 2, clipPolicyRho: 1.5 });
  // Row 1: delta = 0.5 (2 + 0.5 * 4 - 1) = 1.5. Row 0: delta = min(2, 3) (1 + 0.5 * 1 - 0) = 3; trace min(1, 3) = 1.
  expect(errors).toEqual([3 + 0.5 * 1 * 1.5, 1.5]);
  // Q: row 1: 2 + 0.5 * 4; row 0: 1 + 0.5 (1 + 1.5), the next target being value plus error.
  expect(qEstimates).toEqual([2.25, 4]);
  // min(1.5, 3) (2.25 - 0), min(1.5, 0.5) (4 - 1).
  expect(advantages).toEqual([1.5 * 2.25, 0.5 * 3]);
});

test('on policy the errors are those of TD(lambda)', () => {
  const advantages = [0, 0];
  gae(rows, 0.9, 0.7, advantages, 0, 2);
  const { errors } = run([1, 1], { gamma: 0.9, lambda: 0.7, clipRho: 1, clipPolicyRho: 1 });
  errors.forEach((error, t) => {
    expect(error).toBeCloseTo(advantages[t], 12);
  });
});

test('nothing flows back over an end, and only a truncation bootstraps', () => {
  const options = { gamma: 0.5, lambda: 1, clipRho: 1, clipPolicyRho: 1 };
  const ended = run([1, 1], options, { ...rows, terminated: [1, 0] });
  expect(ended.errors[0]).toBe(1);
  expect(ended.qEstimates[0]).toBe(1);
  const cut = run([1, 1], options, { ...rows, truncated: [1, 0] });
  expect(cut.errors[0]).toBe(1 + 0.5);
  expect(cut.qEstimates[0]).toBe(1.5);
});
