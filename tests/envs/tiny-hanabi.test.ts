import { expect, it } from 'vitest';
import { parseWith } from '#core';
import { tinyHanabi } from '#envs';
import { field, fixedRng, play, start } from './worlds.ts';

it('pays both from the table: cards outermost, then the actions', () => {
  const payoffs = Array.from({ length: 36 }, (_, i) => i);
  const driver = start(tinyHanabi, { payoffs }, { rng: () => fixedRng([1, 0]) });
  play(driver, 2, 0);
  expect(driver.isOver(0)).toBe(false);
  play(driver, 0, 1);
  // Cards (1, 0), actions (2, 1): ((1 * 2 + 0) * 3 + 2) * 3 + 1.
  expect([...driver.returns]).toEqual([25, 25]);
});

it('shows the own card and the actions so far, never the other card', () => {
  const driver = start(tinyHanabi, {}, { rng: () => fixedRng([1, 0]) });
  play(driver, 2, 0);
  expect(field(driver, 1, 'card')).toEqual([1, 0]);
  expect(field(driver, 1, 'action/player0')).toEqual([0, 0, 1]);
  expect(tinyHanabi.text?.(driver.stateOf(0) as never, 1, driver.params as never)).toContain(
    'hold card 0.\nSo far: player 0 chose 2.\nChoose 0 to 2.',
  );
});

it('is worth 10 by the best convention: a search through all joint policies', () => {
  const { payoffs } = parseWith(tinyHanabi.params, {}, 'tiny-hanabi');
  const digits = (n: number, base: number, length: number) =>
    Array.from({ length }, (_, i) => Math.floor(n / base ** i) % base);
  let best = 0;
  for (let a = 0; a < 3 ** 2; a++) {
    const first = digits(a, 3, 2);
    for (let b = 0; b < 3 ** 6; b++) {
      const second = digits(b, 3, 6);
      let sum = 0;
      for (let mine = 0; mine < 2; mine++) {
        for (let other = 0; other < 2; other++) {
          sum += payoffs[((mine * 2 + other) * 3 + first[mine]) * 3 + second[other * 3 + first[mine]]];
        }
      }
      best = Math.max(best, sum / 4);
    }
  }
  expect(best).toBe(10);
});

it('refuses a table of the wrong size, naming the right one', () => {
  expect(() => parseWith(tinyHanabi.params, { players: 3 }, 'tiny-hanabi')).toThrow(
    '(2 cards x 3 actions)^3 players = 216 payoffs',
  );
});
