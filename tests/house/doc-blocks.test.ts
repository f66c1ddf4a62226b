import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesBelow, parse, placeOf } from './source-files.ts';

/** Exported functions and classes without a doc block of their own, by place and name. */
function undocumented(source: ts.SourceFile): string[] {
  return source.statements.filter(isExportedCode).flatMap((statement) => {
    const comments = ts.getLeadingCommentRanges(source.text, statement.pos) ?? [];
    const last = comments.at(-1);
    if (last !== undefined && source.text.startsWith('/**', last.pos)) return [];
    return [`${placeOf(source, statement)} ${nameOf(statement)}`];
  });
}

function isExportedCode(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return false;
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.some(({ initializer }) => {
    return initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
  });
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0].name.getText();
  return (statement as ts.FunctionDeclaration | ts.ClassDeclaration).name?.text ?? 'nameless';
}

describe('doc blocks', () => {
  it('stand above every exported function and class of the contracts and the book of equations', () => {
    const files = filesBelow(['src/core', 'src/math']);
    expect(files.flatMap((file) => undocumented(parse(file)))).toEqual([]);
  });

  it('are missed where there is none, or a plain comment', () => {
    const text = [
      '/** Said. */ export function a() {}',
      '// Said.',
      'export function b() {}',
      'export class C {}',
      '/** Said. */',
      'export const d = () => 1;',
      'export const e = function () {};',
      'export const f = 1;',
      'function g() {}',
      'export interface H {}',
    ].join('\n');
    expect(undocumented(parse('x.ts', text))).toEqual(['x.ts:3 b', 'x.ts:4 C', 'x.ts:7 e']);
  });
});
