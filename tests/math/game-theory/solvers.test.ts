import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alphaRank,
  isEquilibrium,
  replicator,
  replicatorOfTwo,
  solveLinear,
  solveZeroSum,
  supportEquilibria,
} from '#math';

const rockPaperScissors = [
  [0, -1, 1],
  [1, 0, -1],
  [-1, 1, 0],
];

test('matching pennies is worth nothing and both mix evenly', () => {
  const { value, row, column } = solveZeroSum([
    [1, -1],
    [-1, 1],
  ]);
  expect(value).toBeCloseTo(0, 12);
  expect(row).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
  expect(column).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
});

test('a saddle point is played purely', () => {
  const { value, row, column } = solveZeroSum([
    [4, 2, 5],
    [3, 1, 7],
    [6, 0, 8],
  ]);
  expect(value).toBeCloseTo(2, 12);
  expect(row).toEqual([1, 0, 0]);
  expect(column[1]).toBeCloseTo(1, 12);
});

const matrix = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
  fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  }),
);

test('in any table the row strategy guarantees the value and the column strategy allows no more', () => {
  fc.assert(
    fc.property(matrix, (payoffs) => {
      const { value, row, column } = solveZeroSum(payoffs);
      for (const mixture of [row, column]) {
        expect(mixture.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        for (const share of mixture) expect(share).toBeGreaterThanOrEqual(-1e-12);
      }
      payoffs[0].forEach((_, j) => {
        expect(payoffs.reduce((sum, line, i) => sum + row[i] * line[j], 0)).toBeGreaterThan(value - 1e-9);
      });
      for (const line of payoffs) {
        expect(line.reduce((sum, payoff, j) => sum + payoff * column[j], 0)).toBeLessThan(value + 1e-9);
      }
    }),
    { numRuns: 200 },
  );
});

test('payoffs of any size and offset are solved alike', () => {
  const { value, row } = solveZeroSum(rockPaperScissors.map((line) => line.map((payoff) => 1e6 * payoff + 3e7)));
  expect(value).toBeCloseTo(3e7, 4);
  expect(row).toEqual([1 / 3, 1 / 3, 1 / 3].map((share) => expect.closeTo(share, 9)));
});

test('the battle of the sexes has two pure equilibria and one mixed', () => {
  const [a, b] = [
    [
      [3, 0],
      [0, 2],
    ],
    [
      [2, 0],
      [0, 3],
    ],
  ];
  const found = supportEquilibria(a, b);
  expect(found).toEqual([
    { row: [1, 0], column: [1, 0] },
    { row: [0, 1], column: [0, 1] },
    // Each makes the other indifferent: row 2 p = 3 (1 - p), column 3 q = 2 (1 - q).
    {
      row: [expect.closeTo(0.6, 12), expect.closeTo(0.4, 12)],
      column: [expect.closeTo(0.4, 12), expect.closeTo(0.6, 12)],
    },
  ]);
  for (const equilibrium of found) expect(isEquilibrium(a, b, equilibrium)).toBe(true);
  expect(isEquilibrium(a, b, { row: [1, 0], column: [0, 1] })).toBe(false);
});

test("the prisoner's dilemma has one equilibrium, matching pennies one, and it is mixed", () => {
  const dilemma = [
    [3, 0],
    [5, 1],
  ];
  const transposed = [
    [3, 5],
    [0, 1],
  ];
  expect(supportEquilibria(dilemma, transposed)).toEqual([{ row: [0, 1], column: [0, 1] }]);
  const pennies = [
    [1, -1],
    [-1, 1],
  ];
  const found = supportEquilibria(
    pennies,
    pennies.map((line) => line.map((payoff) => -payoff)),
  );
  expect(found.length).toBe(1);
  expect(found[0].row).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
});

test('in zero-sum games support enumeration and linear programming agree on the value', () => {
  const payoffs = [
    [3, -1, 2],
    [-2, 4, 0],
    [1, 1, -3],
  ];
  const found = supportEquilibria(
    payoffs,
    payoffs.map((line) => line.map((payoff) => -payoff)),
  );
  const { value } = solveZeroSum(payoffs);
  expect(found.length).toBeGreaterThan(0);
  for (const { row, column } of found) {
    const paid = payoffs.reduce(
      (sum, line, i) => sum + row[i] * line.reduce((so, payoff, j) => so + payoff * column[j], 0),
      0,
    );
    expect(paid).toBeCloseTo(value, 10);
  }
});

test('a linear system is solved with row exchanges, and a singular one is not', () => {
  expect(
    solveLinear(
      [
        [0, 2],
        [1, 3],
      ],
      [4, 10],
    ),
  ).toEqual([4, 2]);
  expect(
    solveLinear(
      [
        [1, 2],
        [2, 4],
      ],
      [1, 2],
    ),
  ).toBeUndefined();
});

test('rock, paper, scissors ranks all alike, under any selection', () => {
  for (const selection of [0.1, 100, 'infinite'] as const) {
    const { stationary, profiles } = alphaRank([rockPaperScissors], { selection });
    expect(profiles).toEqual([[0], [1], [2]]);
    expect(stationary).toEqual([1 / 3, 1 / 3, 1 / 3].map((share) => expect.closeTo(share, 9)));
  }
});

test('a neutral mutant takes over with probability 1 / m, a better one with (1 - e^-u) / (1 - e^-mu)', () => {
  const { fixation } = alphaRank(
    [
      [
        [0, 0, 1],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
    { populationSize: 20, selection: 0.3 },
  );
  expect(fixation[0][1]).toBeCloseTo(1 / 20, 12);
  expect(fixation[2][0]).toBeCloseTo((1 - Math.exp(-0.3)) / (1 - Math.exp(-6)), 12);
  expect(fixation[0][2]).toBeCloseTo((1 - Math.exp(0.3)) / (1 - Math.exp(6)), 12);
});

test('a dominant strategy takes everything under strong selection, without underflow', () => {
  const dominant = [
    [1, 1, 1],
    [0, 0, 0],
    [0, 0, 0],
  ];
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    const table = order.map((i) => order.map((j) => dominant[i][j]));
    const { stationary } = alphaRank([table], { selection: 1000, populationSize: 100 });
    expect(stationary[order.indexOf(0)]).toBeCloseTo(1, 9);
  }
});

test('two populations are ranked by joint profiles', () => {
  const { profiles, stationary, fixation } = alphaRank(
    [
      [
        [3, 0],
        [0, 2],
      ],
      [
        [2, 0],
        [0, 3],
      ],
    ],
    { selection: 'infinite', noise: 0.01 },
  );
  expect(profiles).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  // Both players would have to mutate at once.
  expect(fixation[0][3]).toBe(0);
  // In balance: inflow to a coordinated profile 0.99 from both others, outflow 0.01 to each.
  expect(stationary).toEqual([0.495, 0.005, 0.005, 0.495].map((share) => expect.closeTo(share, 12)));
});

test('against everybody in the population a mutant also meets its own kind', () => {
  // Two individuals: a single mutant meets only the resident, so k = 1: odds exp(-(a(r, s) - a(s, r))).
  const table = [
    [9, 1],
    [0, 5],
  ];
  const { fixation } = alphaRank([table], { populationSize: 2, selection: 0.5, localEncounters: false });
  expect(fixation[1][0]).toBeCloseTo(1 / (1 + Math.exp(-0.5 * (1 - 0))), 12);
  const locally = alphaRank([table], { populationSize: 3, selection: 0.5 });
  const globally = alphaRank([table], { populationSize: 3, selection: 0.5, localEncounters: false });
  // The resident's own kind pays it 5, so the mutant fares worse than in encounters of two.
  expect(globally.fixation[1][0]).toBeLessThan(locally.fixation[1][0]);
});

test('one strategy alone holds everything', () => {
  expect(alphaRank([[[7]]]).stationary).toEqual([1]);
});

test('a strategy that does better than average grows by the difference', () => {
  // Fitness 0.5 and 0, average 0.25.
  expect(
    replicator(
      [
        [1, 0],
        [0, 0],
      ],
      [0.5, 0.5],
    ),
  ).toEqual([0.125, -0.125]);
});

test('in rock, paper, scissors even shares rest, and the sum of shares never changes', () => {
  for (const change of replicator(rockPaperScissors, [1 / 3, 1 / 3, 1 / 3])) expect(change).toBeCloseTo(0, 15);
  const sum = replicator(rockPaperScissors, [0.5, 0.3, 0.2]).reduce((total, change) => total + change, 0);
  expect(sum).toBeCloseTo(0, 15);
});

test('two populations follow each other', () => {
  const [first, second] = replicatorOfTwo(
    [
      [1, 0],
      [0, 1],
    ],
    [
      [0, 1],
      [1, 0],
    ],
    [0.6, 0.4],
    [0.5, 0.5],
  );
  expect(first).toEqual([0, 0]);
  // The second population's fitness is 0.4 and 0.6, average 0.5.
  expect(second).toEqual([expect.closeTo(-0.05, 12), expect.closeTo(0.05, 12)]);
});
