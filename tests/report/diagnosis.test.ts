import { describe, expect, it } from 'vitest';
import type { MetricRow } from '#core';
import { diagnose, diagnosisRules, type Finding, type ReportedRun, reportPage } from '#report';
import { row, run } from './runs.ts';

/** A column of the training rows: one number, or a number for each update from 0 on. */
type Column = number | ((update: number) => number);

interface Log {
  readonly updates?: number;
  readonly columns?: Readonly<Record<string, Column>>;
  /** Returns of the first, the middle and the last evaluation, each with a standard error of 1. */
  readonly returns?: readonly [first: number, middle: number, last: number];
  readonly learner?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly seed?: number;
}

/** A run of 100 env-steps an update, by default of forty updates that left the return where it was. */
function log({
  updates = 40,
  columns = {},
  returns = [5, 5, 5],
  learner = {},
  config = {},
  seed = 1,
}: Log = {}): ReportedRun {
  const trained = Array.from({ length: updates }, (_, i) => {
    const numbers = Object.entries(columns).map(([key, column]) => [
      key,
      typeof column === 'number' ? column : column(i),
    ]);
    return row('train', 100 * (i + 1), Object.fromEntries(numbers));
  });
  const evaluated = returns.map((value, i) =>
    row('eval', i * 50 * updates, { 'episode/return': value, 'episode/return/standardError': 1 }),
  );
  const rows: readonly MetricRow[] = [...trained, ...evaluated].sort((a, b) => a.envSteps - b.envSteps);
  return run({ config: { seed, learner: { algorithm: 'ppo', ...learner }, ...config }, rows });
}

const found = (made: Log) => diagnose([log(made)]).findings.map(({ id }) => id);
const only = (made: Log): Finding => {
  const { findings } = diagnose([log(made)]);
  expect(findings).toHaveLength(1);
  return findings[0];
};
const turning = (update: number, then: number, before: number) => (i: number) => (i >= update ? then : before);

