import { expect, test } from 'vitest';
import { jointActionNames, metrics } from '#metrics';
import { dilemma, episode, means } from './episodes.ts';

test('joint actions are shares of steps and list what was never played', () => {
  expect(means(metrics.get('game/jointAction'), dilemma(['CC', 'CD', 'CC', 'DC']))).toEqual({
    'game/jointAction/C,C': 0.5,
    'game/jointAction/C,D': 0.25,
    'game/jointAction/D,C': 0.25,
    'game/jointAction/D,D': 0,
  });
});

test('long episodes weigh by their steps', () => {
  const shares = means(metrics.get('game/jointAction'), dilemma(['CC']), dilemma(['DD', 'DD', 'DD']));
  expect(shares['game/jointAction/C,C']).toBe(1 / 4);
});

test('joint actions count through the first agent’s slowest', () => {
  const game = {
    labels: [
      ['a', 'b'],
      ['x', 'y'],
    ],
  };
  expect(jointActionNames(game)).toEqual(['a,x', 'a,y', 'b,x', 'b,y']);
});

test('games with more than 64 joint actions are logged action by action', () => {
  const labels = Array.from({ length: 2 }, () => Array.from({ length: 9 }, (_, i) => `a${i}`));
  const big = episode({
    actions: [
      [[0], [8]],
      [[1], [8]],
    ],
    outcome: { game: { labels } },
  });
  expect(means(metrics.get('game/jointAction'), big)).toEqual({});
  const shares = means(metrics.get('game/action'), big);
  expect(Object.keys(shares)).toHaveLength(18);
  expect(shares['game/action/player_0/a1']).toBe(0.5);
  expect(shares['game/action/player_1/a8']).toBe(1);
  expect(means(metrics.get('game/action'), dilemma(['CC']))).toEqual({});
});

test('the cooperation rate is the share of cooperative moves', () => {
  expect(means(metrics.get('game/cooperationRate'), dilemma(['CC', 'CD']))).toEqual({ 'game/cooperationRate': 3 / 4 });
});

test('a game without a cooperative action has no cooperation rate', () => {
  const pennies = episode({
    actions: [[[0], [1]]],
    outcome: {
      game: {
        labels: [
          ['H', 'T'],
          ['H', 'T'],
        ],
      },
    },
  });
  expect(means(metrics.get('game/cooperationRate'), pennies)).toEqual({});
  expect(means(metrics.get('game/conditionalCooperation'), pennies)).toEqual({});
});

test('conditional cooperation counts what follows each combination, own action first', () => {
  // After CD: agent 0 (C,D) plays D, agent 1 (D,C) plays C. After DC: agent 0 (D,C) plays C, agent 1 (C,D) plays C.
  expect(means(metrics.get('game/conditionalCooperation'), dilemma(['CD', 'DC', 'CC']))).toEqual({
    'game/conditionalCooperation/C,D': 1 / 2,
    'game/conditionalCooperation/D,C': 1,
  });
});

test('two tit-for-tat players copy each other’s last move', () => {
  const rates = means(
    metrics.get('game/conditionalCooperation'),
    dilemma(['CD', 'DC', 'CD', 'DC']),
    dilemma(['CC', 'CC']),
  );
  expect(rates).toEqual({
    'game/conditionalCooperation/C,C': 1,
    'game/conditionalCooperation/C,D': 0,
    'game/conditionalCooperation/D,C': 1,
  });
});

test('a step at which an agent did not act is no joint action', () => {
  const labels = [
    ['C', 'D'],
    ['C', 'D'],
  ];
  const turns = episode({
    actions: [
      [[0], []],
      [[], [1]],
    ],
    outcome: { game: { labels, cooperate: 0 } },
  });
  expect(means(metrics.get('game/jointAction'), turns)).toEqual({});
  expect(means(metrics.get('game/cooperationRate'), turns)).toEqual({ 'game/cooperationRate': 1 / 2 });
});
