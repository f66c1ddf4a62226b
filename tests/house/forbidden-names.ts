import { builtinModules } from 'node:module';
import ts from 'typescript';
import { placeOf } from './source-files.ts';

/** Names of one platform, of the clock, and of randomness that no seed decides. */
const forbidden = new Set([
  'Date',
  'document',
  'globalThis',
  'navigator',
  'performance',
  'process',
  'require',
  'self',
  'window',
]);

/**
 * Every use of a forbidden name or module in a file, as `file:line name`. Names in comments, in strings, of properties and of
 * what the file itself declares do not count.
 */
export function forbiddenNames(source: ts.SourceFile): string[] {
  const declared = new Set<string>();
  const collect = (node: ts.Node): void => {
    const { name } = node as { name?: ts.Node };
    const declares =
      ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) || ts.isImportSpecifier(node);
    if (declares && name !== undefined && ts.isIdentifier(name)) declared.add(name.text);
    ts.forEachChild(node, collect);
  };
  collect(source);
  const found: string[] = [];
  const report = (node: ts.Node, what: string) => found.push(`${placeOf(source, node)} ${what}`);
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isFree(node)) {
      if (forbidden.has(node.text) && !declared.has(node.text)) report(node, node.text);
      if (node.text === 'Math' && !declared.has('Math') && !isHarmlessMath(node)) report(node, 'Math.random');
    }
    if (ts.isStringLiteral(node) && isModuleName(node) && isNodeModule(node.text))
      report(node, `import of ${node.text}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether an identifier stands for a value by itself, rather than naming a property or a member. */
function isFree(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  const names =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isGetAccessorDeclaration(parent) ||
    ts.isEnumMember(parent);
  if (names) return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  return !ts.isJsxAttribute(parent);
}

/** `Math.sqrt` and its like; `Math.random`, `Math['random']` and `Math` handed on whole are not. */
function isHarmlessMath({ parent }: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(parent) && parent.name.text !== 'random';
}

function isModuleName({ parent }: ts.StringLiteral): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent))
    return true;
  return ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
}

function isNodeModule(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name);
}
