import { describe, expect, it } from 'vitest';
import { box, defineEnv, discrete, layOutAgents, multiDiscrete, type Role } from '#core';
import { coin, hall, tower } from './worlds.ts';

const roles = (...listed: Partial<Role>[]) => {
  const role = { name: 'player', count: 1, observation: box([3], 0, 1), action: discrete(2) };
  return { ...coin, roles: () => listed.map((part) => ({ ...role, ...part })) };
};

describe('defineEnv', () => {
  it('takes a world without parameters and refuses any that are given to it', () => {
    expect(coin.params.parse({})).toEqual({});
    expect(coin.params.safeParse({ sides: 2 }).success).toBe(false);
  });

  it('fills the card with what was said and marks the rest as not stated', () => {
    expect(coin.card).toEqual({
      title: 'coin',
      description: 'not stated',
      source: 'not stated',
      licence: 'not stated',
      tests: 'not stated',
      rewardScale: { agent: 'not stated', team: 'not stated' },
      horizon: 'not stated',
    });
    const told = defineEnv({ ...coin, card: { title: 'Coin', horizon: 'one step' } });
    expect(told.card).toMatchObject({ title: 'Coin', horizon: 'one step', source: 'not stated' });
  });

  it('keeps the rules as they were given', () => {
    expect(defineEnv({ ...tower, card: {} })).toEqual({ ...tower, card: { ...coin.card, title: 'tower' } });
  });
});

describe('layOutAgents', () => {
  it('numbers the agents through the roles and works out the length of every row', () => {
    const layout = layOutAgents(
      roles(
        { name: 'speaker', count: 1, observation: box([2, 2], 0, 1), action: multiDiscrete([5, 10]) },
        { name: 'listener', count: 2 },
        { name: 'mover', count: 1, action: box([3], 0, 1) },
      ),
      {},
    );
    expect(layout.names).toEqual(['speaker_0', 'listener_0', 'listener_1', 'mover_0']);
    expect([layout.count, [...layout.roleOf], layout.actionStride]).toEqual([4, [0, 1, 1, 2], 3]);
    expect(
      layout.roles.map(({ first, observationSize, maskSize, actionSize }) => [
        first,
        observationSize,
        maskSize,
        actionSize,
      ]),
    ).toEqual([
      [0, 4, 15, 2],
      [1, 3, 2, 1],
      [3, 3, 0, 3],
    ]);
    expect(layOutAgents(hall, {}).names).toEqual(['guest_0', 'guest_1', 'guest_2']);
  });

  it.each([
    [roles(), 'coin: there are no roles: expected at least one'],
    [roles({}, {}), 'coin: two roles have the same name: expected names that differ'],
    [roles({ count: 0 }), 'coin › player: a role of 0 agents: expected a whole number of at least 1'],
    [roles({ count: 1.5 }), 'coin › player: a role of 1.5 agents'],
  ])('refuses roles that make no sense', (env, message) => {
    expect(() => layOutAgents(env, {})).toThrow(message);
  });
});
