import { describe, expect, test } from 'vitest';
import { PolityError } from '#core';
import { simpleAdversary, simpleReference, simpleSpeakerListener, simpleTag } from '#envs';
import { findPolicy } from '#policies';
import { meanReturns, play, seat } from './play.ts';

const minds = (ids: string[]) => ids.map((id) => findPolicy(id));

describe.each([{ continuous: false }, { continuous: true }])('with %j', ({ continuous }) => {
  test('tell-and-go brings the listener to the goal in every episode', () => {
    const games = play(simpleSpeakerListener, { continuous }, minds(['tell-and-go', 'tell-and-go']), { episodes: 60 });
    for (const { metrics } of games) expect(metrics.goalsReached).toBe(1);
    // Random play returns about -40.
    expect(meanReturns(games)[0]).toBeGreaterThan(-13);
  });

  test.each([false, true])(
    'tell-and-go brings both agents to their goals in simple-reference (factored %s)',
    (factored) => {
      const games = play(simpleReference, { continuous, factored }, minds(['tell-and-go', 'tell-and-go']), {
        episodes: 60,
      });
      for (const { metrics } of games) expect(metrics.goalsReached).toBe(1);
    },
  );

  test('tag-pursuit catches a random prey often, and tag-evade seldom', () => {
    const pursuers = ['tag-pursuit', 'tag-pursuit', 'tag-pursuit'];
    const tags = (prey: string) => {
      const games = play(simpleTag, { continuous }, minds([...pursuers, prey]), { episodes: 60 });
      return games.reduce((sum, { metrics }) => sum + metrics.tags, 0) / games.length;
    };
    // Three random adversaries touch a random prey 0.4 times an episode.
    expect(tags('random')).toBeGreaterThan(4);
    expect(tags('tag-evade')).toBeLessThan(tags('random') / 3);
  });

  test('decoy has an agent on the goal and fools shadow half of the time', () => {
    const games = play(simpleAdversary, { continuous }, minds(['shadow', 'decoy', 'decoy']), { episodes: 100 });
    for (const { metrics } of games) expect(metrics.goalDistance).toBeLessThan(0.15);
    const found = games.filter(({ metrics }) => metrics.adversaryDistance < 0.15).length;
    // 50 expected, standard deviation 5; four of them.
    expect(Math.abs(found - 50)).toBeLessThan(20);
  });
});

test('each refuses the other side’s role and says what it is made for', () => {
  for (const [env, id, seats] of [
    [simpleTag, 'tag-pursuit', 4],
    [simpleTag, 'tag-evade', 4],
    [simpleAdversary, 'decoy', 3],
    [simpleAdversary, 'shadow', 3],
  ] as const) {
    const all = () => seat(env, {}, minds(new Array(seats).fill(id)), 0);
    expect(all).toThrow(PolityError);
    expect(all).toThrow(`${id} › ${env.id} › `);
  }
});

test('tag-pursuit refuses a world that does not tell prey from adversaries', () => {
  const cut = () => seat(simpleTag, { agentNeighbours: 2 }, minds(['tag-pursuit', 'random', 'random', 'random']), 0);
  expect(cut).toThrow('without agentNeighbours');
});
