import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { worlds, wrappers } from '#envs';
import { algorithms } from '#learn';
import { buildDocs } from '../../scripts/build-docs.mjs';

const pages = buildDocs();

describe.each(Object.entries(pages))('%s', (name, text) => {
  it('is what `npm run docs` writes now', () => {
    expect(readFileSync(name, 'utf8') === text, `${name} is out of date: npm run docs`).toBe(true);
  });

  it('has a heading for each of its links, and tables as wide as their heads', () => {
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target);
    expect(links.length).toBeGreaterThan(4);
    for (const target of links) expect(text).toContain(`\n## ${target}\n`);
    for (const block of text.split('\n\n').filter((part) => part.startsWith('|'))) {
      const widths = block
        .trim()
        .split('\n')
        .map((row) => row.split(/(?<!\\)\|/).length);
      expect(new Set(widths).size, block).toBe(1);
    }
  });
});

it('every world, wrapper and algorithm has its place', () => {
  for (const id of worlds.ids) expect(pages['docs/worlds.md']).toContain(`\n## ${id}\n`);
  for (const id of wrappers.ids) expect(pages['docs/worlds.md']).toContain(`\n### ${id}\n`);
  for (const id of algorithms.ids) expect(pages['docs/algorithms.md']).toContain(`\n## ${id}\n`);
});

it('the page of the worlds says what the cards say', () => {
  const { source, licence, horizon, knownAnswer, randomReturn } = worlds.get('bargaining').card;
  const [, section] = /\n## bargaining\n(.*?)\n## /s.exec(pages['docs/worlds.md']) ?? [];
  const unescaped = section.replaceAll('\\', '');
  for (const fact of [source, licence, horizon, knownAnswer as string]) expect(unescaped).toContain(fact);
  expect(unescaped).toContain(
    `${randomReturn?.team.mean.toFixed(2)} ± ${randomReturn?.team.standardError.toFixed(2)} the team`,
  );
  expect(unescaped).toContain('boulware, linear, conceder, greedy, fair');
  expect(unescaped).toContain('| `maxTurns` | `10` | Offers until the talk ends');
});
