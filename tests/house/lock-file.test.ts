import { describe, expect, it } from 'vitest';
import { textOf } from './source-files.ts';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Record<string, Entry>;
}

/**
 * What is wrong with a lock file: an optional package that has no entry (`npm ci` then stops at once, on every machine, even
 * where that package is for another platform), one fetched from somewhere other than the npm registry, one without a checksum.
 */
function lockProblems({ packages }: Lock): string[] {
  const problems: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isLocked(packages, path, name)) problems.push(`${path || 'the project'} wants ${name}, which has no entry`);
    }
    const { resolved } = entry;
    if (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')) {
      problems.push(`${path} comes from ${resolved}`);
    }
    if (path !== '' && entry.integrity === undefined) problems.push(`${path} has no checksum`);
  }
  return problems;
}

/** Node's rule: the package's own folder, then every folder above. */
function isLocked(packages: Lock['packages'], path: string, name: string): boolean {
  for (let above = path; ; ) {
    if (packages[`${above === '' ? '' : `${above}/`}node_modules/${name}`] !== undefined) return true;
    if (above === '') return false;
    above = above.slice(0, Math.max(0, above.lastIndexOf('/node_modules/')));
    if (!above.includes('node_modules')) above = '';
  }
}

const lock = JSON.parse(textOf('package-lock.json')) as Lock;
const manifest = JSON.parse(textOf('package.json')) as Entry & { readonly overrides?: Record<string, string> };

describe('package-lock.json', () => {
  it('has an entry for every optional package of every platform, from the npm registry, with a checksum', () => {
    expect(lockProblems(lock)).toEqual([]);
  });

  it('is of this package.json', () => {
    const { dependencies, devDependencies, optionalDependencies } = lock.packages[''];
    expect({ dependencies, devDependencies, optionalDependencies }).toEqual({
      dependencies: manifest.dependencies,
      devDependencies: manifest.devDependencies,
      optionalDependencies: manifest.optionalDependencies,
    });
  });

  it('holds the exact version that package.json pins', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });
});

describe('the search for problems in a lock file', () => {
  const good = { version: '1.0.0', integrity: 'sha512-x' };
  const packages = {
    '': { optionalDependencies: { a: '1.0.0' } },
    'node_modules/a': { ...good, optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' } },
    'node_modules/a-linux': good,
    'node_modules/a/node_modules/a-darwin': good,
  };

  it('takes a package from its own folder or any above it', () => {
    expect(lockProblems({ lockfileVersion: 3, packages })).toEqual([]);
  });

  it('finds what is missing, foreign or unchecked', () => {
    const { 'node_modules/a-linux': _, ...missing } = packages;
    expect(lockProblems({ lockfileVersion: 3, packages: missing })).toEqual([
      'node_modules/a wants a-linux, which has no entry',
    ]);
    const foreign = { 'node_modules/b': { ...good, resolved: 'https://mirror.example/b.tgz' } };
    expect(lockProblems({ lockfileVersion: 3, packages: foreign })).toEqual([
      'node_modules/b comes from https://mirror.example/b.tgz',
    ]);
    expect(lockProblems({ lockfileVersion: 3, packages: { 'node_modules/c': { version: '1.0.0' } } })).toEqual([
      'node_modules/c has no checksum',
    ]);
    const deep = {
      'node_modules/@s/d/node_modules/e': { ...good, optionalDependencies: { f: '1.0.0' } },
      'node_modules/f': good,
    };
    expect(lockProblems({ lockfileVersion: 3, packages: deep })).toEqual([]);
  });
});
