import { expect, test } from 'vitest';
import { foraging, rware, rwareMended } from '#envs';
import { findPolicy } from '#policies';
import { play, seat } from './play.ts';

const team = (size: number) => new Array(size).fill(findPolicy('carrier'));

test.each([
  // Random robots deliver 0.04 shelves an episode.
  [{ agents: 2 }, 12],
  [{ agents: 4 }, 25],
  [{ agents: 2, reward: 'twoStage', messageBits: 2, sensorRange: 2 }, 12],
  [{ layout: 'x.xx\n....\nx..x\ng..g', agents: 2, requestQueueSize: 2 }, 12],
])('delivers shelves with %j: at least %d an episode', (params, least) => {
  const games = play(rware, params, team(params.agents), { episodes: 3 });
  for (const { metrics } of games) expect(metrics.deliveries).toBeGreaterThanOrEqual(least);
});

test('puts shelves back, which twoStage pays for', () => {
  const [{ returns, metrics }] = play(rwareMended, { reward: 'twoStage' }, team(2));
  const paid = returns.reduce((sum, value) => sum + value, 0);
  // Half for each delivery, half for each return; the last shelf of each robot may still be under way.
  expect(paid).toBeLessThanOrEqual(metrics.deliveries);
  expect(paid).toBeGreaterThanOrEqual(metrics.deliveries - 1);
});

test('plays the same after what it remembers went through JSON', () => {
  const rest = (interrupted: boolean) => {
    const { driver, step, actors } = seat(rware, {}, team(2), 'memory');
    driver.reset();
    for (let t = 0; t < 60; t++) step();
    if (interrupted) {
      for (const actor of actors) actor.restore?.(JSON.parse(JSON.stringify(actor.snapshot?.())));
    }
    for (let t = 0; t < 60; t++) step();
    return driver.snapshot(0);
  };
  expect(rest(true)).toEqual(rest(false));
});

test('refuses images, normalised coordinates and other worlds', () => {
  expect(() => seat(rware, { observation: 'image' }, team(2), 0)).toThrow('carrier › rware › agent');
  expect(() => seat(rware, { normalisedCoordinates: true }, team(2), 0)).toThrow('normalised coordinates');
  expect(() => seat(foraging, {}, team(2), 0)).toThrow('carrier › foraging › agent');
});
