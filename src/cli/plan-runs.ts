import { PolityError } from '#core';
import { type ExperimentConfig, resolveLayers } from '#train';
import { catalogue } from './catalogue.ts';
import { readExperiment } from './read-experiment.ts';

/** What of a file's experiment is to be run. */
export interface PlanOptions {
  readonly seed?: string | undefined;
  /** `1..10` or `1,2,5`. */
  readonly seeds?: string | undefined;
  /** Variants to run, `base` for the experiment itself; absent: the experiment and all its variants. */
  readonly variants?: readonly string[] | undefined;
  /** `key=value` settings over those of the file. */
  readonly set?: readonly string[] | undefined;
}

/**
 * The runs that a command line asks for: every variant with every seed.
 *
 * Throws: PolityError (input) for anything in the file that cannot be, (usage) for seeds that cannot be read.
 */
export async function planRuns(file: string, options: PlanOptions): Promise<readonly ExperimentConfig[]> {
  const { seed, seeds, variants = [], set = [] } = options;
  if (seed !== undefined && seeds !== undefined) {
    const remedy = 'Give one of them';
    throw new PolityError({ code: 'usage', where: 'polity train', message: '--seed and --seeds together', remedy });
  }
  const chosen = seeds === undefined ? (seed === undefined ? [undefined] : [parseSeed(seed)]) : parseSeeds(seeds);
  const bySeed = await Promise.all(
    chosen.map((one) => {
      const flags = one === undefined ? {} : { seed: one };
      return resolveLayers({ file, read: readExperiment, variants, set, flags }, catalogue);
    }),
  );
  return bySeed[0].flatMap((_, variant) => bySeed.map((configs) => configs[variant]));
}

/** `1..10`, `1,2,5`, `7`. Throws: PolityError (usage) for an empty range, `1-10`, or the same seed twice. */
export function parseSeeds(text: string): readonly (number | string)[] {
  const range = /^(\d+)\.\.(\d+)$/.exec(text);
  if (range === null) {
    const dashed = /^(\d+)-(\d+)$/.exec(text);
    if (dashed !== null) throw badSeeds('not a range', text, `Write ${dashed[1]}..${dashed[2]}`);
    const seeds = text.split(',').map((seed) => parseSeed(seed.trim()));
    if (new Set(seeds).size < seeds.length) throw badSeeds('the same seed twice', text);
    return seeds;
  }
  const [first, last] = [Number(range[1]), Number(range[2])];
  if (last < first) throw badSeeds('an empty range', text);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** A whole number where it is one, else the text. Throws: PolityError (usage) for an empty text. */
export function parseSeed(text: string): number | string {
  if (text === '') throw badSeeds('an empty seed', text);
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function badSeeds(message: string, got: string, remedy?: string): PolityError {
  const detail = { code: 'usage', where: '--seeds', message, got: `"${got}"`, expected: '1..10 or 1,2,5' } as const;
  return new PolityError(remedy === undefined ? detail : { ...detail, remedy });
}
