import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AnyEnv, PolityError } from '#core';

/** Whether an argument is meant as a file rather than as an id. */
export function isModulePath(text: string): boolean {
  return /[\\/]|\.[cm]?[jt]s$/.test(text);
}

/**
 * The worlds that a module exports, in the order of its exports.
 *
 * Throws: PolityError (input) for a file that is missing, that Node cannot import, or that exports no world.
 */
export async function loadWorlds(file: string): Promise<readonly AnyEnv[]> {
  const path = resolve(file);
  if (!existsSync(path)) {
    throw new PolityError({ code: 'input', where: file, message: 'no such file' });
  }
  const exported = Object.values(await importModule(path, file));
  const worlds = [...new Set(exported)].filter(isWorld);
  if (worlds.length > 0) return worlds;
  throw new PolityError({
    code: 'input',
    where: file,
    message: 'exports no world',
    expected: 'a value made by defineEnv, such as `export const coin = defineEnv({ ... })`',
  });
}

/** What a module exports. Throws: PolityError (input) where Node cannot import it. */
export async function importModule(path: string, file: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const plainTypeScript = (error as { code?: unknown } | null)?.code === 'ERR_UNKNOWN_FILE_EXTENSION';
    const remedy = plainTypeScript
      ? `Compile it to JavaScript, or use Node 22.18 or newer, which reads TypeScript (this is ${process.version})`
      : 'Make `import` of this file work by itself first';
    throw new PolityError(
      { code: 'input', where: file, message: `cannot be imported (${message.split('\n')[0]})`, remedy },
      { cause: error },
    );
  }
}

function isWorld(value: unknown): value is AnyEnv {
  if (typeof value !== 'object' || value === null) return false;
  const { id, params, roles, init, observe, step } = value as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    typeof (params as { safeParse?: unknown } | undefined)?.safeParse === 'function' &&
    [roles, init, observe, step].every((part) => typeof part === 'function')
  );
}
