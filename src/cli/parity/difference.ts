/** Where a replay first leaves the record. Step 0 is the start of the episode, step t the moment after its t-th step. */
export interface Difference {
  readonly step: number;
  /** The agent by its recorded name; null where the field belongs to nobody. */
  readonly agent: string | null;
  /** What differs, with its place: `observation[3]`, `state.positions[0][1]`. */
  readonly field: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** What differs inside a value: its place, what the record says and what the replay gives. */
export interface Mismatch {
  readonly place: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/**
 * Compares plain values; numbers may differ by `tolerance`, everything else not at all. Only keys that the record has are looked at.
 *
 * @example
 * firstMismatch([1, [2, 3]], [1, [2, 4]], 0) // { place: '[1][1]', expected: 3, got: 4 }
 */
export function firstMismatch(expected: unknown, got: unknown, tolerance: number, place = ''): Mismatch | undefined {
  if (typeof expected === 'number' && typeof got === 'number') {
    return Math.abs(expected - got) <= tolerance ? undefined : { place, expected, got };
  }
  if (isList(expected)) {
    if (!isList(got)) return { place, expected, got };
    if (expected.length !== got.length) return { place: `${place}.length`, expected: expected.length, got: got.length };
    for (let i = 0; i < expected.length; i++) {
      const mismatch = firstMismatch(expected[i], got[i], tolerance, `${place}[${i}]`);
      if (mismatch !== undefined) return mismatch;
    }
    return undefined;
  }
  if (typeof expected === 'object' && expected !== null && typeof got === 'object' && got !== null) {
    for (const [key, value] of Object.entries(expected)) {
      const mismatch = firstMismatch(value, (got as Record<string, unknown>)[key], tolerance, `${place}.${key}`);
      if (mismatch !== undefined) return mismatch;
    }
    return undefined;
  }
  return Object.is(expected, got) ? undefined : { place, expected, got: got ?? null };
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** Compares float32 numbers that were written as their shortest decimals. */
export function firstFloat32Mismatch(
  expected: readonly number[],
  got: ArrayLike<number>,
  tolerance: number,
): Mismatch | undefined {
  return firstMismatch(expected.map(Math.fround), Float32Array.from(got), tolerance);
}

/** Collects comparisons and keeps the first that fails. */
export class Comparison {
  first: Difference | null = null;

  /** Takes note of a mismatch; says whether all is well so far. */
  note(step: number, agent: string | null, field: string, mismatch: Mismatch | undefined): boolean {
    if (mismatch !== undefined && this.first === null) {
      const { place, expected, got } = mismatch;
      this.first = { step, agent, field: `${field}${place}`, expected, got };
    }
    return this.first === null;
  }
}
