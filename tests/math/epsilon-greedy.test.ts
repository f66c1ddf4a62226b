import { describe, expect, it } from 'vitest';
import { createStreams } from '#core';
import { EpsilonGreedy } from '#math';

const rng = () => createStreams(1).stream('test');

describe('epsilon-greedy choices', () => {
  it('take the best legal choice of each part when they do not explore', () => {
    const choice = new EpsilonGreedy([3, 2]);
    choice.load([9, 1, 5, 2, 4], 0, [0, 1, 1, 1, 0], 0);
    const action = [-1, -1];
    expect(choice.sample(rng(), action, 0)).toBe(0);
    expect(action).toEqual([2, 0]);
  });

  it('explore legal choices only, each as often', () => {
    const choice = new EpsilonGreedy([4]);
    choice.epsilon = 1;
    choice.load([0, 0, 0, 9], 0, [1, 0, 1, 1], 0);
    const counts = [0, 0, 0, 0];
    const stream = rng();
    const action = [0];
    for (let i = 0; i < 3000; i++) {
      choice.sample(stream, action, 0);
      counts[action[0]]++;
    }
    expect(counts[1]).toBe(0);
    for (const i of [0, 2, 3]) expect(Math.abs(counts[i] - 1000)).toBeLessThan(100);
  });

  it('know the probability of what they did: exploring, and the best with the rest', () => {
    const choice = new EpsilonGreedy([4]);
    choice.epsilon = 0.2;
    choice.load([0, 3, 1, 2], 0, [1, 1, 1, 0], 0);
    expect(choice.logProbability([1], 0)).toBeCloseTo(Math.log(0.8 + 0.2 / 3), 12);
    expect(choice.logProbability([0], 0)).toBeCloseTo(Math.log(0.2 / 3), 12);
    expect(choice.entropy()).toBeCloseTo(0.2 * Math.log(3), 12);
  });

  it('refuse a row in which nothing is legal', () => {
    const choice = new EpsilonGreedy([2]);
    choice.load([1, 2], 0, [0, 0], 0);
    expect(() => choice.greedy([0], 0)).toThrow('mask that allows nothing');
  });
});
