import { expectClose, type Within } from './compare.ts';
import type { Fields, GoldenEntry, GoldenFile, Json } from './entries.ts';

export type Vector = readonly number[];
export type Matrix = readonly Vector[];

/** Joins a call of a golden file to our function: what it computes from the inputs must be the outputs. */
export interface Binding {
  readonly file: string;
  readonly call: string | RegExp;
  /** Narrows the call down where only some of its entries are meant. */
  applies?(entry: GoldenEntry): boolean;
  check(entry: GoldenEntry, file: GoldenFile): void;
}

/** A binding whose function returns everything that the entry has as outputs. */
export function binding(
  file: string,
  call: string | RegExp,
  compute: (inputs: Inputs, entry: GoldenEntry, file: GoldenFile) => unknown,
  within: Within,
): Binding {
  return {
    file,
    call,
    check: (entry, whole) => {
      expectClose(compute(new Inputs(entry.inputs), entry, whole), entry.outputs, within);
    },
  };
}

export function matches({ file, call, applies }: Binding, entry: GoldenEntry): boolean {
  if (file !== entry.file) return false;
  if (typeof call === 'string' ? call !== entry.call : !call.test(entry.call)) return false;
  return applies === undefined || applies(entry);
}

/** Reads typed values out of an entry's inputs; a missing one is an error, never a default. */
export class Inputs {
  readonly fields: Fields;

  constructor(fields: Fields) {
    this.fields = fields;
  }

  get<T extends Json>(key: string): T {
    const value = this.fields[key];
    if (value === undefined) throw new Error(`the entry has no input "${key}"`);
    return value as T;
  }

  number(key: string): number {
    return this.get<number>(key);
  }

  vector(key: string): Vector {
    return this.get<Vector>(key);
  }

  matrix(key: string): Matrix {
    return this.get<Matrix>(key);
  }
}

export const column = (matrix: Matrix, at: number): number[] => matrix.map((row) => row[at]);
export const flat = (matrix: Matrix): number[] => matrix.flatMap((row) => [...row]);

/** Cuts a row of numbers into rows of `width`. */
export function rows(values: ArrayLike<number>, width: number): number[][] {
  const all = Array.from(values);
  return Array.from({ length: all.length / width }, (_, i) => all.slice(i * width, (i + 1) * width));
}

export function transpose(columns: Matrix): number[][] {
  return columns[0].map((_, row) => columns.map((values) => values[row]));
}
