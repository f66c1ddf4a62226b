import { describe, expect, it } from 'vitest';
import {
  evaluationCurve,
  evaluationKeys,
  evaluationStretch,
  finalKeys,
  finalTable,
  groupRuns,
  mostPoints,
  trainingCurve,
} from '#report';
import { evaluations, row, run, seeds } from './runs.ts';

describe('groups of runs', () => {
  it('hold runs that differ in their seed alone, by seed, and go by experiment and variant', () => {
    const runs = [
      run({ config: { seed: 10 } }),
      run({ config: { variant: 'prosocial', seed: 1 } }),
      run({ config: { seed: 2 } }),
    ];
    const groups = groupRuns(runs).map(({ name, runs: own }) => [name, own.map(({ config }) => config.seed)]);
    expect(groups).toEqual([
      ['haggle', [2, 10]],
      ['haggle.prosocial', [1]],
    ]);
  });

  it('of the same name go by what was set differently', () => {
    const runs = [
      run({ config: { learner: { algorithm: 'ppo' } } }),
      run({ config: { learner: { algorithm: 'mappo' } } }),
    ];
    expect(groupRuns(runs).map(({ name }) => name)).toEqual([
      'haggle (learner.algorithm ppo)',
      'haggle (learner.algorithm mappo)',
    ]);
  });

  it('are refused without runs, and with the same run twice', () => {
    expect(() => groupRuns([])).toThrow('report: no runs to report on');
    expect(() => groupRuns([run(), run()])).toThrow(
      'report › haggle: the run with seed 1 was given twice with the same configuration',
    );
  });
});

describe('a curve of evaluations', () => {
  it('over several seeds is their mean with a t band', () => {
    const curve = evaluationCurve(
      seeds('episode/return', [
        [0, 1],
        [0, 2],
        [0, 3],
      ]),
      'episode/return',
    );
    expect(curve).toMatchObject({ x: [0, 1000], mean: [0, 2], basis: 'seeds' });
    expect(curve?.high[1]).toBeCloseTo(2 + 4.302653 / Math.sqrt(3), 5);
    expect(curve?.runs.map(({ y }) => y)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
  });

  it('goes as far as half of the seeds have come', () => {
    const curve = evaluationCurve(seeds('episode/return', [[1, 2, 3], [1, 2], [1]]), 'episode/return');
    expect(curve?.x).toEqual([0, 1000]);
    expect(curve?.low).toEqual([1, 2]);
  });

  it('of one seed has 1.96 standard errors over episodes around it, and no band where there is no error', () => {
    const rows = [
      row('eval', 0, { 'episode/return': 5, 'episode/return/standardError': 1 }),
      row('eval', 1000, { 'episode/return': 6 }),
    ];
    const curve = evaluationCurve([run({ rows })], 'episode/return');
    expect(curve?.low[0]).toBeCloseTo(5 - 1.96, 3);
    expect(curve?.low[1]).toBeNull();
    expect(curve?.basis).toBe('episodes');
  });

  it('of a share stays a share', () => {
    const rows = [
      row('eval', 0, { 'negotiation/agreementRate': 0.99, 'negotiation/agreementRate/standardError': 0.1 }),
    ];
    expect(evaluationCurve([run({ rows })], 'negotiation/agreementRate')?.high).toEqual([1]);
  });

  it('is undefined where no run has the metric', () => {
    expect(evaluationCurve([run()], 'episode/return')).toBeUndefined();
  });

  it('is made of the seeds that have the metric', () => {
    const [with1, with2] = seeds('game/cooperationRate', [[0.2], [0.4]]);
    const without = run({ config: { seed: 3 }, rows: evaluations('episode/return', [1]) });
    const curve = evaluationCurve([with1, with2, without], 'game/cooperationRate');
    expect(curve?.mean[0]).toBeCloseTo(0.3, 12);
    expect(curve?.runs.map(({ seed }) => seed)).toEqual(['1', '2']);
  });
});

describe('a curve of training', () => {
  it('is averaged over stretches of updates where the log is long', () => {
    const rows = Array.from({ length: 2 * mostPoints }, (_, i) => row('train', 100 * (i + 1), { 'loss/value': i }));
    const curve = trainingCurve([run({ rows })], 'loss/value');
    expect(curve?.x).toHaveLength(mostPoints);
    expect(curve?.x.slice(0, 2)).toEqual([200, 400]);
    expect(curve?.mean.slice(0, 2)).toEqual([0.5, 2.5]);
  });

  it('leaves out updates without a value', () => {
    const rows = [
      row('train', 100, { 'loss/value': 1 }),
      row('train', 200, {}),
      row('train', 300, { 'loss/value': 3 }),
    ];
    expect(trainingCurve([run({ rows })], 'loss/value')).toMatchObject({ x: [100, 300], mean: [1, 3] });
  });
});

describe('the table of final values', () => {
  const rows = [
    row('eval', 0, {
      'episode/return': 1,
      'negotiation/roundsToAgreement': 3,
      'baseline/random/episode/return': 0.5,
      'vs/random/return': 2,
    }),
    row('eval', 1000, {
      'negotiation/agreementRate': 0.5,
      'episode/return': 4,
      'episode/return/standardError': 1,
      'episode/return/player': 2,
      'vs/random/return': 3,
      'vs/random/episode/return': 5,
    }),
  ];

  it('has the learners alone first, metrics in the order of their registry, then each opponent', () => {
    expect(finalTable([run({ rows })]).map(({ metric }) => metric)).toEqual([
      'episode/return',
      'episode/return/player',
      'negotiation/agreementRate',
      'vs/random/return',
      'vs/random/episode/return',
    ]);
  });

  it('has start, final value, interval and baselines beside each other', () => {
    const [first, member, , versus] = finalTable([run({ rows })]);
    expect(first).toMatchObject({
      title: 'Episode return',
      start: 1,
      mean: 4,
      basis: 'episodes',
      baselines: { random: 0.5 },
    });
    expect(member).toMatchObject({ title: 'Episode return: player', member: 'player', baselines: {} });
    expect(member).not.toHaveProperty('start');
    expect(versus).toMatchObject({ title: 'Learner’s return', opponent: 'random', start: 2, mean: 3 });
  });

  it('leaves out what the final window does not have, which the evaluations still know', () => {
    expect(finalKeys([run({ rows })])).not.toContain('negotiation/roundsToAgreement');
    expect(evaluationKeys([run({ rows })])).toContain('negotiation/roundsToAgreement');
    expect(finalTable([run()])).toEqual([]);
  });
});

describe('the curve of a long run’s evaluations', () => {
  it('has at most 300 points, means of equal numbers of evaluations with the mean of their errors', () => {
    const error = 'episode/return/standardError';
    const rows = Array.from({ length: 601 }, (_, i) => row('eval', 100 * i, { 'episode/return': i, [error]: i % 3 }));
    const curve = evaluationCurve([run({ rows })], 'episode/return')!;
    expect(evaluationStretch([run({ rows })])).toBe(3);
    expect(curve.x).toHaveLength(201);
    // Evaluations 0, 1, 2 at step 200, with errors 0, 1, 2.
    expect([curve.x[0], curve.mean[0]]).toEqual([200, 1]);
    expect(curve.high[0]).toBeCloseTo(1 + 1.96, 2);
    expect([curve.x[200], curve.mean[200]]).toEqual([60000, 600]);
    const short = run({ rows: rows.slice(0, 300) });
    expect(evaluationCurve([short], 'episode/return')?.x).toHaveLength(300);
  });
});
