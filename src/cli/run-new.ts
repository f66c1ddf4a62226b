import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PolityError } from '#core';
import { type Home, scaffold } from './scaffold/scaffold.ts';

/**
 * Writes the files of a new world, policy or experiment below `root` and prints what to do with them.
 *
 * Throws: PolityError (usage) for an unknown kind or a bad name; (input) when a file is there already or cannot be written.
 */
export function runNew(kind: string, name: string, root: string, quiet: boolean): void {
  const { files, next } = scaffold(kind, name, homeOf(root));
  for (const { path } of files) {
    if (!existsSync(join(root, path))) continue;
    throw new PolityError({ code: 'input', where: path, message: 'exists already', remedy: 'Choose another name' });
  }
  for (const { path, text } of files) {
    write(join(root, path), path, text);
    console.log(path);
  }
  if (!quiet) for (const step of next) console.error(`  ${step}`);
}

/** Polity's own repository is known by its name. */
function homeOf(root: string): Home {
  const file = join(root, 'package.json');
  if (!existsSync(file)) return 'project';
  const { name } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown };
  return name === 'polity' ? 'polity' : 'project';
}

function write(file: string, path: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    // The flag makes certain that nothing is overwritten, whoever else writes just now.
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    const message = `cannot be written (${error instanceof Error ? error.message : error})`;
    throw new PolityError({ code: 'input', where: path, message }, { cause: error });
  }
}
