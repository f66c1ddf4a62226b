import type { Json } from './entries.ts';

/** How far a number may lie from the expected one: relative * |expected| + absolute. */
export interface Tolerance {
  readonly relative: number;
  readonly absolute: number;
}

/** One tolerance for everything, or one for each place. */
export type Within = Tolerance | ((place: string) => Tolerance);

export const tolerance = (size: number): Tolerance => ({ relative: size, absolute: size });

/**
 * Fails, naming the place, unless `actual` has everything that `expected` has: each key of an object, each item of a list,
 * each number within the tolerance. A null (or "NaN") stands for what cannot be computed: there `actual` must be NaN, null or
 * absent.
 */
export function expectClose(actual: unknown, expected: Json, within: Within, place = 'output'): void {
  if (expected === null || expected === 'NaN') {
    if (actual === null || actual === undefined || Number.isNaN(actual)) return;
    throw new Error(`${place}: got ${show(actual)}, expected that it cannot be computed`);
  }
  if (typeof expected === 'number') {
    const { relative, absolute } = typeof within === 'function' ? within(place) : within;
    const allowed = relative * Math.abs(expected) + absolute;
    if (typeof actual === 'number' && Math.abs(actual - expected) <= allowed) return;
    throw new Error(`${place}: got ${show(actual)}, expected ${expected} ± ${allowed}`);
  }
  if (typeof expected !== 'object') {
    if (actual === expected) return;
    throw new Error(`${place}: got ${show(actual)}, expected ${show(expected)}`);
  }
  if (isList(expected)) {
    const list = asList(actual);
    if (list === undefined) throw new Error(`${place}: got ${show(actual)}, expected a list of ${expected.length}`);
    if (list.length !== expected.length) {
      throw new Error(`${place}: got ${list.length} items (${show(actual)}), expected ${expected.length}`);
    }
    expected.forEach((item, i) => {
      expectClose(list[i], item, within, `${place}[${i}]`);
    });
    return;
  }
  if (typeof actual !== 'object' || actual === null)
    throw new Error(`${place}: got ${show(actual)}, expected an object`);
  for (const [key, item] of Object.entries(expected)) {
    expectClose((actual as Record<string, unknown>)[key], item, within, `${place}.${key}`);
  }
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function asList(value: unknown): ArrayLike<unknown> | undefined {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) ? (value as unknown as ArrayLike<unknown>) : undefined;
}

function show(value: unknown): string {
  const text = JSON.stringify(value, (_key, item) => (Number.isNaN(item) ? 'NaN' : item)) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
