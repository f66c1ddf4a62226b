import { expect, test } from 'vitest';
import { createStreams } from '#core';
import { type Game, rateGames } from '#math';

const rng = () => createStreams('ratings').stream('tournament');
const repeat = (first: number, second: number, scores: readonly number[]): Game[] =>
  scores.map((score) => ({ first, second, score }));

test('ratings are those of the win shares, the added draw included', () => {
  // 8 of 9 games won and a draw added: 8.5 to 1.5.
  const games = repeat(0, 1, [1, 1, 1, 1, 1, 1, 1, 1, 0]);
  const [strong, weak] = rateGames(2, games, rng(), { resamples: 10 });
  expect(strong.rating - weak.rating).toBeCloseTo(400 * Math.log10(8.5 / 1.5), 6);
  expect(strong.rating + weak.rating).toBeCloseTo(0, 9);
});

test('who is listed first does not matter, nor the order of the games', () => {
  const games = [...repeat(0, 1, [1, 0.5]), ...repeat(2, 1, [0]), ...repeat(0, 2, [1])];
  const turned = games
    .map(({ first, second, score }) => ({ first: second, second: first, score: 1 - score }))
    .reverse();
  const ratings = (list: readonly Game[]) => rateGames(3, list, rng(), { resamples: 1 }).map(({ rating }) => rating);
  ratings(turned).forEach((rating, player) => {
    expect(rating).toBeCloseTo(ratings(games)[player], 6);
  });
});

test('a player who lost every game gets a low but finite rating', () => {
  const [, loser] = rateGames(2, repeat(0, 1, [1, 1, 1]), rng(), { resamples: 5 });
  // 0.5 of 4: odds 7 to 1, half of the difference below the mean.
  expect(loser.rating).toBeCloseTo(-200 * Math.log10(7), 6);
  // Resampling games that were all lost changes nothing.
  expect(loser.interval[0]).toBeCloseTo(loser.rating, 3);
});

test('intervals hold the rating and shrink with the number of games', () => {
  const scores = [1, 0, 1, 1, 0, 1];
  const width = (games: readonly Game[]) => {
    const [{ rating, interval }] = rateGames(2, games, rng(), { resamples: 400 });
    expect(interval[0]).toBeLessThan(rating);
    expect(interval[1]).toBeGreaterThan(rating);
    return interval[1] - interval[0];
  };
  const few = width(repeat(0, 1, scores));
  const many = width(repeat(0, 1, Array.from({ length: 16 }, () => scores).flat()));
  // 16 times the games, about a quarter of the width.
  expect(many / few).toBeLessThan(0.4);
});
