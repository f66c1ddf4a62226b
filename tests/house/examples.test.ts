import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtures } from './example-fixtures.ts';
import { agrees, examplesOf, freeNames, runExample } from './examples.ts';
import { filesBelow, root } from './source-files.ts';

const folders = ['src/core', 'src/math', 'src/metrics', 'src/engine', 'src/protocol'];
const examples = filesBelow(folders).flatMap((file) => examplesOf(file));

/** What an example may name: what its folder's index and its own file export, what lower floors export, and the fixtures. */
async function scopeOf(file: string): Promise<Record<string, unknown>> {
  const floors = ['src/core', 'src/math', 'src/metrics', 'src/engine', 'src/protocol'];
  const own = floors.filter((folder) => file.startsWith(`${folder}/`));
  const indexes = ['src/core', 'src/math', ...own].map((folder) => `${folder}/index.ts`);
  const modules = await Promise.all([...indexes, file].map((path) => import(/* @vite-ignore */ join(root, path))));
  return Object.assign({}, fixtures, ...modules.map((module) => ({ ...module })));
}

describe('examples in doc blocks', () => {
  it('are there in every folder of the contracts', () => {
    for (const folder of folders.slice(0, 4)) {
      expect(
        examples.some(({ file }) => file.startsWith(`${folder}/`)),
        folder,
      ).toBe(true);
    }
  });

  it.each(examples.map((example) => [`${example.file}:${example.line}`, example] as const))(
    '%s',
    async (_, example) => {
      const claims = await runExample(example, await scopeOf(example.file));
      for (const claim of claims) {
        if (!agrees(claim)) expect(claim.got, `${claim.expression} // ${claim.said}`).toEqual(claim.expected);
      }
    },
  );
});

describe('the runner of examples', () => {
  const run = (text: string, scope = {}) => runExample({ file: 'x.ts', line: 1, text }, scope);
  const holds = async (text: string, scope = {}) => (await run(text, scope)).map(agrees);

  it('finds every example of a file, with its line', () => {
    const text =
      '/** One. */\n\n/**\n * Two.\n *\n * @example\n * a(1) // 2\n *\n * @example\n * b()\n */\nexport const c = 1;\n/** @example c // 1 */';
    expect(examplesOf('x.ts', text)).toEqual([
      { file: 'x.ts', line: 6, text: 'a(1) // 2' },
      { file: 'x.ts', line: 9, text: 'b()' },
      { file: 'x.ts', line: 13, text: 'c // 1' },
    ]);
  });

  it.each<[string, boolean[]]>([
    ['1 + 1 // 2', [true]],
    ['1 + 1 // 3', [false]],
    ['1 + 1 // => 2', [true]],
    ['1 + 1; // 2', [true]],
    ['1 + 1\n// 2', [true]],
    ['const a = [1]; // a list\na.push(2);\na // [1, 2]', [true]],
    ['1 + 1 // 2\n2 + 2 // 5', [true, false]],
    ['Float32Array.of(1, 2) // [1, 2]', [true]],
    ['({ a: 1 }) // { a: 1 }', [true]],
    ['({ a: 1 }) // { a: 1, b: 2 }', [false]],
    ['[1] // { 0: 1 }', [false]],
    ['4 // 4: all pairs', [true]],
    ['[1] // [1], because 1 * 3 > 0', [true]],
    ['0.625 // (0.5 + 2) / 4 = 0.625', [true]],
    ["new Map([['a', [1]]]) // Map { 'a' => [1] }", [true]],
    ["new Map([['a', [1]]]) // Map { 'a' => [2] }", [false]],
    ['1 / 3 // 0.333', [true]],
    ['1 / 3 // 0.332', [false]],
    ['0.52 // 0.5', [false]],
    ['1.5e-4 // 1.5e-4', [true]],
    ['await Promise.resolve(3) // 3', [true]],
    ["'a' // 'b'", [false]],
    ['null // undefined', [false]],
  ])('reads %s', async (text, expected) => {
    expect(await holds(text)).toEqual(expected);
  });

  it('puts the names in scope that an example uses and does not declare', async () => {
    expect(freeNames('const a = b.c; [x, { y }].map((z) => z + a)')).toEqual(['b', 'x', 'y']);
    expect(await holds('const coin = 1; coin + other // 3', { coin: 5, other: 2 })).toEqual([true]);
  });

  it('passes on what an example throws, and refuses a comment that says no value', async () => {
    await expect(run('missing()')).rejects.toThrow('missing is not defined');
    await expect(run('1 + 1 // two of them')).rejects.toThrow('"// two of them" says no value');
  });
});
