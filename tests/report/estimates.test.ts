import { describe, expect, it } from 'vitest';
import {
  baselinePolicies,
  baselinesOf,
  finalEstimate,
  finalWindow,
  meanWithInterval,
  opponentPolicies,
  startMean,
  within,
} from '#report';
import { evaluations, row, run, seeds } from './runs.ts';

describe('a mean with its interval', () => {
  it('is the t interval of independent values', () => {
    const { mean, low, high, basis, count } = meanWithInterval([1, 2, 3], 'seeds');
    // t(0.975, 2) = 4.302653, s = 1, so the half-width is 4.302653 / sqrt(3).
    expect([mean, basis, count]).toEqual([2, 'seeds', 3]);
    expect(low).toBeCloseTo(2 - 4.302653 / Math.sqrt(3), 5);
    expect(high).toBeCloseTo(2 + 4.302653 / Math.sqrt(3), 5);
  });

  it('has no interval where there is one value', () => {
    expect(meanWithInterval([4], 'seeds')).toEqual({ mean: 4, count: 1 });
  });

  it('is cut to what the value can be, and left alone where there is nothing to cut', () => {
    expect(within({ mean: 0.9, low: 0.7, high: 1.1, count: 3 }, [0, 1])).toMatchObject({ low: 0.7, high: 1 });
    expect(within({ mean: 7, count: 1 }, [0, 1])).toEqual({ mean: 7, count: 1 });
  });
});

describe('the final window', () => {
  it.each([
    [0, 0],
    [1, 1],
    [10, 1],
    [11, 2],
    [21, 3],
    [30, 3],
  ])('of %i evaluations is the last %i: a tenth, rounded up', (count, expected) => {
    const rows = evaluations(
      'episode/return',
      Array.from({ length: count }, (_, i) => i),
    );
    const window = finalWindow(rows);
    expect(window.map((one) => one['episode/return'])).toEqual(
      Array.from({ length: expected }, (_, i) => count - expected + i),
    );
  });

  it('passes over training rows', () => {
    const rows = [...evaluations('episode/return', [1, 2]), row('train', 5000, { 'episode/return': 99 })];
    expect(finalWindow(rows).map(({ envSteps }) => envSteps)).toEqual([1000]);
  });
});

describe('a final value', () => {
  const best = [0, 100, 0, 0, 0, 0, 0, 0, 0, 3];

  it('is what a run came to, never the best that it was', () => {
    expect(finalEstimate(seeds('episode/return', [best]), 'episode/return')?.mean).toBe(3);
  });

  it('of several seeds is the mean of their windows with a t interval over seeds', () => {
    const estimate = finalEstimate(
      seeds('episode/return', [
        [0, 2],
        [0, 4],
        [0, 6],
      ]),
      'episode/return',
    );
    expect(estimate).toMatchObject({ mean: 4, basis: 'seeds', count: 3 });
    expect(estimate?.high).toBeCloseTo(4 + (4.302653 * 2) / Math.sqrt(3), 5);
  });

  it('of one seed has an interval over its last evaluations where there are three of them', () => {
    const values = [...Array.from({ length: 18 }, () => 0), 1, 2, 3];
    expect(finalEstimate(seeds('episode/return', [values]), 'episode/return')).toMatchObject({
      mean: 2,
      basis: 'evaluations',
      count: 3,
    });
  });

  it('of one seed with fewer evaluations has 1.96 standard errors over the episodes of one', () => {
    const rows = [row('eval', 0, { 'episode/return': 10, 'episode/return/standardError': 2 })];
    const estimate = finalEstimate([run({ rows })], 'episode/return');
    expect(estimate).toMatchObject({ mean: 10, basis: 'episodes' });
    expect(estimate?.low).toBeCloseTo(10 - 1.96 * 2, 2);
    expect(estimate?.high).toBeCloseTo(10 + 1.96 * 2, 2);
  });

  it('has no interval where nothing is known about the spread', () => {
    expect(finalEstimate(seeds('episode/return', [[5]]), 'episode/return')).toEqual({ mean: 5, count: 1 });
  });

  it('is made of the seeds that have the metric, and undefined where none has', () => {
    const runs = [
      ...seeds('negotiation/roundsToAgreement', [[4]]),
      run({ config: { seed: 2 }, rows: evaluations('episode/return', [1]) }),
    ];
    expect(finalEstimate(runs, 'negotiation/roundsToAgreement')).toEqual({ mean: 4, count: 1 });
    expect(finalEstimate(runs, 'game/cooperationRate')).toBeUndefined();
  });

  it('of a share does not reach beyond 1', () => {
    const estimate = finalEstimate(seeds('negotiation/agreementRate', [[1], [0.9]]), 'negotiation/agreementRate');
    expect(estimate?.high).toBe(1);
  });
});

describe('the start', () => {
  it('is the mean of the first evaluations', () => {
    const runs = seeds('episode/return', [
      [1, 9],
      [3, 9],
    ]);
    expect(startMean(runs, 'episode/return')).toBe(2);
    expect(startMean(runs, 'game/cooperationRate')).toBeUndefined();
  });
});

describe('baselines', () => {
  const measured = (seed: number, mean: number, error: number) =>
    run({
      config: { seed },
      rows: [
        row('eval', 0, {
          'baseline/random/episode/return': mean,
          'baseline/random/episode/return/standardError': error,
          'vs/boulware/return': 3,
        }),
        row('eval', 1000, { 'vs/boulware/return': 4, 'vs/random/return': 5 }),
      ],
    });

  it('are means over the runs that measured them, with an error that does not shrink with their number', () => {
    const found = baselinesOf([measured(1, 2, 0.5), measured(2, 4, 0.5)], 'episode/return');
    expect([...found.keys()]).toEqual(['random']);
    expect(found.get('random')).toMatchObject({ mean: 3, basis: 'episodes', count: 2 });
    expect(found.get('random')?.high).toBeCloseTo(3 + 1.96 * 0.5, 2);
  });

  it('are none for a metric that they were not measured in', () => {
    expect(baselinesOf([measured(1, 2, 0.5)], 'game/cooperationRate').size).toBe(0);
    expect(baselinesOf([run()], 'episode/return').size).toBe(0);
  });

  it('are told from opponents', () => {
    expect(baselinePolicies([measured(1, 2, 0.5)])).toEqual(['random']);
    expect(opponentPolicies([measured(1, 2, 0.5)])).toEqual(['boulware', 'random']);
  });
});
