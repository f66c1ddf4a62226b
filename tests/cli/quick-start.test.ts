import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const aliases = JSON.parse(readFileSync('package.json', 'utf8')).imports as Record<string, { default: string }>;

/** Every file and package that a compiled file imports before it does anything, and what those import. */
function reached(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?['"]([^'"]+)['"];/gm)) {
    if (name.startsWith('.')) reached(join(dirname(file), name), seen);
    else if (name.startsWith('#')) reached(aliasTarget(name), seen);
    else seen.add(name);
  }
  return seen;
}

function aliasTarget(name: string): string {
  const [scope, ...rest] = name.split('/');
  if (rest.length === 0) return join(aliases[name].default);
  return join(aliases[`${scope}/*`].default.replace('*', rest.join('/')));
}

it('imports nothing heavy before a command runs, so that --help answers at once', () => {
  const all = [...reached(join('dist', 'src', 'cli', 'main.js'))];
  const packages = all.filter((name) => !name.endsWith('.js') && !name.startsWith('node:'));
  expect(packages).toEqual(['@commander-js/extra-typings']);
  const folders = new Set(all.filter((name) => name.endsWith('.js')).map((name) => dirname(name)));
  expect([...folders].sort()).toEqual([join('dist/src/cli'), join('dist/src/cli/commands'), join('dist/src/core')]);
  expect(all.filter((name) => name.startsWith(join('dist/src/core')))).toEqual([join('dist/src/core/errors.js')]);
});
