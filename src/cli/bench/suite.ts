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
}

/** A set of measurements. */
export interface BenchSuite {
  readonly title: string;
  /** Throws: PolityError (input) for a part that there is not. */
  run(options: BenchOptions): Promise<readonly BenchRow[]>;
}

/** A row from its measurements, at least one. */
export function benchRow(name: string, unit: string, values: readonly number[]): BenchRow {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = Number.isInteger(middle) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[Math.floor(middle)];
  return { name, unit, min: sorted[0], median, max: sorted[sorted.length - 1], against: {} };
}
