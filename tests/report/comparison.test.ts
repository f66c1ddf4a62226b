import { describe, expect, it } from 'vitest';
import { compareGroups, finalScores, groupRuns, performanceProfileFigure } from '#report';
import { evaluations, run, seeds } from './runs.ts';

const metric = 'episode/return';
const one = (values: readonly number[], config = {}) =>
  seeds(
    metric,
    values.map((value) => [value]),
    config,
  );

describe('a comparison of groups of runs', () => {
  const groups = groupRuns([...one([1, 2, 3, 100]), ...one([5, 6, 7, 8], { variant: 'joint' })]);

  it('has means with t intervals and interquartile means of the final windows', () => {
    const { groups: compared } = compareGroups(groups);
    expect(compared.map(({ name, seeds: own }) => [name, own])).toEqual([
      ['haggle', [1, 2, 3, 4]],
      ['haggle.joint', [1, 2, 3, 4]],
    ]);
    // The middle half of 1, 2, 3, 100 is 2, 3; of 5, 6, 7, 8 it is 6, 7.
    expect(compared.map(({ iqm }) => iqm)).toEqual([2.5, 6.5]);
    expect(compared.map(({ finalWindow }) => finalWindow?.mean)).toEqual([26.5, 6.5]);
    // t(0.975, 3) = 3.182446, s = sqrt(5 / 3).
    const half = (3.182446 * Math.sqrt(5 / 3)) / 2;
    expect(compared[1].finalWindow?.interval?.[0]).toBeCloseTo(6.5 - half, 5);
    expect(compared[1].finalWindow?.interval?.[1]).toBeCloseTo(6.5 + half, 5);
  });

  it('has bootstrap intervals that hold the interquartile mean and stay among the values', () => {
    for (const { iqm, iqmInterval } of compareGroups(groups).groups) {
      const [low, high] = iqmInterval ?? [Number.NaN, Number.NaN];
      expect(low).toBeLessThanOrEqual(iqm ?? Number.NaN);
      expect(high).toBeGreaterThanOrEqual(iqm ?? Number.NaN);
    }
    const [, joint] = compareGroups(groups).groups;
    expect(joint.iqmInterval?.[0]).toBeGreaterThanOrEqual(5);
    expect(joint.iqmInterval?.[1]).toBeLessThanOrEqual(8);
    expect((joint.iqmInterval?.[1] ?? 0) - (joint.iqmInterval?.[0] ?? 0)).toBeGreaterThan(1);
  });

  it('has the probability that a run of one beats a run of the other, every pair once', () => {
    const [pair, ...more] = compareGroups(groups).improvement;
    // 100 beats all four, the other three beat none: 4 of 16.
    expect([pair.a, pair.b, pair.probability, more]).toEqual(['haggle', 'haggle.joint', 0.25, []]);
    expect(pair.interval?.[0]).toBe(0);
    expect(pair.interval?.[1]).toBeLessThanOrEqual(1);
  });

  it('counts equal values half', () => {
    const equal = groupRuns([...one([1, 1]), ...one([1, 1], { variant: 'joint' })]);
    expect(compareGroups(equal).improvement[0]).toMatchObject({ probability: 0.5, interval: [0.5, 0.5] });
  });

  it('is the same every time, and a group’s numbers do not depend on the others', () => {
    expect(compareGroups(groups)).toEqual(compareGroups(groups));
    expect(compareGroups(groups.slice(1)).groups[0]).toEqual(compareGroups(groups).groups[1]);
  });

  it('is by final windows, never by the best value', () => {
    const values = [100, ...Array.from({ length: 9 }, () => 1)];
    expect(compareGroups(groupRuns(seeds(metric, [values, values]))).groups[0].iqm).toBe(1);
  });

  it('says of one seed what it came to, without any interval', () => {
    const { groups: compared, improvement } = compareGroups(
      groupRuns([...one([3]), ...one([4], { variant: 'joint' })]),
    );
    expect(compared[0]).toEqual({
      name: 'haggle',
      seeds: [1],
      finalWindow: { mean: 3, interval: null },
      iqm: 3,
      iqmInterval: null,
    });
    expect(improvement).toEqual([{ a: 'haggle', b: 'haggle.joint', probability: 0, interval: null }]);
  });

  it('leaves out runs without the metric, and says nothing of groups without it', () => {
    const rate = 'negotiation/agreementRate';
    const runs = [
      ...seeds(rate, [[0.5], [0.7]]),
      run({ config: { seed: 3 }, rows: evaluations(metric, [1]) }),
      ...one([2, 3], { variant: 'silent' }),
    ];
    const { groups: compared, improvement } = compareGroups(groupRuns(runs), rate);
    expect(compared[0].finalWindow?.mean).toBeCloseTo(0.6, 12);
    expect(compared[0].seeds).toEqual([1, 2, 3]);
    expect(compared[1]).toMatchObject({ finalWindow: null, iqm: null, iqmInterval: null });
    expect(improvement).toEqual([]);
    expect(finalScores(groupRuns(runs)[0], rate)).toEqual([[0.5], [0.7]]);
  });

  it('refuses a metric that no run has, and says which one was meant', () => {
    expect(() => compareGroups(groups, 'episode/retrun')).toThrow(
      'compare › metric: no run has it in its final window: got "episode/retrun". Did you mean "episode/return"?',
    );
    expect(() => compareGroups(groupRuns([run()]))).toThrow('no run has logged an evaluation yet');
  });
});

describe('performance profiles', () => {
  it('show the share of runs above each value', () => {
    const figure = performanceProfileFigure(groupRuns(one([0, 10])), metric, 'return');
    const line = figure?.data.find(({ name }) => name === 'haggle') as { x: number[]; y: number[] };
    const at = (value: number) => line.y[line.x.findLastIndex((x) => x <= value)];
    expect([at(-0.3), at(5), at(10.3)]).toEqual([1, 0.5, 0]);
  });

  it('are not drawn of single runs', () => {
    expect(performanceProfileFigure(groupRuns(one([1])), metric, 'return')).toBeUndefined();
  });
});
