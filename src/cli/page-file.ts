import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PolityError } from '#core';
import { type PageAssets, pageMark } from '#report/page-html';
import { writeWhole } from './run-folder.ts';

const assetFolder = join(dirname(fileURLToPath(import.meta.resolve('polity/package.json'))), 'dist', 'assets');

/**
 * The script and style that every page holds a copy of.
 *
 * Throws: PolityError (failure) where the build has not made them.
 */
export function pageAssets(folder = assetFolder): PageAssets {
  const [script, style] = ['report-page.js', 'report-page.css'].map((name) => join(folder, name));
  if (existsSync(script) && existsSync(style)) {
    return { script: readFileSync(script, 'utf8'), style: readFileSync(style, 'utf8') };
  }
  const message = 'missing: the script that draws the figures of pages is made by the build';
  throw new PolityError({ code: 'failure', where: script, message, remedy: 'Run `npm run build`' });
}

/**
 * Refuses a place that a page cannot be written to: a folder, or a file that is something else than such a page.
 *
 * Throws: PolityError (input).
 */
export function requirePagePlace(path: string): void {
  if (!existsSync(path)) return;
  const remedy = 'Name another file with --out';
  if (statSync(path).isDirectory()) {
    throw new PolityError({ code: 'input', where: path, message: 'is a folder', expected: 'a file', remedy });
  }
  if (beginningOf(path).includes(pageMark)) return;
  const message = 'exists already and is not a page that Polity wrote';
  throw new PolityError({ code: 'input', where: path, message, remedy });
}

/** Writes a page, in place of an older one. Throws: PolityError (input) where it cannot be written. */
export function writePage(path: string, html: string): void {
  requirePagePlace(path);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, html);
  } catch (error) {
    const message = `cannot be written (${error instanceof Error ? error.message : error})`;
    const remedy = 'Name another file with --out';
    throw new PolityError({ code: 'input', where: path, message, remedy }, { cause: error });
  }
}

function beginningOf(path: string): string {
  const bytes = Buffer.alloc(1024);
  const file = openSync(path, 'r');
  try {
    return bytes.subarray(0, readSync(file, bytes)).toString('utf8');
  } finally {
    closeSync(file);
  }
}
