import { describe, expect, it } from 'vitest';
import { countAtLeast, createDomain, shareOf } from '#envs/negotiation/domain';
import { domainOf } from '#envs/negotiation/setting';
import { tabulateUtility } from '#envs/negotiation/utility';
import { opposition } from '#metrics';
import { paramsOf } from './play.ts';

describe('made-up domains', () => {
  it('come as near to the wanted opposition as their outcomes allow, in every kind of utilities', () => {
    for (const utilities of ['additive', 'table'] as const) {
      for (const wanted of [0.2, 0.35, 0.5, 0.65]) {
        const params = paramsOf({
          utilities,
          opposition: wanted,
          reserved: 0,
          issues: 3,
          values: 6,
          seed: 'opposition',
        });
        const errors = Array.from({ length: 20 }, (_, i) => Math.abs(domainOf(params, i).opposition - wanted));
        const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
        expect(mean, `${utilities} ${wanted}`).toBeLessThan(0.05);
      }
    }
  });

  it('of boxes oppose each other the more the more it is asked for', () => {
    const meanOf = (wanted: number) => {
      const params = paramsOf({ utilities: 'constraints', opposition: wanted, issues: 3, values: 6 });
      const list = Array.from({ length: 30 }, (_, i) => domainOf(params, i).opposition);
      return list.reduce((sum, value) => sum + value, 0) / list.length;
    };
    const [low, middle, high] = [0.1, 0.4, 0.7].map(meanOf);
    expect(low).toBeLessThan(middle - 0.1);
    expect(middle).toBeLessThan(high - 0.1);
  });

  it('are the same for the same seed and number, and others for others', () => {
    const [a, b, c] = ['x', 'x', 'y'].map((seed) => paramsOf({ seed, rounds: seed === 'x' ? 20 : 21 }));
    const again = { ...b };
    expect(domainOf(again, 3).utilities).toEqual(domainOf(a, 3).utilities);
    expect(domainOf(c, 3).utilities).not.toEqual(domainOf(a, 3).utilities);
    expect(domainOf(a, 4).utilities).not.toEqual(domainOf(a, 3).utilities);
  });

  it('have an outcome that nobody loses by, utilities from 0 to 1, and a best outcome of 1', () => {
    for (const utilities of ['additive', 'table', 'constraints']) {
      const params = paramsOf({
        utilities,
        parties: 3,
        reserved: [0.5, 0.9],
        issues: [1, 3],
        values: [2, 5],
        face: 'relative',
      });
      for (let i = 0; i < 40; i++) {
        const { utilities: of, reserved, count, opposition: told } = domainOf(params, i);
        const rational = Array.from({ length: count }, (_, o) => of.every((u, p) => u[o] >= reserved[p] - 1e-12));
        expect(rational).toContain(true);
        for (const u of of) {
          expect(Math.max(...u)).toBeCloseTo(1, 12);
          expect(Math.min(...u)).toBeGreaterThanOrEqual(0);
        }
        // Our own count against the metric's, over all outcomes and with each scale 1.
        const points = Array.from({ length: count }, (_, o) => of.map((u) => u[o]));
        expect(told).toBeCloseTo(opposition(points, [0, 0, 0], [1, 1, 1]), 12);
      }
    }
  });
});

describe('a domain', () => {
  it('finds how many outcomes reach a level by halving, as a count over all finds it', () => {
    const params = paramsOf({ utilities: 'table', issues: 2, values: 9 });
    const domain = domainOf(params, 0);
    for (let level = -0.05; level <= 1.05; level += 0.01) {
      const counted = domain.utilities[1].filter((utility) => utility >= level).length;
      expect(countAtLeast(domain, 1, level)).toBe(counted);
    }
  });

  it('measures gains from the reserved value, or the worst outcome where that is better', () => {
    const domain = createDomain([3], [Float64Array.of(0.2, 0.6, 1), Float64Array.of(1, 0.5, 0.1)], [0, 0.4]);
    // Party 0: (u - 0.2) / 0.8, though it has 0 without an agreement. Party 1: (u - 0.4) / 0.6.
    expect([0, 1, 2].map((outcome) => shareOf(domain, 0, outcome))).toEqual([0, (0.6 - 0.2) / 0.8, 1]);
    expect(shareOf(domain, 1, 1)).toBeCloseTo(0.1 / 0.6, 12);
    expect(shareOf(domain, 1, 2)).toBeCloseTo(-0.5, 12);
  });

  it('adds up weighted issues, and boxes that overlap', () => {
    const sum = tabulateUtility(
      {
        kind: 'additive',
        weights: [3, 1],
        values: [
          [0, 1],
          [1, 0.2, 0],
        ],
      },
      [2, 3],
      'test',
    );
    // 3/4 of the first issue and 1/4 of the second, the second changing fastest.
    expect([...sum].map((u) => Number(u.toFixed(12)))).toEqual([0.25, 0.05, 0, 1, 0.8, 0.75]);
    const boxes = tabulateUtility(
      {
        kind: 'constraints',
        boxes: [
          { from: [0, 0], to: [0, 2], worth: 1 },
          { from: [0, 1], to: [1, 1], worth: 3 },
        ],
      },
      [2, 3],
      'test',
    );
    expect([...boxes]).toEqual([1, 4, 1, 0, 3, 0].map((worth) => worth / 4));
  });
});
