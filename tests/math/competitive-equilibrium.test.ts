import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, competitiveEquilibrium, smithsAlpha } from '#math';

const amounts = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 5 });

describe('a competitive equilibrium', () => {
  it('gains as much as the best way to pair buyers with sellers', () => {
    fc.assert(
      fc.property(amounts, amounts, (values, costs) => {
        // A pair that would lose trades nothing.
        const gains = values.map((value) => costs.map((cost) => Math.min(0, cost - value)));
        expect(competitiveEquilibrium(values, costs).surplus).toBe(0 - assign(gains).cost);
      }),
      { seed: 3 },
    );
  });

  it('has prices at which as many want to buy as to sell', () => {
    fc.assert(
      fc.property(amounts, amounts, (values, costs) => {
        const { quantity, prices } = competitiveEquilibrium(values, costs);
        if (prices === undefined) return;
        for (const price of prices) {
          const eager = (list: number[], wants: (one: number) => boolean) => list.filter(wants).length;
          expect(eager(values, (value) => value > price)).toBeLessThanOrEqual(quantity);
          expect(eager(values, (value) => value >= price)).toBeGreaterThanOrEqual(quantity);
          expect(eager(costs, (cost) => cost < price)).toBeLessThanOrEqual(quantity);
          expect(eager(costs, (cost) => cost <= price)).toBeGreaterThanOrEqual(quantity);
        }
      }),
      { seed: 4 },
    );
  });

  it('is without prices where nobody gains', () => {
    expect(competitiveEquilibrium([3], [3])).toEqual({ quantity: 0, prices: undefined, surplus: 0 });
  });
});

describe('Smith’s alpha', () => {
  it('is the root mean square distance from the equilibrium price, in percent of it', () => {
    // Distances 3 and 4: the root of (9 + 16) / 2, over 20.
    expect(smithsAlpha([23, 16], 20)).toBeCloseTo((100 * Math.sqrt(12.5)) / 20, 12);
    expect(smithsAlpha([20, 20], 20)).toBe(0);
  });
});
