import { describe, expect, it } from 'vitest';
import { forbiddenNames } from './forbidden-names.ts';
import { filesBelow, foldersBelowTheDoors, parse } from './source-files.ts';

const found = (text: string) =>
  forbiddenNames(parse('src/core/x.ts', text)).map((line) => line.replace('src/core/x.ts:', ''));

/** Training measures how long its parts took, for the `time/*` fields alone, by a clock that both platforms have. */
const timesARun = (line: string) => /^src\/train\/\S+ performance$/.test(line);

describe('below the doors', () => {
  it('neither the platform, the clock, nor unseeded randomness is named', () => {
    const files = filesBelow(foldersBelowTheDoors()).filter((file) => !file.endsWith('.d.ts'));
    expect(files.length).toBeGreaterThan(100);
    const found = files.flatMap((file) => forbiddenNames(parse(file)));
    expect(found.filter((line) => !timesARun(line))).toEqual([]);
  });
});

describe('the search for forbidden names', () => {
  it.each([
    ['const seed = Math.random();', ['1 Math.random']],
    ["const seed = Math['random']();", ['1 Math.random']],
    ['const { random } = Math;', ['1 Math.random']],
    ['const roll = [1].map(Math.random);', ['1 Math.random']],
    ['\nconst now = Date.now();', ['2 Date']],
    ['const now = new Date();', ['1 Date']],
    ['const start = performance.now();', ['1 performance']],
    ['process.exit(1);', ['1 process']],
    ['export function draw(canvas = document.body) {}', ['1 document']],
    ['globalThis.fetch();', ['1 globalThis']],
    ["import { readFileSync } from 'node:fs';", ['1 import of node:fs']],
    ["import { readFileSync } from 'fs';", ['1 import of fs']],
    ["export * from 'node:path';", ['1 import of node:path']],
    ["const fs = await import('node:fs');", ['1 import of node:fs']],
    ['let when: Date;', ['1 Date']],
  ])('finds it in %s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    '// Math.random is not used here, nor is Date.now()',
    '/** process, document */ export const a = 1;',
    "const text = 'Math.random() and new Date()';",
    'const a = rng.random() + stream.process + page.document.length;',
    'interface Options { readonly performance?: number; window(): void }',
    'function rate({ performance = 25 / 6 }: Options) { return performance ** 2; }',
    'const { process: step } = pipeline;',
    'const window = rows.slice(-10); export const last = window[0];',
    'const made = { document: 1, process() {} };',
    'const x = Math.sqrt(2) + Math.PI;',
    "import { box } from '#core';",
    "const name = 'fs';",
  ])('leaves alone: %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});
