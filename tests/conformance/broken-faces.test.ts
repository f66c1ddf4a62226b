import { describe, expect, it } from 'vitest';
import { type AecEnv, aecEnv, conformanceRules, type ParallelEnv, parallelEnv, type RuleId } from '#core';
import { checkAec, checkAgreement } from '#core/conformance/check-aec';
import { checkFaceLimit } from '#core/conformance/check-face-limit';
import { checkFaceSeeds, traceAec, traceParallel } from '#core/conformance/check-face-seeds';
import { checkParallel } from '#core/conformance/check-parallel';
import { createFindings } from '#core/conformance/findings';
import { hall } from '../core/worlds.ts';
import { altered, stepped } from './altered-face.ts';
import { aecCases } from './broken/aec.ts';
import { parallelCases } from './broken/parallel.ts';
import { faceRules } from './face-rules.ts';
import { good, tick } from './good-worlds.ts';

const seed = 3;
const steps = 100;
const parallel = () => parallelEnv(good) as ParallelEnv;
const cycle = () => aecEnv(good) as AecEnv;

/** What the checks of the parallel face find in a broken one. */
function findInParallel(change: (env: ParallelEnv) => Partial<ParallelEnv>, make = parallel) {
  const findings = createFindings();
  findings.attempt('the parallel face', () =>
    checkParallel({ make: () => altered(make(), change), findings, seed, steps }),
  );
  return findings.failures;
}

function findInAec(change: (env: AecEnv) => Partial<AecEnv>, make = cycle) {
  const findings = createFindings();
  findings.attempt('the AEC face', () => checkAec({ make: () => altered(make(), change), findings, seed, steps }));
  return findings.failures;
}

const limitCases: [string, (limit: number) => ParallelEnv, (limit: number) => AecEnv, string][] = [
  [
    'a limit that is not heard',
    () => parallelEnv(good, { top: 99 }),
    () => cycle(),
    '2 agents go on after 4 of 4 steps',
  ],
  [
    'a limit that is one too low',
    (timeLimitSteps) => parallelEnv(good, { top: 99 }, { timeLimitSteps: timeLimitSteps - 1 }),
    () => cycle(),
    'builder_0 is truncated after 3 of 4 steps',
  ],
  [
    'an end that is a termination and a truncation',
    (timeLimitSteps) =>
      altered(parallelEnv(good, { top: 99 }, { timeLimitSteps }) as ParallelEnv, (env) =>
        stepped(env, ({ truncations }) => ({ terminations: truncations })),
      ),
    () => cycle(),
    'builder_0 is terminated and truncated at once',
  ],
  [
    'a cycle that goes on for longer',
    (timeLimitSteps) => parallelEnv(tick, {}, { timeLimitSteps }),
    () => aecEnv(tick),
    '[bird_0,bird_1] go on in the AEC face after 4 steps',
  ],
  [
    'a cycle with fewer turns',
    (timeLimitSteps) => parallelEnv(tick, {}, { timeLimitSteps }),
    (timeLimitSteps) => aecEnv(tick, {}, { timeLimitSteps: timeLimitSteps - 1 }),
    'bird_0 acts 4 times in 4 steps and has 4 turns in the AEC face',
  ],
];

describe('a broken face', () => {
  it.each(parallelCases)('is caught by %s: %s', (rule, _, change, message) => {
    const failures = findInParallel(change);
    expect(failures[0]?.rule).toBe(rule);
    expect(failures[0].message).toContain(message);
    expect(failures[0].message).toContain('. Likely cause: ');
  });

  it.each(aecCases)('is caught by %s: %s', (rule, _, change, message) => {
    const failures = findInAec(change);
    expect(failures[0]?.rule).toBe(rule);
    expect(failures[0].message).toContain(message);
  });

  it.each(limitCases)('is caught by time-limit-exact: %s', (_, parallelOf, aecOf, message) => {
    const findings = createFindings();
    checkFaceLimit({ parallel: parallelOf, aec: aecOf, findings, seed });
    expect(findings.failures.map(({ rule }) => rule)).toEqual(['time-limit-exact']);
    expect(findings.failures[0].message).toContain(message);
  });

  it('is caught by faces-seeded: a seed that is not heard, in either face', () => {
    const findings = createFindings();
    const deaf = () =>
      altered(parallelEnv(hall) as ParallelEnv, (env) => ({
        step(actions) {
          const step = env.step(actions);
          return { ...step, rewards: { ...step.rewards, guest_1: Math.random() } };
        },
      }));
    checkFaceSeeds('parallel face', deaf, traceParallel, findings, seed);
    expect(findings.failures.map(({ rule }) => rule)).toEqual(['faces-seeded']);
    expect(findings.failures[0].message).toContain(
      'seed 3 twice: [step][1].rewards.guest_1 differs in the parallel face',
    );

    const others = createFindings();
    let made = 0;
    const drifting = () => {
      const drift = made++;
      return altered(cycle(), (env) => ({ last: (observe) => ({ ...env.last(observe), reward: drift }) }));
    };
    checkFaceSeeds('AEC face', drifting, traceAec, others, seed);
    expect(others.failures[0].message).toContain(
      'two AEC faces under seed 3: [step][0].reward differs in the AEC face',
    );
  });

  it('is caught by faces-agree: a return that differs between the faces', () => {
    const findings = createFindings();
    checkAgreement({ a: 1, b: 2 }, { a: 1 + 1e-12, b: 2.5 }, findings);
    expect(findings.failures.map(({ rule, message }) => [rule, message.split('.  ')[0]])).toEqual([
      ['faces-agree', expect.stringContaining('b returns 2 in the parallel face and 2.5 in the AEC face')],
    ]);
  });

  it('is there for every rule of the faces', () => {
    const seen = new Set<RuleId>([
      ...parallelCases.map(([rule]) => rule),
      ...aecCases.map(([rule]) => rule),
      'time-limit-exact',
      'faces-seeded',
      'faces-agree',
    ]);
    expect([...seen].sort()).toEqual([...faceRules].sort());
    for (const rule of faceRules) expect(conformanceRules.map(({ id }) => id)).toContain(rule);
  });
});

describe('the faces themselves', () => {
  it('keep every rule, with agents that leave and join too', () => {
    for (const env of [good, hall, tick]) {
      expect(
        findInParallel(
          () => ({}),
          () => parallelEnv(env) as ParallelEnv,
        ),
      ).toEqual([]);
      expect(
        findInAec(
          () => ({}),
          () => aecEnv(env) as AecEnv,
        ),
      ).toEqual([]);
    }
  });
});
