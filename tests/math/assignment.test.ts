import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, assignWithCapacities, shortestMakespan } from '#math';

/** Every way to give rows columns or nothing, gone through: most rows first, then least cost. */
function byExhaustion(costs: readonly (readonly number[])[], capacities: readonly number[]) {
  let best = { placed: -1, cost: 0 };
  const left = [...capacities];
  const visit = (row: number, placed: number, cost: number): void => {
    if (row === costs.length) {
      if (placed > best.placed || (placed === best.placed && cost < best.cost)) best = { placed, cost };
      return;
    }
    visit(row + 1, placed, cost);
    for (let column = 0; column < left.length; column++) {
      if (left[column] === 0 || costs[row][column] === Number.POSITIVE_INFINITY) continue;
      left[column]--;
      visit(row + 1, placed + 1, cost + costs[row][column]);
      left[column]++;
    }
  };
  visit(0, 0, 0);
  return best;
}

const cost = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -9, max: 20 }) },
  fc.constant(Number.POSITIVE_INFINITY),
);
const table = (rows: number, columns: number) =>
  fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const sizes = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }));

const tally = (costs: readonly (readonly number[])[], columnOf: readonly number[]) => ({
  placed: columnOf.filter((column) => column >= 0).length,
  cost: columnOf.reduce((sum, column, row) => (column < 0 ? sum : sum + costs[row][column]), 0),
});

describe('an assignment', () => {
  it('places as many rows as can be, at the least cost, as going through all of them does', () => {
    fc.assert(
      fc.property(
        sizes.chain(([r, c]) => table(r, c)),
        (costs) => {
          const { columnOf, cost: total } = assign(costs);
          const used = columnOf.filter((column) => column >= 0);
          expect(new Set(used).size).toBe(used.length);
          expect(tally(costs, columnOf)).toEqual(
            byExhaustion(
              costs,
              costs[0].map(() => 1),
            ),
          );
          expect(total).toBe(tally(costs, columnOf).cost);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it('fills columns up to their capacities, as going through all ways does', () => {
    const market = sizes.chain(([r, c]) =>
      fc.tuple(table(r, c), fc.array(fc.integer({ min: 0, max: 3 }), { minLength: c, maxLength: c })),
    );
    fc.assert(
      fc.property(market, ([costs, capacities]) => {
        const { columnOf } = assignWithCapacities(costs, capacities);
        for (const [column, capacity] of capacities.entries()) {
          expect(columnOf.filter((one) => one === column).length).toBeLessThanOrEqual(capacity);
        }
        expect(tally(costs, columnOf)).toEqual(byExhaustion(costs, capacities));
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it('of a hundred rows with a known answer is found: the diagonal is free, all else costs', () => {
    const costs = Array.from({ length: 100 }, (_, i) =>
      Array.from({ length: 100 }, (_, j) => (j === (i * 37) % 100 ? 0 : 1 + ((i + j) % 7))),
    );
    expect(assign(costs)).toEqual({ columnOf: costs.map((_, i) => (i * 37) % 100), cost: 0 });
  });

  it('is refused where costs are no table, or no numbers', () => {
    expect(() => assign([[1, 2], [1]])).toThrow('assign › costs.1');
    expect(() => assign([[Number.NaN]])).toThrow('Infinity for what cannot be');
    expect(() => assignWithCapacities([[1]], [0.5])).toThrow('whole numbers from 0');
  });
});

describe('the shortest makespan', () => {
  it('is that of the best of all ways to deal the jobs out', () => {
    const deal = fc.tuple(
      fc.integer({ min: 1, max: 5 }).chain((jobs) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), {
          minLength: jobs,
          maxLength: jobs,
        }),
      ),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
    );
    fc.assert(
      fc.property(deal, ([times, capacities]) => {
        let best = Number.POSITIVE_INFINITY;
        for (let code = 0; code < 3 ** times.length; code++) {
          const workers = times.map((_, job) => Math.floor(code / 3 ** job) % 3);
          if (capacities.some((capacity, w) => workers.filter((one) => one === w).length > capacity)) continue;
          const loads = capacities.map((_, w) =>
            workers.reduce((sum, worker, job) => (worker === w ? sum + times[job][w] : sum), 0),
          );
          best = Math.min(best, Math.max(...loads));
        }
        expect(shortestMakespan(times, capacities)).toBe(best);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('is not looked for among too many jobs', () => {
    expect(() => shortestMakespan(Array(15).fill([1]), [15])).toThrow('at most 14');
  });
});
