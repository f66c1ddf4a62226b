import { describe, expect, it } from 'vitest';
import { box, type EnvDef, multiDiscrete } from '#core';
import { describeLegal, firstEmptyPart } from '#core/validation';
import { coin, driverOf, hall, tower, walk } from './worlds.ts';

const validated = <P, S>(env: EnvDef<P, S>, params: object = {}) =>
  driverOf(env, params, { validate: true, autoreset: 'disabled' });

describe('a driver that validates', () => {
  it('has nothing to say about legal play', () => {
    const driver = validated(tower);
    for (const blocks of [1, 2, 1, 2]) {
      driver.actions.fill(blocks);
      driver.step();
    }
    expect(driver.isOver(0)).toBe(true);
    const guests = validated(hall);
    for (let step = 0; step < 4; step++) guests.step();
    expect(guests.isOver(0)).toBe(true);
  });

  it('refuses an action outside its space, with world, env, agent and step', () => {
    const driver = validated(tower);
    driver.actions[0] = 3;
    expect(() => driver.step()).toThrow(
      'tower › env 0 › builder_0 › step 0: action outside its space: got [3], expected discrete 3',
    );
  });

  it('refuses an illegal action and says which are legal', () => {
    const driver = validated(tower);
    driver.actions.fill(2);
    driver.step();
    expect(() => driver.step()).toThrow(
      'tower › env 0 › builder_1 › step 1: illegal action: got [2], expected one that the mask allows: 0 1',
    );
  });

  it('looks at the actions of those who act alone', () => {
    const driver = validated(tower);
    driver.actions[1] = 77;
    expect(() => driver.step()).not.toThrow();
  });

  it('accepts box actions within their bounds and refuses others', () => {
    const driver = validated(walk);
    driver.actions.set([1, -1]);
    driver.step();
    driver.actions[1] = 1.5;
    expect(() => driver.step()).toThrow(
      'walk › env 0 › walker_0 › step 1: action outside its space: got [1, 1.5], expected box [2]',
    );
  });

  it('refuses a reward that is no number', () => {
    const greedy = {
      ...coin,
      step: (_state: unknown, _actions: unknown, rewards: Float64Array) => rewards.fill(Number.NaN).length > 0,
    };
    expect(() => validated(greedy).step()).toThrow(
      'coin › env 0 › guesser_0 › step 1: reward: got NaN, expected a finite number',
    );
  });

  it('refuses an observation outside its space, at the reset too', () => {
    const high = { ...coin, observe: (_state: unknown, _agent: number, out: Float32Array) => out.fill(2) };
    expect(() => validated(high)).toThrow(
      'coin › env 0 › guesser_0 › step 0: observation entry 0: got 2, expected 0..1',
    );
  });

  it('refuses a mask that allows nothing, in any part', () => {
    const stuck = {
      ...hall,
      legal: (_state: unknown, agent: number, mask: Uint8Array) => mask.fill(agent === 1 ? 0 : 1, 2),
    };
    expect(() => validated(stuck as unknown as typeof hall)).toThrow(
      'hall › env 0 › guest_1 › step 0: mask: got nothing allowed, expected at least one choice in every part',
    );
  });
});

describe('masks in words', () => {
  it('finds the first part for which nothing is allowed', () => {
    const space = multiDiscrete([2, 3, 2]);
    expect(firstEmptyPart(space, [1, 0, 0, 1, 0, 0, 1])).toBe(-1);
    expect(firstEmptyPart(space, [1, 0, 0, 0, 0, 0, 0])).toBe(1);
    expect(firstEmptyPart(box([1], 0, 1), [])).toBe(-1);
  });

  it('lists the legal choices of each part, at most twelve', () => {
    expect(describeLegal(multiDiscrete([2, 3]), [1, 0, 0, 1, 1])).toBe('0 | 1 2');
    expect(describeLegal(multiDiscrete([14]), new Array(14).fill(1))).toBe('0 1 2 3 4 5 6 7 8 9 10 11 …');
    expect(describeLegal(box([2], 0, 1), [])).toBe('box [2]');
  });
});
