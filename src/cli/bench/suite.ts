import { median } from '#math';

/** One number of a benchmark over its repeats, and beside it what others took for the same work. */
export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** By side: its median, and ours divided by it. */
  readonly against: Readonly<Record<string, { readonly median: number; readonly ratio: number }>>;
}

export interface BenchOptions {
  /** Which parts of the suite; empty: all. */
  readonly parts: readonly string[];
  readonly repeats: number;
  /** Seconds of a repeat. */
  readonly seconds: number;
  /** Told what is being measured. */
  readonly onProgress: (what: string) => void;
  /** Told what is left out, and why. */
  readonly onNote: (text: string) => void;
}

/** A set of measurements. */
export interface BenchSuite {
  readonly title: string;
  /** Throws: PolityError (input) for a part that there is not. */
  run(options: BenchOptions): Promise<readonly BenchRow[]>;
}

/** A row from measurements of ours, at least one, and as many of each other side. Ratios are medians over the repeats. */
export function benchRow(
  name: string,
  unit: string,
  values: readonly number[],
  others: Readonly<Record<string, readonly number[]>> = {},
): BenchRow {
  const beside = Object.entries(others).map(([side, theirs]) => [
    side,
    { median: median(theirs), ratio: median(values.map((value, i) => value / theirs[i])) },
  ]);
  return {
    name,
    unit,
    min: Math.min(...values),
    median: median(values),
    max: Math.max(...values),
    against: Object.fromEntries(beside),
  };
}
