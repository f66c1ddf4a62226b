import { describe, expect, it } from 'vitest';
import { measureReturns } from '#cli/measure-returns';
import { worldShelf } from '#cli/shelves/worlds';
import { tableText } from '#cli/terminal-table';
import { worlds } from '#envs';
import { findPolicy } from '#policies';
import { polity } from './polity.ts';

describe('the table of worlds', () => {
  it('fits into 120 columns, a line a role below the id', () => {
    const lines = tableText(worldShelf.columns, worlds.items.map(worldShelf.row)).split('\n');
    expect(Math.max(...lines.map((line) => line.replaceAll('\u200b', '').length))).toBeLessThanOrEqual(120);
    const at = lines.findIndex((line) => line.startsWith('│ simple-speaker-listener '));
    const cells = [1, 2].map((more) =>
      lines[at + more]
        .split('│')
        .slice(1, 3)
        .map((cell) => cell.trim()),
    );
    expect(cells).toEqual([
      ['1 speaker', '3→3'],
      ['1 listener', '11→5'],
    ]);
  });

  it('says of a world when it ends, how it pays, and what random, scripted and published play returns', () => {
    expect(worldShelf.row(worlds.get('simple-spread')).slice(2)).toEqual([
      '25 steps',
      'own\n-∞..0',
      '-79.55',
      'greedy-spread\n-26.84',
      'about -25.8 the team (QMIX, 2 million steps)\nEPyMARL',
    ]);
    expect(worldShelf.row(worlds.get('leduc-poker')).slice(2, 6)).toEqual([
      'At most 2\n(3 players\n- 2) moves',
      'zero-sum\n-13..13',
      '0.00',
      '',
    ]);
  });
});

describe('polity envs --measure', () => {
  it('prints the random return in the form of the card', () => {
    const { status, stdout, stderr } = polity(['envs', 'tiny-hanabi', '--measure']);
    expect([status, stderr]).toEqual([0, '']);
    const { randomReturn } = worlds.get('tiny-hanabi').card;
    const { team, roles } = randomReturn as NonNullable<typeof randomReturn>;
    const text = (value: typeof team) => `{ mean: ${value.mean}, standardError: ${value.standardError} }`;
    expect(stdout).toBe(
      `randomReturn: {\n  episodes: 10_000,\n  seed: 0,\n  team: ${text(team)},\n  roles: { player: ${text(roles.player)} },\n},\n`,
    );
  });

  it('measures scripted policies, each in the roles that it can play', () => {
    const args = ['--measure', '--policy', 'tag-pursuit', '--policy', 'tag-evade', '--episodes', '20', '--json'];
    const { baseline } = JSON.parse(polity(['envs', 'simple-tag', ...args]).stdout);
    expect(baseline).toMatchObject({
      policies: { adversary: 'tag-pursuit', agent: 'tag-evade' },
      episodes: 20,
      seed: 0,
    });
    const { adversary, agent } = baseline.roles;
    expect(baseline.team.mean).toBeCloseTo(3 * adversary.mean + agent.mean, 9);
  });

  it.each([
    [['--measure'], 'no world. Name one'],
    [['kuhn-poker', '--measure', '--episodes', '1'], '--episodes: too few: got 1'],
    [['kuhn-poker', '--measure', '--seed', 'one'], '--seed: cannot be read: got NaN'],
    [
      ['kuhn-poker', '--measure', '--policy', 'boulwar'],
      '--policy: unknown policy: got "boulwar". Did you mean "boulware"?',
    ],
    [['kuhn-poker', '--measure', '--policy', 'boulware'], 'boulware › kuhn-poker'],
    [['kuhn-pokr', '--measure'], 'Did you mean "kuhn-poker"?'],
  ])('refuses %j', (args, message) => {
    const { status, stdout, stderr } = polity(['envs', ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('scripted baselines', () => {
  for (const world of worlds.items.filter(({ card }) => card.baseline !== undefined)) {
    it(`of ${world.id} are confirmed by other episodes`, () => {
      const { baseline } = world.card;
      const { policies, episodes, team, roles } = baseline as NonNullable<typeof baseline>;
      expect(episodes).toBeGreaterThanOrEqual(200);
      const minds = [...new Set(Object.values(policies))].map((id) => findPolicy(id));
      // Episodes of other seeds; few of those that are long.
      const few = (world.timeLimitSteps?.(world.params.parse({})) ?? 0) > 100 ? 4 : 16;
      const found = measureReturns(world, world.params.parse({}), minds, { episodes: few, seed: 1 });
      expect(found.policies).toEqual(policies);
      const agrees = (card: typeof team, own: typeof team) => {
        // The spread of an episode is known best from the card.
        const error = card.standardError * Math.sqrt(1 + episodes / few);
        expect(Math.abs(card.mean - own.mean)).toBeLessThanOrEqual(5 * error + 1e-4);
      };
      agrees(team, found.team);
      for (const [role, own] of Object.entries(found.roles)) agrees(roles[role], own);
    });
  }
});

describe('polity envs --wrappers', () => {
  it('lists wrappers, and shows one with its options', () => {
    expect(polity(['envs', '--wrappers']).stdout).toContain('│ frame-stack ');
    const { stdout } = polity(['envs', 'frame-stack', '--wrappers']);
    expect(stdout).toMatch(/^frame-stack {2}Frame stack\n/);
    expect(stdout).toContain('frames');
    const [card] = JSON.parse(polity(['envs', 'frame-stack', '--wrappers', '--json']).stdout);
    expect(card).toMatchObject({ id: 'frame-stack', changes: ['observations'] });
  });

  it('shows the card of a wrapped world, and has it keep the rules', () => {
    const { stdout } = polity(['envs', 'simple-spread+common-reward']);
    expect(stdout).toMatch(/^simple-spread\+common-reward:of=mean {2}Simple spread/);
    expect(stdout).toContain('common reward');
    expect(polity(['check-env', 'kuhn-poker+frame-stack']).status).toBe(0);
  });
});
