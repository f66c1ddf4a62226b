import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addExplainedVarianceSums,
  addPlainSums,
  advantageDeviation,
  createExplainedVarianceSums,
  createPlainSums,
  explainedVariance,
  momentsOf,
  normaliseAdvantages,
  RunningMoments,
} from '#math';

test('moments come from sums that shards make apart', () => {
  const sums = createPlainSums();
  addPlainSums([9, 1, 3], 1, 2, sums);
  expect(momentsOf(sums)).toEqual({ mean: 2, deviation: 1 });
  addPlainSums([5, 7], 0, 2, sums);
  // 1 3 5 7: mean 4, squared deviations 9 + 1 + 1 + 9 over 4.
  expect(momentsOf(sums)).toEqual({ mean: 4, deviation: Math.sqrt(5) });
  expect(momentsOf(createPlainSums())).toEqual({ mean: 0, deviation: 0 });
});

test('normalised advantages have mean 0 and deviation 1, and rows outside stay', () => {
  const advantages = [99, 1, 3, 5, 7, 99];
  const sums = createPlainSums();
  addPlainSums(advantages, 1, 4, sums);
  normaliseAdvantages(advantages, 1, 4, momentsOf(sums));
  expect(advantages[0]).toBe(99);
  expect(advantages[5]).toBe(99);
  expect(advantages[1]).toBeCloseTo(-3 / Math.sqrt(5), 7);
  const after = createPlainSums();
  addPlainSums(advantages, 1, 4, after);
  expect(momentsOf(after).mean).toBeCloseTo(0, 12);
  expect(momentsOf(after).deviation).toBeCloseTo(1, 7);
});

test('advantages that are all alike become 0, not infinite', () => {
  const advantages = [2, 2];
  normaliseAdvantages(advantages, 0, 2, { mean: 2, deviation: 0 });
  expect(advantages).toEqual([0, 0]);
});

test('explained variance is 1 for perfect values, 0 for a constant, negative for worse', () => {
  const of = (values: number[], returns: number[]) => {
    const sums = createExplainedVarianceSums();
    addExplainedVarianceSums(values, returns, 0, values.length, sums);
    return explainedVariance(sums);
  };
  expect(of([2, 4], [2, 4])).toBe(1);
  expect(of([3, 3], [2, 4])).toBe(0);
  expect(of([4, 2], [2, 4])).toBe(1 - 4);
  // Var(R) = 1, errors 1 and 2: Var = 1/4.
  expect(of([1, 2], [2, 4])).toBe(0.75);
});

test('explained variance says nothing where the returns do not vary', () => {
  const sums = createExplainedVarianceSums();
  addExplainedVarianceSums([1, 2, 3], [0.1, 0.1, 0.1], 0, 3, sums);
  expect(explainedVariance(sums)).toBeUndefined();
  expect(explainedVariance(createExplainedVarianceSums())).toBeUndefined();
});

const batches = fc.array(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 0, maxLength: 6 }), {
  minLength: 1,
  maxLength: 5,
});

test('running moments are those of everything seen, however it was cut into batches', () => {
  fc.assert(
    fc.property(batches, (parts) => {
      const moments = new RunningMoments(1);
      for (const part of parts) moments.update(part, part.length);
      const all = parts.flat();
      expect(moments.count).toBe(all.length);
      if (all.length === 0) return;
      const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
      const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
      expect(moments.mean[0]).toBeCloseTo(mean, 8);
      expect(Math.abs(moments.variance(0) - variance)).toBeLessThan(1e-9 * Math.max(1, variance));
    }),
  );
});

test('features are kept apart, rows may start anywhere, and shards merge', () => {
  const moments = new RunningMoments(2);
  moments.update([99, 99, 1, 10, 3, 30], 2, 2);
  expect([...moments.mean]).toEqual([2, 20]);
  expect([moments.variance(0), moments.variance(1)]).toEqual([1, 100]);
  const other = new RunningMoments(2);
  other.update([5, 50, 7, 70], 2);
  moments.merge(other);
  expect(moments.count).toBe(4);
  expect([...moments.mean]).toEqual([4, 40]);
  expect(moments.variance(0)).toBe(5);
  moments.merge(new RunningMoments(2));
  expect(moments.count).toBe(4);
});

test('what goes through normalise comes back through denormalise, except what the clip cut', () => {
  const moments = new RunningMoments(1);
  moments.update([1, 3], 2);
  const values = [1, 3, 2, 100];
  const out = [0, 0, 0, 0];
  moments.normalise(values, 4, out, 5, 0);
  expect(out).toEqual([-1, 1, 0, 5]);
  moments.denormalise(out, 4, out, 0);
  expect(out).toEqual([1, 3, 2, 7]);
});

test('before the first row normalising changes nothing', () => {
  const moments = new RunningMoments(1);
  const out = [0];
  expect(moments.variance(0)).toBe(0);
  moments.normalise([3], 1, out);
  expect(out).toEqual([3]);
  moments.denormalise([3], 1, out);
  expect(out).toEqual([3]);
});

test('a restored state goes on exactly as the one it was taken from', () => {
  const moments = new RunningMoments(2);
  moments.update([0.1, 0.2, 0.7, -4], 2);
  const copy = new RunningMoments(2);
  copy.restore(JSON.parse(JSON.stringify(moments.state())));
  moments.update([3, 0.3], 1);
  copy.update([3, 0.3], 1);
  expect(copy.state()).toEqual(moments.state());
  copy.clear();
  expect(copy.state()).toEqual(new RunningMoments(2).state());
});

test('a state of another size is refused', () => {
  expect(() => new RunningMoments(2).restore({ count: 1, mean: [0], squares: [0] })).toThrow(
    'running moments: a state of another size: got 1 features, expected 2',
  );
  expect(() => new RunningMoments(2).restore({ count: 1, mean: [0, 0], squares: [0] })).toThrow('another size');
});

describe('the deviation of advantages', () => {
  const sumsOf = (values: readonly number[]) => {
    const sums = createPlainSums();
    addPlainSums(values, 0, values.length, sums);
    return sums;
  };

  it('is their own where they differ by more than a hundredth of the returns', () => {
    expect(advantageDeviation(sumsOf([-0.5, 0.5]), sumsOf([3, 4, 5]))).toBeCloseTo(0.5, 12);
  });

  it('is a share of the root mean square of the returns where all is solved and only noise is left', () => {
    // sqrt((9 + 16) / 2) = 3.5355
    expect(advantageDeviation(sumsOf([-1e-6, 1e-6]), sumsOf([3, -4]))).toBeCloseTo(0.035355, 6);
    expect(advantageDeviation(sumsOf([0, 0]), sumsOf([2, 2]), 0.1)).toBeCloseTo(0.2, 12);
  });

  it('is 0 where nothing was ever paid', () => {
    expect(advantageDeviation(sumsOf([0, 0]), sumsOf([0, 0]))).toBe(0);
    expect(advantageDeviation(sumsOf([]), sumsOf([]))).toBe(0);
  });
});
