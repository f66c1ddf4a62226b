import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PolityError, parseWith, suggest } from '#core';
import { readJson } from '../run-folder.ts';

/** One line of the table of results for each variant of the experiment: a metric of its final window. */
const line = z.strictObject({
  metric: z.string().min(1).describe('A column of the evaluation rows, such as `episode/return`'),
  /** What the column is multiplied by to be on the scale that others report, as 20 a soup. */
  times: z.number().default(1),
  scale: z.string().min(1).describe('What a unit is: of whom, over how many steps'),
  bar: z.number().optional().describe('What has to be reached'),
  /** Whether less is better, as for exploitability. */
  lowerIsBetter: z.boolean().default(false),
  variants: z.array(z.string()).optional().describe('Variants that the line is about, `base` for none; absent: all'),
  published: z.string().default('').describe('The best that others report, with source and scale'),
});

const entry = z.strictObject({
  task: z.string().min(1),
  seeds: z.string().min(1).describe('As for `polity train --seeds`: 1..10'),
  lines: z.array(line).min(1),
  /** Played once more by the finished policies, under other parameters of the world. */
  afterwards: z
    .strictObject({
      params: z.record(z.string(), z.unknown()),
      episodes: z.int().min(1),
      metric: z.string().min(1),
      scale: z.string().min(1),
      bar: z.number().optional(),
    })
    .optional(),
  note: z.string().default('').describe('What has to be known to read the result'),
});

const table = z.record(z.string(), entry);

export type ReferenceLine = z.infer<typeof line>;

/** An experiment of `experiments/reference/` with what the table of results says about it. */
export type ReferenceEntry = z.infer<typeof entry> & { readonly name: string; readonly file: string };

/** Where the reference experiments and their table are, below a repository's root. */
export const referenceFolder = join('experiments', 'reference');

/**
 * The reference experiments in the order of `table.json`, which has an entry for each file beside it, by its name.
 *
 * Throws: PolityError (input) for a table that cannot be read, an entry without a file, and a file without an entry.
 */
export function readEntries(root: string): readonly ReferenceEntry[] {
  const folder = join(root, referenceFolder);
  const where = join(folder, 'table.json');
  const entries = parseWith(table, readJson(where), where);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length));
  for (const name of Object.keys(entries)) {
    if (files.includes(name)) continue;
    const message = `there is no ${name}.yaml beside it`;
    throw new PolityError({ code: 'input', where: `${where} › ${name}`, message, remedy: suggest(name, files) });
  }
  const missing = files.find((name) => !(name in entries));
  if (missing !== undefined) {
    const remedy = 'Say there which seeds and metrics the table of results shows';
    const message = `${missing}.yaml has no entry`;
    throw new PolityError({ code: 'input', where, message, remedy });
  }
  return Object.entries(entries).map(([name, given]) => ({ ...given, name, file: join(folder, `${name}.yaml`) }));
}

/** The entries of those names, all where there are none. Throws: PolityError (usage) for a name that there is not. */
export function chooseEntries(entries: readonly ReferenceEntry[], names: readonly string[]): readonly ReferenceEntry[] {
  const known = entries.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = 'no such reference experiment';
    throw new PolityError({
      code: 'usage',
      where: 'npm run reference',
      message,
      got: `"${unknown}"`,
      remedy: suggest(unknown, known),
    });
  }
  return names.length === 0 ? entries : entries.filter(({ name }) => names.includes(name));
}
