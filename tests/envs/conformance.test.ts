import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkEnv } from '#core';
import { measureRandomReturn, worlds } from '#envs';

interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

describe('every registered world', () => {
  for (const world of worlds.items) {
    it(`${world.id} passes the conformance kit with its card filled in`, () => {
      expect(checkEnv(world, { requireCard: true }).failures).toEqual([]);
    });

    it(`${world.id} has a random return on its card that episodes of its own confirm`, () => {
      const { randomReturn } = world.card;
      expect(randomReturn?.episodes).toBe(10_000);
      // Other episodes than those of the card, as many as half a second of stepping allows; the slow suite plays all 10 000.
      const { team, roles } = measureRandomReturn(world, world.params.parse({}), { episodes: 200, seed: 1 });
      const agrees = (card: Estimate | undefined, own: Estimate) => {
        const error = Math.hypot(card?.standardError ?? Number.NaN, own.standardError);
        expect(Math.abs((card?.mean ?? Number.NaN) - own.mean)).toBeLessThanOrEqual(5 * error + 1e-9);
      };
      agrees(randomReturn?.team, team);
      for (const [role, own] of Object.entries(roles)) agrees(randomReturn?.roles[role], own);
    });
  }
});

/** Settings that change who plays, what is seen or when it ends. */
const settings: Record<string, object[]> = {
  'matrix-game': [
    { rounds: 1, recall: 0 },
    { game: 'matching-pennies', recall: 3 },
    { game: 'rock-paper-scissors', view: 'seats', encoding: 'joint', recall: 2 },
    { game: 'climbing', rounds: 25 },
    { game: 'penalty', penalty: 100, reward: 'joint' },
    { game: 'shapley', reward: 0.3 },
    { game: 'lola-prisoners-dilemma', rounds: 150, endless: true, encoding: 'joint' },
    { rounds: 50, continuation: 0.8 },
    { rounds: 20, continuation: 0.9, endless: true },
    {
      payoffs: [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
        [
          [9, 10],
          [11, 12],
        ],
      ],
      recall: 2,
    },
    {
      payoffs: [
        [[[0, 1, 2]], [[3, 4, 5]]],
        [[[6, 7, 8]], [[9, 10, 11]]],
      ],
      encoding: 'joint',
    },
    { payoffs: [0, 1].map((a) => [0, 1].map((b) => [0, 1].map((c) => [a + b + c, a + b + c, a + b + c]))) },
  ],
  bargaining: [
    { instances: 'generated' },
    { instances: { from: 800, to: 1000 }, reward: 'joint' },
    { instances: [5], maxTurns: 1 },
    {
      instances: {
        pool: [7, 0, 0],
        values: [
          [1, 0, 0],
          [10, 0, 0],
        ],
      },
      maxTurns: 3,
    },
    { maxTurns: 20, discount: 0.9, probEnd: 0.1, reward: 0.25 },
  ],
  'simple-spread': [
    { agents: 1 },
    { agents: 6, localRatio: 0, maxCycles: 10 },
    { continuous: true },
    { terminateOnSuccess: true, agents: 1, maxCycles: 300 },
    { agentNeighbours: 5, landmarkNeighbours: 2, collisionPenalty: false },
    { agents: 1, agentNeighbours: 2, landmarkNeighbours: 3 },
  ],
};

describe('worlds under other settings', () => {
  for (const [id, list] of Object.entries(settings)) {
    for (const params of list) {
      it(`${id} passes the conformance kit with ${JSON.stringify(params)}`, () => {
        expect(checkEnv(worlds.get(id), { params, seed: 7 }).failures).toEqual([]);
      });
    }
  }
});

describe('parameters of every registered world', () => {
  for (const world of worlds.items) {
    it(`of ${world.id} become a JSON Schema in which each key is described and has a default`, () => {
      const schema = z.toJSONSchema(world.params, { io: 'input' });
      for (const [key, value] of Object.entries(schema.properties ?? {})) {
        expect(value, key).toHaveProperty('description');
        expect(value, key).toHaveProperty('default');
      }
      expect(schema.required ?? []).toEqual([]);
    });
  }
});
