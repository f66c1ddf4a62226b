import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createStreams, fieldBox } from '#core';
import * as math from '#math';
import * as metrics from '#metrics';
import { type DocExample, docExamples, saidValue } from './doc-examples.ts';
import { kuhnTree } from './game-theory/trees.ts';

/** What examples may use besides everything that is exported. */
const fixtures = {
  fieldBox,
  rng: createStreams('examples').stream('examples'),
  tree: math.flattenTree(kuhnTree),
};

/** Asynchronous, because some functions are. */
const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<unknown>;

async function run({ steps }: DocExample, scope: Readonly<Record<string, unknown>>) {
  const names = Object.keys(scope);
  const body = ['"use strict";', 'const claims = [];'];
  for (const step of steps) {
    if (typeof step === 'string') body.push(step);
    else {
      const { code, digits } = saidValue(step.said, names);
      body.push(
        `claims.push({ got: ${step.expression}, said: (${code}), digits: ${digits}, text: ${JSON.stringify(code)} });`,
      );
    }
  }
  body.push('return claims;');
  return (await new AsyncFunction(...names, body.join('\n'))(...Object.values(scope))) as {
    got: unknown;
    said: unknown;
    digits: number | undefined;
    text: string;
  }[];
}

/** Numbers anywhere in a value compare up to rounding, or up to the digits that the example gives. */
function near(value: unknown, digits: number): unknown {
  if (typeof value === 'number' && Number.isFinite(value)) return expect.closeTo(value, digits);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as unknown as ArrayLike<unknown>, (item) => near(item, digits));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, near(item, digits)]));
}

const plain = (value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<unknown>) : value;

/** Examples of the metrics themselves speak of episodes that only their own tests have. */
const withoutEpisodes = /^(?!agreement|returns|summary|utility-share)/;

for (const [name, folder] of [
  ['math', fileURLToPath(new URL('../../src/math', import.meta.url))],
  ['metrics', fileURLToPath(new URL('../../src/metrics', import.meta.url))],
] as const) {
  const examples = docExamples(folder).filter(({ file }) => withoutEpisodes.test(file));

  test(`src/${name} has examples`, () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  for (const example of examples) {
    test(`src/${name}/${example.file}:${example.line} gives what it says`, async () => {
      for (const { got, said, digits, text } of await run(example, { ...math, ...metrics, ...fixtures })) {
        const decimals = /\d\.(\d{1,6})(?!\d)/.exec(text)?.[1].length;
        expect(plain(got), text).toEqual(near(said, digits ?? (decimals === undefined ? 9 : Math.min(9, decimals))));
      }
    });
  }
}
