import { type BenchRow, benchRow } from '../suite.ts';

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
  return benchRow(name, unit, rates[0], Object.fromEntries(sides.slice(1).map((side, i) => [side.name, rates[i + 1]])));
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
