import { describe, expect, it } from 'vitest';
import type { Policy } from '#core';
import { taskMarket } from '#envs';
import { cheapestAward, greedyBidder, random, truthfulBidder } from '#policies';
import { type Played, play } from './play.ts';

const games = (manager: Policy, workshop: Policy, params: object = {}): Played[] =>
  play(taskMarket, params, [manager, workshop, workshop, workshop], { episodes: 200, seed: 'market' });

const mean = (list: readonly Played[], value: (game: Played) => number | undefined): number => {
  const values = list.map(value).filter((one) => one !== undefined);
  return values.reduce((sum, one) => sum + one, 0) / values.length;
};

describe('truthful bidders before a manager who takes the cheapest', () => {
  const truthful = games(cheapestAward, truthfulBidder);

  it('gain nothing, and keep their word', () => {
    for (const { returns, metrics } of truthful) {
      expect(returns.slice(1)).toEqual([0, 0, 0]);
      expect(metrics).toMatchObject({ commitmentsViolated: 0 });
    }
  });

  it('get every job done that capacities allow, and each by the cheapest that still has capacity', () => {
    for (const { metrics } of truthful) if (metrics.makespanRatio !== undefined) expect(metrics.done).toBe(1);
    // One job at a time is not the best assignment, but near it.
    expect(mean(truthful, ({ metrics }) => metrics.efficiency)).toBeGreaterThan(0.95);
    expect(mean(truthful, ({ metrics }) => metrics.costRatio)).toBeGreaterThan(1);
    for (const { metrics } of truthful)
      if (metrics.costRatio !== undefined) expect(metrics.costRatio).toBeGreaterThanOrEqual(1);
  });

  it('are as good as the best assignment where capacity is no matter', () => {
    for (const { metrics } of games(cheapestAward, truthfulBidder, { capacity: [4, 4] })) {
      expect(metrics.efficiency).toBe(1);
      expect(metrics.costRatio).toBe(1);
    }
  });
});

describe('greedy bidders', () => {
  it('take from the manager what they gain, for the same work', () => {
    const greedy = games(cheapestAward, greedyBidder);
    const truthful = games(cheapestAward, truthfulBidder);
    expect(mean(greedy, ({ returns }) => returns[1] + returns[2] + returns[3])).toBeGreaterThan(10);
    expect(mean(greedy, ({ returns }) => returns[0])).toBeLessThan(mean(truthful, ({ returns }) => returns[0]) - 10);
    expect(mean(greedy, ({ metrics }) => metrics.efficiency)).toBeGreaterThan(0.9);
  });
});

it('random play breaks its word and leaves work undone', () => {
  const chance = games(random, random);
  expect(mean(chance, ({ metrics }) => metrics.commitmentsViolated)).toBeGreaterThan(0.5);
  expect(mean(chance, ({ metrics }) => metrics.done)).toBeLessThan(0.5);
});
