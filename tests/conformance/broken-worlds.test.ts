import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type AnyEnv, box, checkEnv, conformanceRules, defineEnv, type Role } from '#core';
import { coin, hall, type TowerParams, tower, walk } from '../core/worlds.ts';
import { declaredWorlds } from './broken/declared.ts';
import { looksWorlds } from './broken/looks.ts';
import { stepsWorlds } from './broken/steps.ts';
import { faceRules } from './face-rules.ts';
import { type Case, good, tick } from './good-worlds.ts';

const cases: readonly Case[] = [...declaredWorlds, ...looksWorlds, ...stepsWorlds];

describe('a world that keeps its promises', () => {
  it.each<AnyEnv>([coin, good, hall, tick, { ...walk, timeLimitSteps: () => 12 }])('passes: $id', (env) => {
    expect(checkEnv(env)).toEqual({ id: env.id, ok: true, failures: [] });
  });
});

describe('a broken world', () => {
  it.each(cases)('is caught by %s: %s', (rule, _, env, message, options) => {
    const { ok, failures } = checkEnv(env, options);
    expect(ok).toBe(false);
    const { cause } = conformanceRules.find(({ id }) => id === rule) ?? { cause: 'no such rule' };
    // A rule is named once, and nothing but this one was broken (a card misses several parts in one finding).
    expect(failures.map((failure) => failure.rule)).toEqual([rule]);
    expect(failures[0].message).toContain(message);
    expect(failures[0].message).toContain(`. Likely cause: ${cause}`);
  });

  it('is there for every rule, those of the faces in their own file', () => {
    const seen = new Set<string>([...cases.map(([rule]) => rule), ...faceRules]);
    expect(conformanceRules.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
  });
});

describe('the kit', () => {
  it('never throws and never hangs, whatever a world does', () => {
    const wreck = defineEnv({ ...coin, id: 'wreck', init: () => null as never });
    expect(checkEnv(wreck).failures[0].rule).toBe('no-exceptions');
    const nothing = { id: 'nothing' } as unknown as AnyEnv;
    expect(checkEnv(nothing)).toMatchObject({ id: 'nothing', ok: false });
  });

  it('asks a registered world for the random return of each role', () => {
    const told = { title: 't', description: 'd', source: 's', licence: 'l', tests: 'x', horizon: 'h' };
    const rewardScale = { agent: 'a', team: 't' };
    const mean = { mean: 1, standardError: 0 };
    const randomReturn = { episodes: 1, seed: 0, team: mean, roles: {} };
    const full = { ...told, rewardScale, randomReturn: { ...randomReturn, roles: { builder: mean } } };
    const check = (card: object) =>
      checkEnv({ ...good, card } as AnyEnv, { requireCard: true }).failures.map(
        ({ message }) => message.split('.  ')[0],
      );
    expect(check(full)).toEqual([]);
    expect(check({ ...told, rewardScale })[0]).toContain('card.randomReturn is not stated');
    expect(check({ ...full, randomReturn })[0]).toContain('card.randomReturn.roles.builder is missing');
    expect(check({ ...full, rewardScale: undefined })[0]).toContain('card.rewardScale.agent is not stated');
  });

  it('checks the parameters that it is given', () => {
    expect(checkEnv(good, { params: { top: 1 }, seed: 'x', episodes: 2 })).toEqual({
      id: 'tower',
      ok: true,
      failures: [],
    });
    expect(checkEnv(good, { params: { top: 0 } as Partial<TowerParams> }).failures[0].rule).toBe('params-defaults');
    const needy: AnyEnv = { ...good, params: z.strictObject({ top: z.int(), limit: z.int().default(9) }) };
    expect(checkEnv(needy, { params: { top: 3 } }).failures.map(({ rule }) => rule)).toEqual(['params-defaults']);
  });

  it('reads roles once more behind every episode', () => {
    let resets = 0;
    const late: AnyEnv = {
      ...good,
      init(params, rng) {
        resets++;
        return tower.init(params, rng);
      },
      roles: (params: TowerParams): Role[] =>
        tower.roles(params).map((role) => ({ ...role, observation: box([2], 0, resets > 0 ? 8 : 7) })),
    };
    expect(checkEnv(late).failures.map(({ rule }) => rule)).toEqual(['roles-stable']);
  });
});
