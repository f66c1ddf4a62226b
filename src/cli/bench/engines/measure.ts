/** One number of a benchmark over its repeats, and beside it what others took for the same work, as `polity bench` prints it. */
export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** By side: its median, and ours divided by it. */
  readonly against: Readonly<Record<string, { readonly median: number; readonly ratio: number }>>;
}

export interface MeasureOptions {
  readonly repeats: number;
  /** Seconds of a repeat, shared by its sides. */
  readonly seconds: number;
}

/** One of those who do the same work. */
export interface Side {
  readonly name: string;
  /** Does some of the work; returns how much, in the unit of the row. */
  run(): number;
}

/** What is counted: work done a second, or microseconds for one piece of work. */
export type Unit = 'per second' | 'microseconds';

/**
 * Lets sides do the same work in turns, so that a machine that slows down slows all of them, and sets the first against the others.
 * Ratios are medians over the repeats of ratios within one repeat.
 */
export function measureSides(
  name: string,
  unit: string,
  sides: readonly [Side, ...Side[]],
  { repeats, seconds }: MeasureOptions,
  counts: Unit = 'per second',
): BenchRow {
  const share = seconds / sides.length;
  // Compilers need a while before they are done with a loop.
  for (const side of sides) rateOf(side, Math.min(0.2, share));
  const rates = sides.map((): number[] => []);
  for (let repeat = 0; repeat < repeats; repeat++) {
    sides.forEach((side, i) => {
      const rate = rateOf(side, share);
      rates[i].push(counts === 'per second' ? rate : 1e6 / rate);
    });
  }
  return rowOf(name, unit, rates[0], Object.fromEntries(sides.slice(1).map((side, i) => [side.name, rates[i + 1]])));
}

/** A row from measurements of ours, at least one, and as many of each other side. */
export function rowOf(
  name: string,
  unit: string,
  values: readonly number[],
  others: Readonly<Record<string, readonly number[]>> = {},
): BenchRow {
  const beside = Object.entries(others).map(([side, theirs]) => [
    side,
    { median: medianOf(theirs), ratio: medianOf(values.map((value, i) => value / theirs[i])) },
  ]);
  return {
    name,
    unit,
    min: Math.min(...values),
    median: medianOf(values),
    max: Math.max(...values),
    against: Object.fromEntries(beside),
  };
}

/** Work a second over at least `seconds`, and at least one call. */
function rateOf({ run }: Side, seconds: number): number {
  const begun = performance.now();
  let done = 0;
  let elapsed = 0;
  do {
    done += run();
    elapsed = (performance.now() - begun) / 1000;
  } while (elapsed < seconds);
  return done / elapsed;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
