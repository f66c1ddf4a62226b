import { describe, expect, it } from 'vitest';
import type { Policy } from '#core';
import { exchange } from '#envs';
import { random, truthTelling, zeroIntelligence } from '#policies';
import { play } from './play.ts';

/** Means of metrics over trading days of a market in which all traders are alike; days on which one is not defined do not count. */
function meansOf(policy: Policy, params: { buyers: number; sellers: number }): (metric: string) => number {
  const seats = Array<Policy>(params.buyers + params.sellers).fill(policy);
  const days = play(exchange, params, seats, { episodes: 100, seed: 'traders' });
  return (metric) => {
    const values = days.map(({ metrics }) => metrics[metric]).filter((value) => value !== undefined);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
}

// Twelve traders with a unit each, as in the markets of Gode and Sunder; twenty turns each.
const large = { buyers: 6, sellers: 6, units: 1, highestPrice: 100, turns: 240 };

describe('zero-intelligence traders', () => {
  it('make markets nearly efficient, where unconstrained ones throw surplus away', () => {
    // Gode and Sunder (1993) have 0.97 and more for fixed, flatter curves.
    expect(meansOf(zeroIntelligence, large)('efficiency')).toBeGreaterThan(0.92);
    expect(meansOf(random, large)('efficiency')).toBeLessThan(0);
  });

  it('never lose', () => {
    for (const { returns } of play(exchange, {}, Array(6).fill(zeroIntelligence), { episodes: 200 })) {
      for (const each of returns) expect(each).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('truth-telling traders', () => {
  it('trade further from the equilibrium price, and more than they should, so that they realise less', () => {
    const [truth, chance] = [truthTelling, zeroIntelligence].map((policy) => meansOf(policy, large));
    for (const [metric, sign] of [
      ['priceDeviation', 1],
      ['volumeShare', 1],
      ['efficiency', -1],
    ] as const) {
      expect(sign * (truth(metric) - chance(metric))).toBeGreaterThan(0.05);
    }
  });

  it('gain nothing against each other’s quotes by quoting: the taker gets the whole difference', () => {
    for (const { returns, turns } of play(exchange, { buyers: 1, sellers: 1 }, [truthTelling, truthTelling], {
      episodes: 100,
    })) {
      const takers = turns.filter(({ action }) => action[0] === 2).map(({ agent }) => agent);
      for (const [agent, each] of returns.entries()) expect(each === 0 || takers.includes(agent)).toBe(true);
    }
  });
});
