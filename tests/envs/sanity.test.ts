import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv, parseWith } from '#core';
import * as sanity from '#envs/sanity/index';
import { fixedRng, play, start } from './worlds.ts';

const { sanityBandit, sanityMemory, sanityCredit, sanityMasks } = sanity;
const { sanityContinuous, sanityCrowd, sanityGuests, sanityNoise } = sanity;

describe('the bandit', () => {
  it('pays k / (arms - 1) for arm k', () => {
    for (const [arm, paid] of [
      [0, 0],
      [1, 0.25],
      [4, 1],
    ]) {
      const driver = start(sanityBandit, { arms: 5 });
      play(driver, arm);
      expect([driver.returns[0], driver.terminated[0], driver.endMetrics(0)]).toEqual([paid, 1, { solved: paid }]);
    }
  });
});

describe('memory', () => {
  it('shows the cue once and asks for it after the delay', () => {
    for (const [answer, paid] of [
      [2, 1],
      [1, 0],
    ]) {
      const driver = start(sanityMemory, { cues: 3, delay: 2 }, { rng: () => fixedRng([2]) });
      const seen = [[...driver.observationOf(0, 0)]];
      for (let t = 0; t < 3; t++) {
        play(driver, 2);
        expect(driver.rewards[0]).toBe(0);
        seen.push([...driver.observationOf(0, 0)]);
      }
      expect(seen).toEqual([
        [0, 0, 1, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
      ]);
      play(driver, answer);
      expect([driver.returns[0], driver.terminated[0]]).toEqual([paid, 1]);
    }
  });
});

describe('credit delay', () => {
  it('pays for the first action only, at the very end', () => {
    for (const first of [0, 1]) {
      const driver = start(sanityCredit, { delay: 3 });
      const rewards = [first, 1 - first, 1 - first, 1 - first].map((action) => {
        play(driver, action);
        return driver.rewards[0];
      });
      expect([rewards, driver.terminated[0]]).toEqual([[0, 0, 0, first], 1]);
    }
  });
});

describe('masks', () => {
  it('leave some action legal, which is not observed, and pay for the highest', () => {
    // Bits of three actions, then one that is legal in any case.
    const driver = start(
      sanityMasks,
      { actions: 3, steps: 2 },
      { rng: () => fixedRng([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]) },
    );
    expect([[...driver.maskOf(0, 0)], [...driver.observationOf(0, 0)]]).toEqual([[1, 1, 0], [1]]);
    play(driver, 1);
    expect([[...driver.maskOf(0, 0)], driver.rewards[0]]).toEqual([[1, 0, 0], 0.5]);
    play(driver, 0);
    expect([driver.returns[0], driver.terminated[0]]).toEqual([1, 1]);
  });
});

describe('continuous', () => {
  it('pays minus the mean squared error of the clipped action', () => {
    // 0.5 and 1 of the way from -0.8 to 0.8.
    const driver = start(sanityContinuous, {}, { rng: () => fixedRng([0.5, 1]) });
    expect(driver.observationOf(0, 0)[0]).toBe(0);
    expect(driver.observationOf(0, 0)[1]).toBeCloseTo(0.8, 5);
    driver.actions.set([0.3, 7]);
    driver.step();
    expect(driver.returns[0]).toBeCloseTo(-(0.3 ** 2 + 0.2 ** 2) / 2, 5);
  });
});

describe('many agents', () => {
  it('pay each agent for its own sign', () => {
    const driver = start(sanityCrowd, { agents: 3, steps: 1 }, { rng: () => fixedRng([0, 1, 1, 0, 0, 0]) });
    expect([0, 1, 2].map((a) => [...driver.observationOf(0, a)])).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
    ]);
    play(driver, 0, 0, 1);
    expect([...driver.rewards]).toEqual([1, 0, 1]);
  });
});

describe('late joiner, early leaver', () => {
  it('are there for their part of the episode, and paid in it only', () => {
    const driver = start(sanityGuests, { steps: 4, leavesAfter: 1, joinsAfter: 2 });
    const there: number[][] = [];
    while (!driver.isOver(0)) {
      there.push([...driver.alive]);
      play(driver, ...[0, 1, 2].map((a) => (driver.observationOf(0, a)[1] === 1 ? 1 : 0)));
    }
    expect(there).toEqual([
      [1, 1, 0],
      [1, 0, 0],
      [1, 0, 1],
      [1, 0, 1],
    ]);
    expect([...driver.returns]).toEqual([4, 1, 2]);
    expect(driver.endMetrics(0)).toEqual({ solved: 1 });
  });

  it('refuse to leave or join after the end', () => {
    expect(() => parseWith(sanityGuests.params, { steps: 2 }, 'sanity-guests')).toThrow(
      'leavesAfter: not accepted: got nothing, expected fewer than the 2 steps',
    );
  });
});

describe('stochastic reward', () => {
  it('pays the safe arm always and the lottery with its chance', () => {
    const paid = (action: number, luck: number) => {
      const driver = start(sanityNoise, {}, { rng: () => fixedRng([luck]) });
      play(driver, action);
      return driver.returns[0];
    };
    expect([paid(0, 0.1), paid(0, 0.9), paid(1, 0.59), paid(1, 0.61)]).toEqual([0.4, 0.4, 1, 0]);
  });
});

describe('under other settings', () => {
  it.each([
    [sanityBandit, { arms: 2 }],
    [sanityMemory, { cues: 5, delay: 0 }],
    [sanityCredit, { delay: 0 }],
    [sanityMasks, { actions: 2, steps: 3 }],
    [sanityContinuous, { dimensions: 5 }],
    [sanityCrowd, { agents: 7, steps: 3 }],
    [sanityGuests, { steps: 2, leavesAfter: 1, joinsAfter: 1 }],
    [sanityNoise, { safe: 0, chance: 1 }],
  ] as [AnyEnv, object][])('%# passes the conformance kit', (env, params) => {
    expect(checkEnv(env, { params, seed: 7, episodes: 3 }).failures).toEqual([]);
  });
});
