import { describe, expect, it } from 'vitest';
import { checkEnv } from '#core';
import { measureRandomReturn, worlds } from '#envs';

describe('every registered world', () => {
  for (const world of worlds.items) {
    it(`${world.id} passes the conformance kit with its card filled in`, () => {
      expect(checkEnv(world, { requireCard: true }).failures).toEqual([]);
    });

    it(`${world.id} has the random return on its card that 10 000 random episodes give`, () => {
      const { randomReturn } = world.card;
      const measured = measureRandomReturn(world, world.params.parse({}), { episodes: 10_000, seed: 0 });
      expect(randomReturn?.episodes).toBe(10_000);
      expect(randomReturn?.team.mean).toBeCloseTo(measured.team.mean, 3);
      expect(randomReturn?.team.standardError).toBeCloseTo(measured.team.standardError, 3);
      for (const [role, { mean, standardError }] of Object.entries(measured.roles)) {
        expect(randomReturn?.roles[role].mean).toBeCloseTo(mean, 3);
        expect(randomReturn?.roles[role].standardError).toBeCloseTo(standardError, 3);
      }
    });
  }
});
