import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEquilibrium, symmetricEquilibrium } from '#math';

const transposed = (a: readonly (readonly number[])[]) => a.map((_, i) => a.map((row) => row[i]));

function expectShares(shares: readonly number[], expected: readonly number[]): void {
  expect(shares).toHaveLength(expected.length);
  shares.forEach((share, i) => {
    expect(share).toBeCloseTo(expected[i], 9);
  });
}

describe('the symmetric equilibrium', () => {
  it('of hawk and dove mixes V / C hawks', () => {
    const [v, c] = [2, 5];
    expectShares(
      symmetricEquilibrium([
        [(v - c) / 2, v],
        [0, v / 2],
      ]),
      [v / c, 1 - v / c],
    );
  });

  it('of a dilemma is to defect', () => {
    expectShares(
      symmetricEquilibrium([
        [-1, -3],
        [0, -2],
      ]),
      [0, 1],
    );
  });

  it('of a coordination game is one of its equilibria', () => {
    const game = [
      [4, 0],
      [3, 3],
    ];
    const shares = symmetricEquilibrium(game);
    expect(isEquilibrium(game, transposed(game), { row: shares, column: shares })).toBe(true);
  });

  it('of a lone strategy, and of a game in which nothing matters, is found', () => {
    expectShares(symmetricEquilibrium([[7]]), [1]);
    const shares = symmetricEquilibrium([
      [2, 2, 2],
      [2, 2, 2],
      [2, 2, 2],
    ]);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('leaves nobody who gains by departing, in whatever game, ties included', () => {
    const table = fc.integer({ min: 1, max: 7 }).chain((n) =>
      fc.array(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: n, maxLength: n }), {
        minLength: n,
        maxLength: n,
      }),
    );
    fc.assert(
      fc.property(table, (game) => {
        const shares = symmetricEquilibrium(game);
        expect(shares.every((share) => share >= 0)).toBe(true);
        expect(isEquilibrium(game, transposed(game), { row: shares, column: shares }, 1e-6)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
