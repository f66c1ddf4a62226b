import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { algorithmShelf } from '#cli/shelves/algorithms';
import { metricShelf } from '#cli/shelves/metrics';
import { optionsOf } from '#cli/shelves/options-of';
import { policyShelf } from '#cli/shelves/policies';
import type { Shelf } from '#cli/shelves/shelf';
import { worldShelf } from '#cli/shelves/worlds';
import { worlds } from '#envs';
import { algorithms } from '#learn';
import { evaluationMetrics, languageMeasures, metrics } from '#metrics';
import { policies } from '#policies';
import { opponentModelAccuracy } from '#train/opponent-model-accuracy';
import { catalogue } from '../../src/cli/catalogue.ts';
import { polity } from './polity.ts';

const lists = [
  ['envs', worlds.ids],
  ['policies', [...policies.ids, ...catalogue.architectures.ids]],
  ['algorithms', algorithms.ids],
  [
    'metrics',
    [...metrics.ids, ...evaluationMetrics.ids, opponentModelAccuracy.id, ...languageMeasures.map(({ id }) => id)],
  ],
] as const;

describe('envs, policies, algorithms, metrics', () => {
  it.each(lists)('polity %s lists everything there is, without colours where there is no terminal', (command, ids) => {
    const { status, stdout, stderr } = polity([command], { CI: '1' });
    expect([status, stderr]).toEqual([0, '']);
    for (const id of ids) expect(stdout).toContain(`│ ${id}`);
    expect(stdout).not.toContain('\u001b');
  });

  it.each(lists)('polity %s --json prints one array of cards', (command, ids) => {
    const cards = JSON.parse(polity([command, '--json']).stdout) as { id: string; title: string }[];
    expect(cards.map(({ id }) => id)).toEqual(ids);
    for (const { title } of cards) expect(title).toMatch(/\w/);
  });

  it.each(lists)('polity %s ID prints the card of one, and refuses an unknown one', (command, ids) => {
    expect(polity([command, ids[0]]).stdout).toMatch(new RegExp(`^${ids[0]}  \\w`));
    expect(JSON.parse(polity([command, ids[0], '--json']).stdout)).toHaveLength(1);
    const mistyped = polity([command, `${ids[0]}x`]);
    expect(mistyped.status).toBe(2);
    expect(mistyped.stderr).toContain(`polity ${command}: unknown`);
    expect(mistyped.stderr).toContain(`Did you mean "${ids[0]}"?`);
  });

  const shelves = [worldShelf, policyShelf, algorithmShelf, metricShelf] as unknown as Shelf<{ id: string }>[];
  it('loses nothing of a card to JSON, which knows no infinity', () => {
    for (const shelf of shelves) {
      for (const item of shelf.items.items) {
        const card = shelf.card(item);
        expect(JSON.parse(JSON.stringify(card))).toEqual(card);
      }
    }
  });

  it('has a row and something to say for every item', () => {
    for (const shelf of shelves) {
      for (const item of shelf.items.items) {
        expect(shelf.row(item)).toHaveLength(shelf.columns.length);
        expect(shelf.sections(item).length).toBeGreaterThan(0);
      }
    }
  });

  it('says of a key what it takes', () => {
    const schema = z.strictObject({
      count: z.int().min(1).default(3).describe('How many.'),
      share: z.number().gt(0).max(1).describe('How much.'),
      kind: z
        .union([z.enum(['own', 'joint']), z.number().min(0).max(1)])
        .default('own')
        .describe('Which.'),
      list: z.array(z.boolean()).default([]).describe('A list.'),
    });
    expect(optionsOf(schema)).toEqual([
      { key: 'count', takes: 'whole number at least 1', default: 3, description: 'How many.' },
      { key: 'share', takes: 'number above 0, at most 1', description: 'How much.' },
      { key: 'kind', takes: '"own", "joint" or number 0..1', default: 'own', description: 'Which.' },
      { key: 'list', takes: 'list of true or false', default: [], description: 'A list.' },
    ]);
  });
});
