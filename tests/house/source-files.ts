import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** The repository's folder: tests run there. */
export const root = process.cwd();

/** Every file below some folders whose name ends in one of the endings, by its path from the root, sorted. */
export function filesBelow(folders: readonly string[], endings: readonly string[] = ['.ts']): string[] {
  const found: string[] = [];
  const walk = (path: string) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path)) if (name !== 'node_modules') walk(join(path, name));
    } else if (endings.some((ending) => path.endsWith(ending))) found.push(relative(root, path).replaceAll('\\', '/'));
  };
  for (const folder of folders) walk(join(root, folder));
  return found.sort();
}

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

export function parse(file: string, text = textOf(file)): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Folders below the doors: no platform is named there. */
export function foldersBelowTheDoors(): string[] {
  const doors = ['cli', 'web', 'gateway'];
  const machine = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !doors.includes(entry.name))
    .map(({ name }) => `src/${name}`);
  return [...machine, 'envs', 'policies'];
}

/** Where a node is, for a message: `src/core/env.ts:12`. */
export function placeOf(source: ts.SourceFile, node: ts.Node): string {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;
}