describe('why a policy does not learn', () => {
  it('finds nothing in a log without anything strange in it', () => {
    const columns = {
      'episode/return': (i: number) => i,
      'policy/entropy': (i: number) => 1 - i / 80,
      'policy/approxKl': 0.01,
      'policy/clipFraction': 0.15,
      'policy/explainedVariance': 0.8,
      'policy/target': 1,
      'policy/targetDeviation': 1,
      'policy/deadUnits': 0.1,
      'policy/forcedTurns': 0.2,
    };
    expect(diagnose([log({ columns, returns: [0, 10, 20] })])).toEqual({
      outcomes: { rose: 1, flat: 0, fell: 0, unknown: 0 },
      findings: [],
    });
  });

  it('counts a return as risen or fallen beyond 1.96 standard errors of the difference, 2.77 for errors of 1', () => {
    const outcome = (last: number) => {
      const { outcomes } = diagnose([log({ returns: [5, 5, last] })]);
      return Object.entries(outcomes).filter(([, count]) => count === 1)[0][0];
    };
    expect([2.2, 2.3, 7.7, 7.8].map(outcome)).toEqual(['fell', 'flat', 'flat', 'rose']);
    expect(diagnose([run({ rows: [row('eval', 0, { 'episode/return': 1 })] })]).outcomes.unknown).toBe(1);
  });

  describe('entropy collapse', () => {
    const collapse = {
      columns: { 'policy/entropy': turning(10, 0.01, 0.69) },
      learner: { entropyWeight: 0, learningRate: 0.1 },
    };

    it('is an entropy below a twentieth of its start before the middle of the run, without a rise since', () => {
      expect(only(collapse)).toMatchObject({
        id: 'entropy-collapse',
        evidence: 'Entropy fell from 0.69 to 0.01 (1 %) by 1\u202f100 of 4\u202f000 env-steps and ended at 0.01.',
        turns: [
          { key: 'learner.entropyWeight', now: '0' },
          { key: 'learner.learningRate', now: '0.1' },
        ],
      });
    });

    it.each([
      ['comes late', { columns: { 'policy/entropy': turning(30, 0.01, 0.69) } }],
      ['stops at a tenth', { columns: { 'policy/entropy': turning(10, 0.069, 0.69) } }],
      [
        'comes back',
        { columns: { 'policy/entropy': (i: number) => (i > 10 && i < 30 ? 0.01 : 0.69) }, returns: [0, 5, 10] },
      ],
      ['is followed by a rise', { ...collapse, returns: [0, 0, 10] }],
      ['is of densities, whose entropies have no floor', { columns: { 'policy/entropy': (i: number) => 1 - i / 10 } }],
    ] as const)('is none where the fall %s', (_, made) => {
      expect(found(made)).toEqual([]);
    });
  });

  describe('KL spikes', () => {
    it('are updates above 0.1 and five times the median, three of them at least', () => {
      const spiky = {
        columns: { 'policy/approxKl': (i: number) => (i % 10 === 9 ? 0.4 + i / 100 : 0.01) },
        learner: { targetKl: null },
      };
      expect(only(spiky)).toMatchObject({
        id: 'kl-spikes',
        evidence: 'Median KL 0.01, greatest 0.79 at 4\u202f000 of 4\u202f000 env-steps; 4 of 40 updates (10 %) jumped.',
        turns: [{ key: 'learner.targetKl', now: 'null' }],
      });
      expect(found({ columns: { 'policy/approxKl': (i) => (i < 2 ? 0.4 : 0.01) } })).toEqual([]);
      expect(found({ columns: { 'policy/approxKl': (i) => (i % 10 === 9 ? 0.09 : 0.01) } })).toEqual([]);
    });

    it('are not needed where every update goes too far', () => {
      expect(only({ columns: { 'policy/approxKl': 0.06 } }).evidence).toBe(
        'Median KL 0.06, greatest 0.06 at 100 of 4\u202f000 env-steps.',
      );
      expect(found({ columns: { 'policy/approxKl': 0.05 } })).toEqual([]);
    });
  });

  it('finds updates of which more than 0.3 is clipped away', () => {
    expect(
      only({ columns: { 'policy/clipFraction': (i) => 0.2 + i / 100 }, learner: { clip: 0.2, epochs: 30 } }),
    ).toMatchObject({
      id: 'clipped-updates',
      // Median of 0.20, 0.21, ..., 0.59: 0.395.
      evidence: 'Median 40 % of the samples, most 59 % at 4\u202f000 of 4\u202f000 env-steps.',
      turns: [{ key: 'learner.epochs', now: '30' }],
    });
    expect(found({ columns: { 'policy/clipFraction': 0.3 } })).toEqual([]);
  });

  it('finds a critic that is worse than a constant in the second half of the run', () => {
    const made = {
      columns: { 'policy/explainedVariance': turning(20, -0.5, 0.9) },
      learner: { normaliseValues: true, valueWeight: 0.5 },
    };
    expect(only(made)).toMatchObject({
      id: 'useless-critic',
      evidence: 'Second half of the run: median −0.5, least −0.5, below 0 in 100 % of the updates.',
      // Values are normalised already.
      turns: [{ key: 'learner.valueWeight', now: '0.5' }],
    });
    expect(found({ columns: { 'policy/explainedVariance': turning(20, 0.1, -5) } })).toEqual([]);
  });

  it('has nothing against a critic that is hardly worse than a constant, or has nothing to explain', () => {
    expect(found({ columns: { 'policy/explainedVariance': -0.1 } })).toEqual([]);
    const settled = { 'policy/explainedVariance': -500, 'policy/target': -50, 'policy/targetDeviation': 0.0001 };
    expect(found({ columns: settled })).toEqual([]);
  });

  it('finds returns that are too large for the critic, which misses them by more than their mean would', () => {
    const made = (error: number, learner = {}) => ({
      // Half of the mean square.
      columns: { 'policy/target': 40, 'policy/targetDeviation': 10, 'loss/value': (error * error) / 2 },
      learner: { normaliseValues: false, ...learner },
    });
    // Returns of size √(40² + 10²) = 41.2.
    expect(only(made(15))).toMatchObject({
      id: 'value-scale',
      evidence: 'Second half of the run: returns 40 with deviation 10, missed by 15 (36 % of their size).',
      turns: [{ key: 'learner.normaliseValues', now: 'false', advice: 'switch it on' }],
    });
    // Predicting 40 would miss them by 10; 14 is less than √2 times that.
    expect(found(made(14))).toEqual([]);
    expect(found(made(15, { normaliseValues: true }))).toEqual([]);
    expect(found(made(15, { huberDelta: 1 }))).toEqual([]);
  });

  it('finds action values beyond five times anything that was returned', () => {
    const made = (value: number) => ({
      columns: { 'policy/value': value, 'episode/return': (i: number) => (i % 2) - 3 },
    });
    expect(only(made(26))).toMatchObject({
      id: 'runaway-values',
      evidence: 'Values of 26 at the end, while no update or evaluation returned more than 5 (team sum, without sign).',
    });
    expect(found(made(25))).toEqual([]);
  });

  it('finds networks of which most units are dead', () => {
    const made = (end: number) => ({
      columns: { 'policy/deadUnits': turning(10, end, 0.1), 'policy/learningRate': 0.05 },
      config: { policy: { network: { activation: 'relu' } } },
    });
    expect(only(made(0.75))).toMatchObject({
      id: 'dead-units',
      evidence: '75 % of the hidden units at the end, 10 % at the start; learning rate 0.05 at the end.',
      turns: [{ key: 'policy.network.activation', now: 'relu', advice: 'tanh or elu' }],
    });
    expect(found(made(0.5))).toEqual([]);
  });

  it('finds worlds in which the mask leaves hardly anything to choose', () => {
    const made = (forced: number) => ({ columns: { 'policy/forcedTurns': forced, 'policy/maskedActions': 0.8 } });
    expect(only(made(0.95))).toMatchObject({
      id: 'forced-turns',
      evidence: 'One action was legal in 95 % of the turns at the end; 80 % of all actions were forbidden.',
      turns: [{ key: 'env.id', now: 'bargaining' }],
    });
    expect(found(made(0.9))).toEqual([]);
  });

  it('finds policies that do not move, as long as the return does not rise', () => {
    const made = (kl: number, returns: Log['returns'] = [5, 5, 5]) => ({
      columns: { 'policy/entropy': 0.69, 'policy/approxKl': kl },
      learner: { learningRate: 1e-7 },
      returns,
    });
    expect(only(made(1e-6))).toMatchObject({
      id: 'unmoved-policy',
      evidence: 'Entropy 0.69 at the start, 0.69 at the end (100 %), median KL of an update 1.0e−6.',
      turns: [{ key: 'learner.learningRate', now: '1e-7', advice: 'raise it' }],
    });
    expect(found(made(1e-3))).toEqual([]);
    expect(found(made(1e-6, [0, 5, 10]))).toEqual([]);
  });

  it('finds worlds in which every episode returns the same', () => {
    expect(only({ columns: { 'episode/return': 0 }, learner: { entropyWeight: 0.01 } })).toMatchObject({
      id: 'flat-returns',
      evidence: 'Return 0 in all 40 updates in which episodes ended.',
    });
    expect(found({ columns: { 'episode/return': turning(39, 1, 0) } })).toEqual([]);
    // Of a sum of zero, who gets what may change.
    expect(found({ columns: { 'episode/return': 0, 'society/returnGap': (i) => i % 3 } })).toEqual([]);
  });

  it('finds runs of fewer than twenty updates, unless the return rose', () => {
    expect(only({ updates: 19, config: { budget: { envSteps: 1900 } } })).toMatchObject({
      id: 'few-updates',
      evidence: '19 updates in 1\u202f900 env-steps.',
      turns: [{ key: 'budget.envSteps', now: '1900' }],
    });
    expect(found({ updates: 20 })).toEqual([]);
    expect(found({ updates: 19, returns: [0, 5, 10] })).toEqual([]);
  });

  it('finds numbers that are none, which JSON writes as null', () => {
    const broken = log({ columns: { 'loss/value': turning(10, Number.NaN, 1) } });
    const read = { ...broken, rows: JSON.parse(JSON.stringify(broken.rows)) } as ReportedRun;
    expect(diagnose([read]).findings).toMatchObject([
      {
        id: 'broken-numbers',
        evidence: '`loss/value` is not a finite number from 1\u202f100 of 4\u202f000 env-steps on.',
      },
    ]);
  });
});

