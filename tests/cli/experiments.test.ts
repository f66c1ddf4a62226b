import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '#cli/catalogue';
import { readExperiment } from '#cli/read-experiment';
import { resolveLayers } from '#train';

const files = readdirSync('experiments', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => join('experiments', name));

describe('the experiments that ship', () => {
  it.each(files)('%s resolves, with every variant', async (file) => {
    const configs = await resolveLayers({ file, read: readExperiment }, catalogue);
    expect(new Set(configs.map(({ name }) => name)).size).toBe(1);
  });

  it.each(files)('%s names the schema for editors, asks a question and answers it in its comment', async (file) => {
    const text = readFileSync(file, 'utf8');
    const up = '../'.repeat(file.split(/[\\/]/).length - 1);
    expect(text.startsWith(`# yaml-language-server: $schema=${up}polity.schema.json\n`)).toBe(true);
    const [{ description }] = await resolveLayers({ file, read: readExperiment }, catalogue);
    expect(description).toMatch(/\?$/);
    expect(text).toMatch(/^# Answer(: not run yet| \(seed.*final window)/m);
  });

  it('have names that differ', async () => {
    const names = await Promise.all(
      files.map(async (file) => (await resolveLayers({ file, read: readExperiment }, catalogue))[0].name),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
