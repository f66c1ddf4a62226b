import { PolityError, suggest } from '#core';
import { experimentFiles } from './experiment.ts';
import { policyFiles } from './policy.ts';
import { worldFiles } from './world.ts';

/** Where a new file goes: into Polity itself, as TypeScript tested with vitest, or into a project that uses it. */
export type Home = 'polity' | 'project';

/** What is written, and what to do then. */
export interface Scaffold {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly next: readonly string[];
}

/** Names of a new item: as an id, and as an identifier in code. */
export interface ItemName {
  readonly id: string;
  readonly code: string;
}

/** Every kind of thing that `polity new` writes, one line each. */
const kinds: Readonly<Record<string, (name: ItemName, home: Home) => Scaffold>> = {
  env: worldFiles,
  policy: policyFiles,
  experiment: experimentFiles,
};

/** Words of the language, which cannot name a constant. */
const reserved = [
  ...[
    'await',
    'break',
    'case',
    'catch',
    'class',
    'const',
    'continue',
    'debugger',
    'default',
    'delete',
    'do',
    'else',
    'enum',
  ],
  ...[
    'eval',
    'export',
    'extends',
    'false',
    'finally',
    'for',
    'function',
    'if',
    'implements',
    'import',
    'in',
    'instanceof',
  ],
  ...[
    'interface',
    'let',
    'new',
    'null',
    'package',
    'private',
    'protected',
    'public',
    'return',
    'static',
    'super',
    'switch',
  ],
  ...['this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield', 'arguments'],
];

/**
 * The files of a new world, policy or experiment: small, working, with a test.
 *
 * Throws: PolityError (usage) for an unknown kind and for a name that is not in kebab-case.
 */
export function scaffold(kind: string, id: string, home: Home): Scaffold {
  const write = kinds[kind];
  if (write === undefined) {
    const remedy = suggest(kind, Object.keys(kinds));
    throw new PolityError({ code: 'usage', where: 'polity new', message: 'unknown kind', got: `"${kind}"`, remedy });
  }
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || reserved.includes(id)) {
    const expected = 'small letters, digits and single dashes, such as my-world, and no word of JavaScript';
    throw new PolityError({
      code: 'usage',
      where: `polity new ${kind}`,
      message: 'not a name',
      got: `"${id}"`,
      expected,
    });
  }
  return write({ id, code: id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) }, home);
}