describe('findings over seeds and policies', () => {
  it('are one for all seeds that show them, with the numbers of the clearest', () => {
    const runs = [0.4, 0.1, 0.6].map((clipped, i) => log({ seed: i + 1, columns: { 'policy/clipFraction': clipped } }));
    const { outcomes, findings } = diagnose(runs);
    expect(outcomes).toEqual({ rose: 0, flat: 3, fell: 0, unknown: 0 });
    expect(findings).toMatchObject([
      { seeds: [1, 3], evidence: 'Median 60 % of the samples, most 60 % at 100 of 4\u202f000 env-steps (seed 3).' },
    ]);
  });

  it('look at each policy of a run by itself', () => {
    const columns = { 'policy/clipFraction/buyer': 0.5, 'policy/clipFraction/seller': 0.1 };
    expect(only({ columns })).toMatchObject({
      policies: ['buyer'],
      evidence: expect.stringContaining('(policy buyer)'),
    });
  });

  it('name keys that the experiment has, and no others', () => {
    const columns = { 'policy/clipFraction': 0.5 };
    expect(only({ columns }).turns).toEqual([]);
    expect(only({ columns, learner: { minibatches: 32 } }).turns.map(({ key }) => key)).toEqual([
      'learner.minibatches',
    ]);
  });

  it('come from rules that each say when they count and where that comes from', () => {
    expect(new Set(diagnosisRules.map(({ id }) => id)).size).toBe(diagnosisRules.length);
    for (const { threshold, source, turns } of diagnosisRules) {
      expect(threshold).toMatch(/\.$/);
      expect(source.length).toBeGreaterThan(10);
      expect(turns.length).toBeGreaterThan(0);
    }
  });
});

