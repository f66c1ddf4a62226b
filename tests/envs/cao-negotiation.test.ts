import { describe, expect, it } from 'vitest';
import { checkEnv, type Driver, parseWith } from '#core';
import { type CaoNegotiationState, caoNegotiation, isHeldOutGame } from '#envs';
import { field, fixedRng, start } from './worlds.ts';

// Draw for the limit (0: the least, 4 turns); pool 2, 1; values 3, 1 to the first and 2, 8 to the second.
const game = [0, 2, 1, 3, 1, 2, 8];

function talk(params: object = {}, draws: number[] = game): Driver {
  const given = { items: 2, symbols: 4, utteranceLength: 3, ...params };
  return start(caoNegotiation, given, { rng: () => fixedRng([...draws]) });
}

/** The party whose turn it is acts: accept?, kept, symbols. */
function act(driver: Driver, ...action: number[]): void {
  const stride = driver.layout.actionStride;
  driver.actions.fill(0);
  driver.actions.set(action, driver.acting.indexOf(1) * stride);
  driver.step();
}

const heardBy = (driver: Driver, agent: number) => [0, 1, 2].map((i) => field(driver, agent, `heard/${i}`).indexOf(1));

describe('Cao’s negotiation', () => {
  it('pays selfish parties their share of what the pool is worth to them', () => {
    const driver = talk();
    // The first keeps both of item 0: 6 of its 7; the second gets item 1: 8 of its 12.
    act(driver, 0, 2, 0, 1, 2, 3);
    act(driver, 1, 0, 0, 0, 0, 0);
    expect([...driver.returns]).toEqual([6 / 7, 8 / 12]);
    expect(driver.terminated[0]).toBe(1);
    expect(driver.endMetrics(0)).toMatchObject({ jointShare: 1, firstShare: 6 / 7, secondShare: 8 / 12, turns: 2 });
  });

  it('pays prosocial parties both the share of the best joint utility', () => {
    const driver = talk({ reward: 'joint' });
    // The first keeps item 1: 1; the second gets 2 x 2. The best is 2 x 3 + 8.
    act(driver, 0, 0, 1, 0, 0, 0);
    act(driver, 1, 0, 0, 0, 0, 0);
    expect([...driver.returns]).toEqual([5 / 14, 5 / 14]);
  });

  it('pays nothing when the turns are over, and says when from outside only', () => {
    const driver = talk();
    for (let turn = 0; turn < 4; turn++) {
      expect(driver.terminated[0]).toBe(0);
      act(driver, 0, 0, 0, 0, 0, 0);
    }
    expect([driver.terminated[0], ...driver.returns]).toEqual([1, 0, 0]);
    expect(driver.endMetrics(0)).not.toHaveProperty('agreedJointShare');
  });

  it('lets nobody accept before there is a proposal, or keep what is not there', () => {
    const driver = talk();
    const mask = [...driver.maskOf(0, 0)];
    expect([mask.slice(0, 2), mask.slice(2, 8), mask.slice(8, 14)]).toEqual([
      [1, 0],
      [1, 1, 1, 0, 0, 0],
      [1, 1, 0, 0, 0, 0],
    ]);
    act(driver, 0, 0, 0, 0, 0, 0);
    expect([...driver.maskOf(0, 1).subarray(0, 2)]).toEqual([1, 1]);
  });

  it('carries utterances and proposals over the channels that are open', () => {
    for (const [channels, hears, sees] of [
      ['both', true, true],
      ['linguistic', true, false],
      ['proposal', false, true],
      ['none', false, false],
    ] as const) {
      const driver = talk({ channels });
      const names = (driver.layout.roles[0].observation.fields ?? []).map(({ name }) => name.split('/')[0]);
      expect([names.includes('heard'), names.includes('proposal')]).toEqual([hears, sees]);
      act(driver, 0, 2, 0, ...(hears ? [1, 2, 3] : []));
      if (hears) expect(heardBy(driver, 1)).toEqual([1, 2, 3]);
      // The speaker does not hear itself.
      if (hears) expect(heardBy(driver, 0)).toEqual([-1, -1, -1]);
      if (sees) expect(field(driver, 1, 'proposal/0')).toEqual([0, 0, 1, 0, 0, 0]);
    }
  });

  it('loses utterances on their way where they are muted, and some symbols where they are noisy', () => {
    const muted = talk({ heard: 'muted' });
    act(muted, 0, 0, 0, 1, 2, 3);
    expect(heardBy(muted, 1)).toEqual([-1, -1, -1]);
    // Chance below one half replaces the first by 0 and the last by 2.
    const noisy = talk({ heard: 'noisy', noise: 0.5 }, [...game, 0.1, 0, 0.9, 0.4, 2]);
    act(noisy, 0, 0, 0, 1, 2, 3);
    expect(heardBy(noisy, 1)).toEqual([0, 2, 2]);
    expect((noisy.stateOf(0) as CaoNegotiationState).said).toEqual(Int32Array.of(1, 2, 3));
  });

  it('holds games out by the sum of their numbers, and draws only those that are asked for', () => {
    // 2 + 1 + 3 + 1 + 2 + 8 = 17.
    const drawn = { pool: Int32Array.of(2, 1), utilities: Int32Array.of(3, 1, 2, 8) };
    expect([17, 10, 5].map((heldOutClasses) => isHeldOutGame(drawn, { heldOutClasses }))).toEqual([true, false, false]);
    for (const games of ['seen', 'heldOut'] as const) {
      const driver = start(caoNegotiation, { games });
      for (let n = 0; n < 200; n++) {
        driver.reset();
        const state = driver.stateOf(0) as CaoNegotiationState;
        expect(isHeldOutGame(state, { heldOutClasses: 10 })).toBe(games === 'heldOut');
      }
    }
  });

  it('writes words of three streams side by side as tokens', () => {
    const driver = talk({ encoding: 'tokens' });
    act(driver, 0, 2, 0, 1, 2, 3);
    // Words: pool 0..5, values 6..16, silence 17, symbols 18..21, no proposal 22, kept 23..28.
    expect([...driver.observationOf(0, 1)]).toEqual([
      ...[2, 18 + 1, 23 + 2],
      ...[1, 18 + 2, 23 + 0],
      ...[6 + 2, 18 + 3, 22],
      ...[6 + 8, 17, 22],
    ]);
    expect([...driver.observationOf(0, 0)].filter((_, i) => i % 3 > 0)).toEqual([17, 22, 17, 22, 17, 22, 17, 22]);
  });

  it.each([
    { channels: 'none', reward: 'joint' },
    { channels: 'linguistic', encoding: 'tokens', games: 'seen' },
    { items: 4, utteranceLength: 9, encoding: 'tokens', heard: 'noisy', noise: 0.3 },
    { items: 1, channels: 'proposal', encoding: 'tokens', games: 'heldOut' },
  ] as const)('passes the conformance kit under %o', (params) => {
    expect(checkEnv(caoNegotiation, { params, seed: 3, episodes: 3 }).failures).toEqual([]);
  });

  it('refuses an unknown channel', () => {
    expect(() => parseWith(caoNegotiation.params, { channels: 'liguistic' }, 'cao')).toThrow(
      'Did you mean "linguistic"?',
    );
  });
});
