import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv, wrapWorld } from '#core';
import { worlds, wrappers } from '#envs';
import { good, tick } from '../conformance/good-worlds.ts';
import { hall } from '../core/worlds.ts';

/** One world of each kind: turns and masks, all at once, leaving and joining, several roles, messages, cards, numbers. */
const kinds: readonly (readonly [env: AnyEnv, params: object])[] = [
  [good, {}],
  [tick, {}],
  [hall, {}],
  [worlds.get('simple-tag'), { maxCycles: 5 }],
  [worlds.get('simple-reference'), { maxCycles: 5 }],
  [worlds.get('kuhn-poker'), {}],
  [worlds.get('bargaining'), { maxTurns: 4 }],
  [worlds.get('simple-spread'), { continuous: true, maxCycles: 5 }],
];

/** Settings beside the defaults. */
const settings: Readonly<Record<string, readonly object[]>> = {
  'frame-stack': [{ frames: 2, fill: 'zeros' }],
  'agent-indicator': [{ among: 'role' }],
  'normalise-observations': [{ by: 'bounds' }],
  'death-masking': [{ act: false }],
  'common-reward': [{ of: 'sum' }],
  'reward-sharing': [{ prosociality: 1, of: 'sum' }, { prosociality: 0.3 }],
  'inequity-aversion': [{ lambda: 0, alpha: 0.5, beta: 2 }],
  'sticky-actions': [{ probability: 1 }],
  unmasked: [{ fine: 0.5 }],
};

describe('every wrapper', () => {
  for (const wrapper of wrappers.items) {
    it(`${wrapper.id} keeps the rules of a world around worlds of every kind`, () => {
      const check = (env: AnyEnv, params: object, options: object) => {
        const report = checkEnv(wrapWorld(env, wrapper, options), { params, episodes: 1 });
        expect(report.failures, report.id).toEqual([]);
      };
      for (const [env, params] of kinds) check(env, params, {});
      for (const options of settings[wrapper.id] ?? []) for (const env of [good, tick, hall]) check(env, {}, options);
    });
  }

  it('keeps them around each other, the card filled in', () => {
    const rows = '+death-masking+common-reward+frame-stack:frames=2+agent-indicator+pad';
    for (const id of ['simple-speaker-listener', 'matrix-game']) {
      expect(checkEnv(worlds.get(id + rows), { episodes: 2, requireCard: true }).failures).toEqual([]);
    }
  });
});
