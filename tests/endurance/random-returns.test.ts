import { describe, expect, it } from 'vitest';
import { measureRandomReturn, worlds } from '#envs';

describe.each(worlds.ids)('%s', (id) => {
  it('has the random return on its card that 10 000 random episodes give', () => {
    const world = worlds.get(id);
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
});
