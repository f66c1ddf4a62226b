import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { PolityError } from '#core';
import { type AnyProtocol, type Declaration, declarationOf, declare, protocols, withContentTypes } from '#protocol';
import { importModule, isModulePath } from './load-worlds.ts';

/**
 * The declarations that an argument names: the protocol of an id, the one in a YAML or JSON file, or all that a module exports.
 *
 * Throws: PolityError (input) for an unknown id, a file that cannot be read or imported, and a declaration that does not hold together.
 */
export async function loadDeclarations(target: string): Promise<readonly Declaration[]> {
  if (/\.(ya?ml|json)$/.test(target)) return [readDeclaration(target)];
  if (!isModulePath(target)) return [declarationOf(protocols.get(target, 'polity protocols check'))];
  const exported = Object.values(await importModule(resolve(target), target));
  const found = [...new Set(exported)].flatMap((value) => {
    if (isProtocol(value)) return declarationOf(value);
    return isDeclaration(value) ? declare(value, `${target} › ${String(value.id)}`) : [];
  });
  if (found.length > 0) return found;
  throw new PolityError({
    code: 'input',
    where: target,
    message: 'exports no protocol',
    expected: 'a value made by defineProtocol, or a declaration with `states` and `moves`',
  });
}

function readDeclaration(file: string): Declaration {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PolityError({ code: 'input', where: file, message: 'cannot be read' }, { cause: error });
  }
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem !== undefined) {
    throw new PolityError({ code: 'input', where: file, message: `not YAML (${problem.message.split('\n')[0]})` });
  }
  const plain: unknown = document.toJS();
  return declare(withContentTypes(plain, file), file);
}

function isProtocol(value: unknown): value is AnyProtocol {
  const { id, options, declare: declares } = (value ?? {}) as Record<string, unknown>;
  return typeof id === 'string' && typeof declares === 'function' && options !== undefined;
}

function isDeclaration(value: unknown): value is { id: unknown } {
  return typeof value === 'object' && value !== null && 'states' in value && 'moves' in value;
}
