import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { worlds } from '#envs';

const notice = readFileSync('NOTICE', 'utf8');
const { license } = JSON.parse(readFileSync('package.json', 'utf8')) as { license: string };

/** Owners of repositories that rules come from; other words with a slash are not repositories. */
const owners = 'google-deepmind|Farama-Foundation|semitable|HumanCompatibleAI|alshedivat|FLAIROx|eugenevinitsky';

describe('NOTICE', () => {
  it('credits every file of data from elsewhere, and so does the file', () => {
    const files = readdirSync('envs/data');
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      expect(notice).toContain(`envs/data/${file}`);
      const [head] = readFileSync(`envs/data/${file}`, 'utf8').split('*/');
      expect(head, file).toMatch(/Apache|MIT/);
      expect(head, file).toMatch(/copyright/i);
    }
  });

  it.each(worlds.items.map((world) => [world.id, world.card] as const))(
    'credits what the card of %s names, under the licence that it names',
    (_, { source, licence }) => {
      for (const [repository] of source.matchAll(new RegExp(`\\b(${owners})/[\\w-]+`, 'g'))) {
        expect(notice).toContain(`(${repository})`);
      }
      for (const [, project, terms] of licence.matchAll(/([\w-]+) is (MIT|Apache-2\.0)/g)) {
        if (project !== 'repository') expect(notice).toMatch(new RegExp(`${project} \\([^)]*\\), ${terms}`, 'i'));
      }
      if (licence.includes('as the rest')) expect(licence).toBe(`${license}, as the rest.`);
    },
  );
});
