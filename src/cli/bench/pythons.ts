import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The Python interpreters that peers may run in: `POLITY_PEER_PYTHONS`, by colons, or the one on the path. */
export function pythonsNamed(): readonly string[] {
  return (process.env.POLITY_PEER_PYTHONS ?? 'python3').split(':').filter((path) => path !== '');
}

/** A script of `bench/peers/`, seen from the compiled file or from the source; the package does not have it. */
export function peerScript(name: string): string | undefined {
  return ['../../../../', '../../../']
    .map((root) => fileURLToPath(new URL(`${root}bench/peers/${name}`, import.meta.url)))
    .find((path) => existsSync(path));
}

/** The first interpreter that has all modules of a list by commas. */
export async function findPython(pythons: readonly string[], modules: string): Promise<string | undefined> {
  const question = `import importlib.util, sys; sys.exit(any(importlib.util.find_spec(m.strip()) is None for m in '${modules}'.split(',')))`;
  for (const python of pythons) {
    try {
      await run(python, ['-c', question]);
      return python;
    } catch {
      // Not this one: it is absent, or lacks a module.
    }
  }
  return undefined;
}