describe('the page of a run', () => {
  const section = (made: Log, id: string) => reportPage([log(made)]).sections.find((one) => one.id === id);

  it('asks why it is not learning where something was found', () => {
    const columns = { 'policy/clipFraction': 0.5 };
    expect(section({ columns }, 'diagnosis')).toMatchObject({
      heading: 'Why is it not learning?',
      blocks: [
        {
          kind: 'text',
          text: 'The return is where it was at the first evaluation: the difference is within its error.',
        },
        { kind: 'findings', findings: [{ title: 'Much of every update is clipped away', where: '' }] },
      ],
    });
    expect(section({ columns, returns: [0, 5, 10] }, 'diagnosis')).toMatchObject({
      heading: 'Worth a look',
      blocks: [{ kind: 'text' }, { kind: 'findings', tone: 'note' }],
    });
  });

  it('reminds of agents that want different things where one got more than another', () => {
    const text = (gap: number) => {
      const columns = { 'policy/clipFraction': 0.5, 'society/returnGap': gap };
      return JSON.stringify(section({ columns }, 'diagnosis')?.blocks[0]);
    };
    expect(text(1)).toContain('learning need not raise what they get together');
    expect(text(0)).not.toContain('learning need not raise');
  });

  it('has no such section where nothing was found, and a quiet line with the curves of the updates', () => {
    const columns = { 'policy/clipFraction': 0.1 };
    expect(section({ columns }, 'diagnosis')).toBeUndefined();
    expect(section({ columns }, 'diagnostics')?.blocks[0]).toMatchObject({
      text: expect.stringContaining(
        `None of the ${diagnosisRules.length} known reasons for not learning shows in them.`,
      ),
    });
  });
});
