/**
 * The score that a player is expected to make against another, 0 to 1.
 *
 * Units: Elo points; 400 of them are odds of 10 to 1.
 * Source: Elo (1978), "The rating of chessplayers", in its logistic form.
 *
 * @example
 * eloExpected(1600, 1200) // 10 / 11
 */
export function eloExpected(rating: number, opponent: number): number {
  return 1 / (1 + 10 ** ((opponent - rating) / 400));
}

/**
 * Both ratings after a game, in which the first player scored 1 (won), 0.5 or 0; their sum stays.
 *
 * Source: Elo (1978): R + K (score - expected).
 *
 * @example
 * eloUpdate(1200, 1200, 1, 32) // [1216, 1184]
 */
export function eloUpdate(first: number, second: number, score: number, k = 32): [number, number] {
  const gain = k * (score - eloExpected(first, second));
  return [first + gain, second - gain];
}

/**
 * Elo points of a strength on the scale of natural logarithms, as `bradleyTerry` gives.
 *
 * @example
 * eloOfLogStrength(Math.log(10)) // 400
 */
export function eloOfLogStrength(logStrength: number): number {
  return (400 / Math.LN10) * logStrength;
}
