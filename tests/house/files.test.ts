import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesBelow, parse, placeOf, root, textOf } from './source-files.ts';

const folders = ['src', 'envs', 'policies', 'tests', 'bench', 'scripts', 'experiments'];
const code = filesBelow(folders, ['.ts', '.mjs', '.js']);

/** The comment that a file begins with, if it begins with one. */
function firstComment(text: string): string | undefined {
  const [first] = ts.getLeadingCommentRanges(text, 0) ?? [];
  return first === undefined ? undefined : text.slice(first.pos, first.end);
}

function exportsDefault(node: ts.Statement): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportDeclaration(node) && node.exportClause !== undefined && ts.isNamedExports(node.exportClause)) {
    return node.exportClause.elements.some((element) => element.name.text === 'default');
  }
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}

describe('files', () => {
  it('of the machine and its content that have more than 400 lines begin with a comment that gives the reason', () => {
    const source = code.filter((file) => !file.startsWith('tests/'));
    const long = source.filter((file) => textOf(file).split('\n').length - 1 > 400);
    expect(long.filter((file) => firstComment(textOf(file)) === undefined)).toEqual([]);
  });

  it('and folders have names of their own, in kebab-case', () => {
    const odd = filesBelow(folders, ['']).filter((file) =>
      file.split('/').some((part) => /^(utils?|common|helpers?|misc)(\.|$)/i.test(part)),
    );
    expect(odd).toEqual([]);
    const named = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
    expect(code.filter((file) => !file.split('/').every((part) => named.test(part)))).toEqual([]);
  });

  it('export what they have by name', () => {
    // The tools that read configuration files ask for a default export.
    const found = code
      .filter((file) => !file.endsWith('.config.ts'))
      .flatMap((file) => {
        const source = parse(file);
        return source.statements.filter(exportsDefault).map((statement) => placeOf(source, statement));
      });
    expect(found).toEqual([]);
  });

  it('lie in the folders of the house', () => {
    const known = [
      'core',
      'math',
      'metrics',
      'protocol',
      'engine',
      'learn',
      'train',
      'report',
      'gateway',
      'cli',
      'web',
    ];
    const there = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(there.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('the search for default exports', () => {
  it.each([
    ['export default 1;', true],
    ['export default function f() {}', true],
    ['const a = 1; export { a as default };', true],
    ['export const a = 1;', false],
    ["export * from './a.ts';", false],
  ])('%s: %s', (text, expected) => {
    expect(parse('x.ts', text).statements.some(exportsDefault)).toBe(expected);
  });
});
