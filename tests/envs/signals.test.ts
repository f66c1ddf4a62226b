import { describe, expect, it } from 'vitest';
import { type AnyEnv, checkEnv, parseWith } from '#core';
import { isHeldOut, lewisSignalling, type ReferentialGameState, referentialGame, tradeComm } from '#envs';
import { expectedReturns, flattenTree, uniformTreePolicy } from '#math';
import { treeOf } from './trees.ts';
import { field, fixedRng, play, start } from './worlds.ts';

describe('lewis signalling', () => {
  it('shows the state to the sender, the message to the receiver, and pays both by the table', () => {
    const payoffs = [1, 2, 3, 4];
    const driver = start(lewisSignalling, { states: 2, messages: 3, payoffs }, { rng: () => fixedRng([1]) });
    expect([field(driver, 0, 'seen'), field(driver, 1, 'seen')]).toEqual([
      [0, 1, 0],
      [0, 0, 0],
    ]);
    play(driver, 2, 0);
    expect([field(driver, 0, 'seen'), field(driver, 1, 'seen')]).toEqual([
      [0, 1, 0],
      [0, 0, 1],
    ]);
    play(driver, 0, 0);
    // State 1, act 0: row 1, column 0.
    expect([[...driver.returns], driver.terminated[0]]).toEqual([[3, 3], 1]);
  });

  it('is worth 1/n when nobody says anything', () => {
    const tree = flattenTree(treeOf(lewisSignalling, { states: 5, messages: 2 }));
    expect(expectedReturns(tree, uniformTreePolicy(tree))[0]).toBeCloseTo(1 / 5, 12);
  });

  it('refuses a table of the wrong size', () => {
    expect(() => parseWith(lewisSignalling.params, { states: 2, payoffs: [1] }, 'lewis')).toThrow(
      '2 states x 2 acts = 4 payoffs',
    );
  });
});

describe('trade-comm', () => {
  it('pays both when each gives what it holds for what the other holds, and not otherwise', () => {
    for (const [offers, paid] of [
      [[2 * 3 + 1, 1 * 3 + 2], 1],
      [[2 * 3 + 1, 1 * 3 + 0], 0],
      // They agree, on what they do not hold.
      [[0 * 3 + 1, 1 * 3 + 0], 0],
    ] as const) {
      // 2 * 3 + 1: items 2 and 1.
      const driver = start(tradeComm, { items: 3 }, { rng: () => fixedRng([7]) });
      play(driver, 0, 0);
      play(driver, 0, 2);
      expect([field(driver, 0, 'heard'), field(driver, 1, 'heard')]).toEqual([
        [0, 0, 1],
        [1, 0, 0],
      ]);
      play(driver, 3 + offers[0], 0);
      expect(field(driver, 1, 'own offer gives')).toEqual([0, 0, 0]);
      play(driver, 0, 3 + offers[1]);
      expect([...driver.returns]).toEqual([paid, paid]);
    }
  });
});

describe('the referential game', () => {
  const start2 = (draws: number[], params = {}) =>
    start(referentialGame, { attributes: 2, values: 3, candidates: 2, ...params }, { rng: () => fixedRng(draws) });

  it('shows the object to the sender, message and candidates to the receiver, and pays for the right one', () => {
    for (const [choice, paid] of [
      [1, 1],
      [0, 0],
    ]) {
      // At place 1 object 5 = (2, 1); a distractor like it is drawn again: 0 = (0, 0).
      const driver = start2([1, 5, 5, 0], { targets: 'all' });
      expect([field(driver, 0, 'attribute0'), field(driver, 0, 'attribute1')]).toEqual([
        [0, 0, 1],
        [0, 1, 0],
      ]);
      driver.actions.set([3, 0, 2]);
      driver.step();
      expect(['symbol0', 'symbol1', 'symbol2'].map((name) => field(driver, 1, name).indexOf(1))).toEqual([3, 0, 2]);
      expect(['candidate0', 'candidate1'].map((c) => field(driver, 1, `${c}/attribute0`).indexOf(1))).toEqual([0, 2]);
      driver.actions.set([0, 0, 0, choice]);
      driver.step();
      expect([[...driver.returns], driver.terminated[0]]).toEqual([[paid, paid], 1]);
    }
  });

  it('holds out combinations whose values add up to a held-out class, evenly over values', () => {
    const params = { attributes: 3, values: 4, heldOut: 1 };
    const held = Array.from({ length: 64 }, (_, object) => object).filter((object) => isHeldOut(object, params));
    expect(held).toHaveLength(16);
    for (const place of [1, 4, 16]) {
      for (let value = 0; value < 4; value++) {
        expect(held.filter((object) => Math.floor(object / place) % 4 === value)).toHaveLength(4);
      }
    }
  });

  it('draws targets of the kind asked for only', () => {
    const seen = new Set<string>();
    for (const targets of ['seen', 'heldOut', 'all'] as const) {
      const driver = start(referentialGame, { targets }, { seed: 'targets' });
      for (let n = 0; n < 300; n++) {
        driver.reset();
        const { objects, place } = driver.stateOf(0) as ReferentialGameState;
        expect(new Set(objects).size).toBe(5);
        seen.add(`${targets} ${isHeldOut(objects[place], { attributes: 3, values: 4, heldOut: 1 })}`);
      }
    }
    expect([...seen].sort()).toEqual(['all false', 'all true', 'heldOut true', 'seen false']);
  });

  it('refuses more candidates than objects, and to hold out everything or nothing', () => {
    const refused = (params: object) => () => parseWith(referentialGame.params, params, 'game');
    expect(refused({ attributes: 1, values: 3, candidates: 4 })).toThrow('at most 3, one for each of the 3^1');
    expect(refused({ heldOut: 4 })).toThrow('fewer than the 4 classes');
    expect(refused({ heldOut: 0, targets: 'heldOut' })).toThrow('at least 1');
  });
});

describe('under other settings', () => {
  it.each([
    [lewisSignalling, { states: 6, messages: 2 }],
    [lewisSignalling, { states: 2, messages: 5, payoffs: [-1, 3, 0.5, 2] }],
    [tradeComm, { items: 1 }],
    [tradeComm, { items: 3 }],
    [referentialGame, { attributes: 2, values: 2, candidates: 4, messageLength: 1, vocabulary: 2, targets: 'heldOut' }],
  ] as [AnyEnv, object][])('%# passes the conformance kit', (env, params) => {
    expect(checkEnv(env, { params, seed: 7, episodes: 3 }).failures).toEqual([]);
  });
});
