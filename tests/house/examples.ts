import ts from 'typescript';
import { parse, textOf } from './source-files.ts';

/** An `@example` of a doc block. */
export interface Example {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** What an example says that an expression is worth, and what it is. */
export interface Claim {
  readonly expression: string;
  readonly said: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** Every example in the doc blocks of a file. */
export function examplesOf(file: string, text = textOf(file)): Example[] {
  const found: Example[] = [];
  for (const block of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const lines = block[0].replace(/\s*\*\/$/, '').split('\n');
    let current: string[] | undefined;
    const close = () => {
      const code = current?.join('\n').trim();
      if (code) found.push({ file, line: text.slice(0, block.index).split('\n').length + start, text: code });
      current = undefined;
    };
    let start = 0;
    for (const [i, line] of lines.entries()) {
      const content = line.replace(/^\s*\/?\*+ ?/, '');
      if (/^@\w/.test(content)) {
        close();
        if (content.startsWith('@example')) {
          current = [content.slice('@example'.length)];
          start = i;
        }
      } else current?.push(content);
    }
    close();
  }
  return found;
}

/** The names that an example uses and does not declare itself. */
export function freeNames(text: string): string[] {
  const source = parse('example.ts', text);
  const declared = new Set<string>();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const declares =
        (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) &&
        parent.name === node;
      if (declares) declared.add(node.text);
      else if (!(ts.isPropertyAccessExpression(parent) && parent.name === node)) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...used].filter((name) => !declared.has(name));
}

/**
 * Runs an example with some names in scope, and returns what it claims. The comment behind an expression, on its line or
 * alone on the next, says what it is worth: an expression itself, or one with a remark behind `:`, `,` or ` = `.
 *
 * Throws: what the example throws; an Error for a comment that says no value.
 */
export async function runExample(
  { text }: Example,
  scope: Readonly<Record<string, unknown>>,
): Promise<readonly Claim[]> {
  const source = parse('example.ts', text);
  const claims: Claim[] = [];
  const parts: string[] = [];
  for (const statement of source.statements) {
    const code = text.slice(statement.getStart(source), statement.end);
    const said = commentBehind(text, statement.end);
    if (said === undefined || !ts.isExpressionStatement(statement)) parts.push(code);
    else {
      const expression = statement.expression.getText(source);
      const [says, means] = [JSON.stringify(said), statedValue(said)];
      parts.push(`claim(${JSON.stringify(expression)}, ${says}, ${means}, ${expression});`);
    }
  }
  const claim = (expression: string, said: string, expected: unknown, got: unknown) => {
    claims.push({ expression, said, expected, got });
  };
  const names = freeNames(text).filter((name) => name in scope);
  const { outputText } = ts.transpileModule(`const run = async () => {\n${parts.join('\n')}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  });
  const make = new Function('claim', ...names, `${outputText}\nreturn run();`);
  await make(claim, ...names.map((name) => scope[name]));
  return claims;
}

/** The comment on the line where a statement ends, or alone on the next. */
function commentBehind(text: string, end: number): string | undefined {
  return /^[ \t]*(?:\n[ \t]*)?\/\/ ?(.*)/.exec(text.slice(end))?.[1]?.replace(/^=> /, '').trim();
}

/** The value that a comment begins with, as code. */
function statedValue(comment: string): string {
  const map = comment.replace(/^Map \{(.*)\}$/, (_, inside: string) => {
    return `new Map(Object.entries({${inside.replaceAll('=>', ':')}}))`;
  });
  const ends = [...map.matchAll(/:|,| = |$/g)].map(({ index }) => index).reverse();
  for (const end of ends) {
    const candidate = map.slice(0, end).trim();
    if (candidate !== '' && isExpression(candidate)) return `(${candidate})`;
  }
  throw new Error(`"// ${comment}" says no value`);
}

function isExpression(text: string): boolean {
  const { diagnostics } = ts.transpileModule(`(${text});`, { reportDiagnostics: true });
  return diagnostics?.length === 0;
}

/**
 * Whether two values are the same for a reader: lists of any kind alike, numbers to nine digits, or, where the comment writes one with
 * three decimals or more, to the last of them.
 */
export function agrees({ said, expected, got }: Claim): boolean {
  const decimals = Math.max(0, ...[...said.matchAll(/\d\.(\d+)(?![\de])/g)].map(([, digits]) => digits.length));
  const tolerance = decimals >= 3 ? 0.5 * 10 ** -decimals * (1 + 1e-9) : 0;
  return same(expected, got, tolerance);
}

function same(a: unknown, b: unknown, tolerance: number): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return Object.is(a, b) || Math.abs(a - b) <= Math.max(tolerance, 1e-9 * Math.max(1, Math.abs(a)));
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (a instanceof Map && b instanceof Map) return same([...a], [...b], tolerance);
  if (isList(a) !== isList(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  const other = b as Record<string, unknown>;
  return left.length === right.length && left.every(([key, value]) => key in b && same(value, other[key], tolerance));
}

function isList(value: object): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
