import { PolityError } from '#core';

/**
 * Log strengths under which the observed wins are most likely, P(i beats j) = s_i / (s_i + s_j), with mean 0. Unlike Elo's
 * updates they do not depend on the order of the games. A draw counts half a win for each side.
 *
 * Shapes: wins[i][j] [n][n], how often i beat j -> [n]; `precision` is how little strengths still move at the end.
 * Throws: PolityError (contract) when some players never lost to, or never beat, any of the others: their strength would be
 * infinite. Adding half a win to every pair is a usual remedy.
 * Source: Bradley and Terry (1952); iteration of Hunter (2004), "MM algorithms for generalized Bradley-Terry models", eq. 3.
 *
 * @example
 * bradleyTerry([[0, 3], [1, 0]]) // [Math.log(3) / 2, -Math.log(3) / 2]
 */
export function bradleyTerry(wins: readonly (readonly number[])[], precision = 1e-15): number[] {
  const n = wins.length;
  requireConnected(wins);
  let strengths = new Array<number>(n).fill(1);
  const won = wins.map((row, i) => row.reduce((sum, count, j) => (i === j ? sum : sum + count), 0));
  for (let round = 0; round < 100_000; round++) {
    const next = strengths.map((strength, i) => {
      let expected = 0;
      for (let j = 0; j < n; j++) {
        if (i !== j) expected += (wins[i][j] + wins[j][i]) / (strength + strengths[j]);
      }
      return won[i] / expected;
    });
    const scale = Math.exp(next.reduce((sum, strength) => sum + Math.log(strength), 0) / n);
    const scaled = next.map((strength) => strength / scale);
    const moved = scaled.reduce((most, strength, i) => Math.max(most, Math.abs(Math.log(strength / strengths[i]))), 0);
    strengths = scaled;
    if (moved < precision) break;
  }
  return strengths.map(Math.log);
}

/**
 * How likely each player is to beat each other one.
 *
 * Shapes: logStrengths [n] -> [n][n], 0.5 on the diagonal.
 */
export function winProbabilities(logStrengths: readonly number[]): number[][] {
  return logStrengths.map((mine) => logStrengths.map((other) => 1 / (1 + Math.exp(other - mine))));
}

/** A finite optimum exists exactly where wins lead from everyone to everyone (Ford 1957). */
function requireConnected(wins: readonly (readonly number[])[]): void {
  for (const [verb, beats] of [
    ['beaten', (i: number, j: number) => wins[i][j] > 0],
    ['lost to', (i: number, j: number) => wins[j][i] > 0],
  ] as const) {
    const reached = new Set([0]);
    for (const i of reached) {
      for (let j = 0; j < wins.length; j++) if (beats(i, j)) reached.add(j);
    }
    if (reached.size === wins.length) continue;
    const missing = wins.map((_, i) => i).filter((i) => !reached.has(i));
    throw new PolityError({
      code: 'contract',
      where: 'bradley-terry',
      message: 'some strengths would be infinite',
      got: `player ${missing[0]} is not among those whom player 0, or anyone of those, has ${verb}`,
      expected: 'wins that lead from every player to every other',
      remedy: 'Play more games, or add half a win to every pair.',
    });
  }
}
