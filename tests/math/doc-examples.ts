import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A line of an example that says what it gives: `expression // value: remark`. */
export interface Claim {
  readonly expression: string;
  /** The comment, whose beginning is the value. */
  readonly said: string;
}

/** An `@example` block of a doc comment: code, and the claims in it. */
export interface DocExample {
  readonly file: string;
  readonly line: number;
  /** Plain statements before each claim, in order. */
  readonly steps: readonly (string | Claim)[];
}

/** Every example in the TypeScript files under a folder. */
export function docExamples(folder: string): DocExample[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => examplesIn(name, readFileSync(join(folder, name), 'utf8')));
}

function examplesIn(file: string, source: string): DocExample[] {
  const lines = source.split('\n');
  const found: DocExample[] = [];
  for (let i = 0; i < lines.length; i++) {
    if (!/^\s*\* @example$/.test(lines[i])) continue;
    const code: string[] = [];
    let end = i + 1;
    for (; end < lines.length && !/^\s*\*\//.test(lines[end]) && !/^\s*\* @/.test(lines[end]); end++) {
      code.push(lines[end].replace(/^\s*\* ?/, ''));
    }
    found.push({ file, line: i + 1, steps: code.filter((line) => line.trim() !== '').map(stepOf) });
  }
  return found;
}

function stepOf(line: string): string | Claim {
  const [, expression, said] = /^(.*\S)\s+\/\/\s+(.*)$/.exec(line) ?? [];
  return expression === undefined ? line : { expression: expression.replace(/;$/, ''), said };
}

/**
 * What a comment says, as code: the longest beginning that is an expression. `3: two pure ones` says 3, `5, and grads is…` says 5.
 */
export function saidValue(said: string, names: readonly string[]): { code: string; digits: number | undefined } {
  const ends = [said.length, ...[...said.matchAll(/[:,;(]| and | because /g)].map(({ index }) => index)].sort(
    (a, b) => b - a,
  );
  for (const end of ends) {
    const code = said.slice(0, end).trim();
    if (code === '' || !isExpression(code, names)) continue;
    const decimals = /^-?\d+\.(\d+)$/.exec(code)?.[1];
    return { code, digits: decimals === undefined || decimals.length > 6 ? undefined : decimals.length };
  }
  throw new Error(`cannot read the value in "${said}"`);
}

function isExpression(code: string, names: readonly string[]): boolean {
  try {
    new Function(...names, `return (${code});`);
    return true;
  } catch {
    return false;
  }
}
