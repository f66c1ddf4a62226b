import type { Rng } from '#core';
import type { BootstrapOptions, Interval } from '../statistics/bootstrap.ts';
import { sortedQuantile } from '../statistics/summary.ts';
import { bradleyTerry } from './bradley-terry.ts';
import { eloOfLogStrength } from './elo.ts';

/** A game between two players by number: the first one's score is 1 (won), 0.5 or 0. */
export interface Game {
  readonly first: number;
  readonly second: number;
  readonly score: number;
}

/** A rating in Elo points and where it lies when the games are resampled. */
export interface RatingEstimate {
  readonly rating: number;
  readonly interval: Interval;
}

/**
 * Elo ratings of a whole tournament, with mean 0, independent of the order of the games, and their bootstrap intervals: the games
 * of each pair are resampled with replacement.
 *
 * Shapes: games of players 0..players-1 -> [players].
 * Units: Elo points; `prior` is a number of drawn games added to every pair, which keeps unbeaten players finite.
 * Source: Bradley and Terry (1952); strata as in `bootstrapIntervals`.
 *
 * @example
 * rateGames(2, [{ first: 0, second: 1, score: 0.5 }], rng)[0].rating // 0
 */
export function rateGames(
  players: number,
  games: readonly Game[],
  rng: Rng,
  { resamples = 1000, confidence = 0.95, prior = 1 }: BootstrapOptions & { readonly prior?: number } = {},
): RatingEstimate[] {
  const pairs = new Map<number, Game[]>();
  for (const game of games) {
    const key = Math.min(game.first, game.second) * players + Math.max(game.first, game.second);
    pairs.set(key, [...(pairs.get(key) ?? []), game]);
  }
  const strata = [...pairs.values()];
  const rate = (pick: (stratum: readonly Game[], i: number) => Game, precision: number) => {
    const wins = Array.from({ length: players }, (_, i) =>
      Array.from({ length: players }, (_, j) => (i === j ? 0 : prior / 2)),
    );
    for (const stratum of strata) {
      for (let i = 0; i < stratum.length; i++) {
        const { first, second, score } = pick(stratum, i);
        wins[first][second] += score;
        wins[second][first] += 1 - score;
      }
    }
    return bradleyTerry(wins, precision).map(eloOfLogStrength);
  };
  const ratings = rate((stratum, i) => stratum[i], 1e-12);
  const drawn = ratings.map(() => new Float64Array(resamples));
  for (let sample = 0; sample < resamples; sample++) {
    rate((stratum) => stratum[rng.integer(0, stratum.length)], 1e-6).forEach((rating, player) => {
      drawn[player][sample] = rating;
    });
  }
  const tail = (1 - confidence) / 2;
  return ratings.map((rating, player) => {
    const ascending = drawn[player].sort();
    return { rating, interval: [sortedQuantile(ascending, tail), sortedQuantile(ascending, 1 - tail)] };
  });
}
