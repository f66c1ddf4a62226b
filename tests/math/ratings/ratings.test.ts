import { expect, test } from 'vitest';
import {
  bradleyTerry,
  eloExpected,
  eloOfLogStrength,
  eloUpdate,
  glickoUpdate,
  hodge,
  matchQuality,
  newSkill,
  rateTeams,
  truncateAbove,
  truncateWithin,
  winProbabilities,
} from '#math';

test('400 points are odds of ten to one', () => {
  expect(eloExpected(1600, 1200)).toBeCloseTo(10 / 11, 12);
  expect(eloExpected(1200, 1200)).toBe(0.5);
  expect(eloOfLogStrength(Math.log(10))).toBeCloseTo(400, 12);
});

test('what the winner gains the loser loses, and a draw between equals changes nothing', () => {
  expect(eloUpdate(1200, 1200, 1, 32)).toEqual([1216, 1184]);
  expect(eloUpdate(1200, 1200, 0)).toEqual([1184, 1216]);
  expect(eloUpdate(1500, 1500, 0.5)).toEqual([1500, 1500]);
  const [first, second] = eloUpdate(1700, 1400, 0.5);
  expect(first + second).toBeCloseTo(3100, 12);
  expect(first).toBeLessThan(1700);
});

test('of two players who won 3 and 1 games the odds are three to one', () => {
  const strengths = bradleyTerry([
    [0, 3],
    [1, 0],
  ]);
  expect(strengths[0] - strengths[1]).toBeCloseTo(Math.log(3), 10);
  expect(strengths[0] + strengths[1]).toBeCloseTo(0, 12);
  expect(winProbabilities(strengths)).toEqual([
    [0.5, expect.closeTo(0.75, 10)],
    [expect.closeTo(0.25, 10), 0.5],
  ]);
});

test('the most likely strengths are those under which everyone wins as often as expected', () => {
  const wins = [
    [0, 5, 2],
    [1, 0, 4],
    [3, 2, 0],
  ];
  const chances = winProbabilities(bradleyTerry(wins));
  wins.forEach((row, i) => {
    const won = row.reduce((sum, count) => sum + count, 0);
    const expected = row.reduce((sum, count, j) => (i === j ? sum : sum + (count + wins[j][i]) * chances[i][j]), 0);
    expect(expected).toBeCloseTo(won, 9);
  });
});

test('a player who never lost has no finite strength', () => {
  const never = [
    [0, 2, 1],
    [0, 0, 1],
    [0, 1, 0],
  ];
  expect(() => bradleyTerry(never)).toThrow('some strengths would be infinite');
  const transposed = never.map((_, i) => never.map((row) => row[i]));
  expect(() => bradleyTerry(transposed)).toThrow('add half a win');
});

test("Glickman's published example", () => {
  // Example of the Glicko-2 system (2013): 1464.06, 151.52, 0.05999.
  const games = [
    { opponent: { rating: 1400, deviation: 30 }, score: 1 },
    { opponent: { rating: 1550, deviation: 100 }, score: 0 },
    { opponent: { rating: 1700, deviation: 300 }, score: 0 },
  ];
  const after = glickoUpdate({ rating: 1500, deviation: 200, volatility: 0.06 }, games, 0.5);
  expect(after.rating).toBeCloseTo(1464.06, 1);
  expect(after.deviation).toBeCloseTo(151.52, 2);
  // Printed with its last digit cut off.
  expect(Math.floor(after.volatility * 1e5)).toBe(5999);
});

test('without games only the uncertainty grows', () => {
  const player = { rating: 1600, deviation: 50, volatility: 0.06 };
  expect(glickoUpdate(player, [])).toEqual({
    rating: 1600,
    deviation: expect.closeTo(Math.hypot(50, 0.06 * 173.7178), 9),
    volatility: 0.06,
  });
});

test('a great upset raises the volatility', () => {
  const player = { rating: 2200, deviation: 40, volatility: 0.06 };
  const loss = { opponent: { rating: 1200, deviation: 40 }, score: 0 };
  expect(glickoUpdate(player, [loss, loss, loss]).volatility).toBeGreaterThan(0.06);
  const win = { ...loss, score: 1 };
  expect(glickoUpdate(player, [win, win, win]).volatility).toBeLessThan(0.06);
});

