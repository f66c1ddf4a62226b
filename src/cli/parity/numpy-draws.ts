import { z } from 'zod';
import { PolityError, parseWith } from '#core';
import type { Verdict } from './adapter.ts';
import { Comparison, firstMismatch } from './difference.ts';
import { NumpyRng } from './numpy-rng.ts';

const row = z.strictObject({
  call: z.enum(['random', 'uniform', 'integers', 'permutation', 'choice']),
  args: z.array(z.union([z.number(), z.boolean()])),
  draws: z.array(z.union([z.number(), z.array(z.number())])),
});

const document = z.looseObject({
  format: z.literal('polity-numpy-rng/1'),
  seeds: z.record(z.string().regex(/^\d+$/), z.strictObject({ fresh: z.array(row), mixed: z.array(row) })),
});

export const numpyDrawsFormat = 'polity-numpy-rng/1';

/**
 * Checks recorded draws of numpy's generator against ours: every row of `fresh` on a new generator, all rows of `mixed` on one. A
 * difference's step is the number of the row.
 */
export function replayNumpyDraws(recorded: unknown, file: string): Verdict {
  const { seeds } = parseWith(document, recorded, file);
  const comparison = new Comparison();
  let steps = 0;
  for (const [seed, { fresh, mixed }] of Object.entries(seeds)) {
    const shared = new NumpyRng(BigInt(seed));
    const plan = [
      ...fresh.map((entry, i) => ({ entry, rng: new NumpyRng(BigInt(seed)), name: `seeds.${seed}.fresh[${i}]` })),
      ...mixed.map((entry, i) => ({ entry, rng: shared, name: `seeds.${seed}.mixed[${i}]` })),
    ];
    for (const { entry, rng, name } of plan) {
      const got = entry.draws.map(() => draw(rng, entry, `${file} › ${name}`));
      steps++;
      if (!comparison.note(steps, null, `${name}.draws`, firstMismatch(entry.draws, got, 0))) {
        return { world: 'numpy-rng', steps, difference: comparison.first };
      }
    }
  }
  return { world: 'numpy-rng', steps, difference: null };
}

function draw(rng: NumpyRng, { call, args }: z.infer<typeof row>, where: string): number | number[] {
  const number = (i: number, fallback?: number): number => {
    const value = args[i] ?? fallback;
    if (typeof value === 'number') return value;
    throw new PolityError({
      code: 'input',
      where: `${where}.args`,
      message: 'not accepted',
      expected: `numbers for ${call}`,
    });
  };
  switch (call) {
    case 'random':
      return rng.random();
    case 'uniform':
      return rng.uniform(number(0), number(1));
    case 'integers':
      return rng.integer(number(0), number(1));
    case 'permutation':
      return rng.permutation(number(0));
    case 'choice':
      return args[2] === false ? rng.choiceWithoutReplacement(number(0), number(1)) : rng.choice(number(0), number(1));
  }
}