test('a win between newcomers moves both by the published amount', () => {
  // TrueSkill's own example: 29.396 ± 7.171 and 20.604 ± 7.171.
  const [[winner], [loser]] = rateTeams([[newSkill], [newSkill]], [0, 1]);
  expect(winner.mean).toBeCloseTo(29.396, 3);
  expect(loser.mean).toBeCloseTo(20.604, 3);
  expect(winner.deviation).toBeCloseTo(7.171, 3);
  expect(loser.deviation).toBeCloseTo(winner.deviation, 12);
});

test('places decide, not the order in which teams are listed', () => {
  const [a, b] = [
    { mean: 30, deviation: 3 },
    { mean: 22, deviation: 6 },
  ];
  const [[firstA], [firstB]] = rateTeams([[a], [b]], [1, 0]);
  const [[secondB], [secondA]] = rateTeams([[b], [a]], [0, 1]);
  expect([firstA, firstB]).toEqual([secondA, secondB]);
  expect(firstA.mean).toBeLessThan(30);
  expect(firstB.mean).toBeGreaterThan(22);
});

test('a draw draws the means together and tells more than a win about closeness', () => {
  const [[a], [b]] = rateTeams([[{ mean: 30, deviation: 5 }], [{ mean: 20, deviation: 5 }]], [0, 0]);
  expect(a.mean).toBeLessThan(30);
  expect(b.mean).toBeGreaterThan(20);
  expect(a.mean - 25).toBeCloseTo(25 - b.mean, 9);
});

test('in a team the less certain player takes more of the result', () => {
  const [[steady, unsure]] = rateTeams([[{ mean: 25, deviation: 2 }, newSkill], [newSkill]], [0, 1]);
  expect(unsure.mean - 25).toBeGreaterThan(4 * (steady.mean - 25));
});

test('a result that was thought impossible still gives numbers', () => {
  const certain = { mean: 100, deviation: 0.1 };
  for (const places of [
    [1, 0],
    [0, 0],
  ]) {
    const [[strong], [weak]] = rateTeams([[certain], [{ mean: 0, deviation: 0.1 }]], places, {
      performance: 0.1,
      drift: 0,
    });
    expect(strong.mean).toBeLessThan(100);
    expect(weak.mean).toBeGreaterThan(0);
    expect(strong.deviation).toBeGreaterThan(0);
  }
  const [[drawn]] = rateTeams([[newSkill], [newSkill]], [0, 0], { drawProbability: 0 });
  expect(drawn.mean).toBeCloseTo(25, 12);
});

test('equals of known skill make the best match', () => {
  expect(matchQuality({ mean: 25, deviation: 0 }, { mean: 25, deviation: 0 })).toBe(1);
  expect(matchQuality(newSkill, newSkill)).toBeCloseTo(Math.sqrt(1 / 5), 12);
  expect(matchQuality(newSkill, { mean: 40, deviation: 25 / 3 })).toBeLessThan(matchQuality(newSkill, newSkill));
});

test('cutting a normal variable at its mean moves it by the mean of the half normal', () => {
  const { shift, shrink } = truncateAbove(0, 0);
  expect(shift).toBeCloseTo(Math.sqrt(2 / Math.PI), 12);
  // The variance of the half normal is 1 - 2 / pi.
  expect(shrink).toBeCloseTo(2 / Math.PI, 12);
});

test('keeping a variable within a range around its mean does not move it', () => {
  const { shift, shrink } = truncateWithin(0, 1);
  expect(shift).toBe(0);
  // Variance of a standard normal kept within ±1: 1 - 2 density(1) / P(|X| < 1).
  expect(shrink).toBeCloseTo((2 * 0.24197072451914337) / 0.6826894921370859, 12);
  expect(truncateWithin(-2, 0.5).shift).toBeCloseTo(-truncateWithin(2, 0.5).shift, 12);
});

test('advantages that come from strengths alone have no cyclic part', () => {
  const parts = hodge([
    [0, 1, 3],
    [-1, 0, 2],
    [-3, -2, 0],
  ]);
  expect(parts.potential).toEqual([expect.closeTo(4 / 3, 12), expect.closeTo(1 / 3, 12), expect.closeTo(-5 / 3, 12)]);
  expect(parts.cyclicShare).toBeCloseTo(0, 12);
});

test('rock, paper, scissors is nothing but a cycle', () => {
  const table = [
    [0, -1, 1],
    [1, 0, -1],
    [-1, 1, 0],
  ];
  expect(hodge(table)).toEqual({ potential: [0, 0, 0], cyclic: table, cyclicShare: 1 });
});

test('where nobody has an advantage there is no cyclic share', () => {
  expect(hodge([[0]]).cyclicShare).toBeUndefined();
});
