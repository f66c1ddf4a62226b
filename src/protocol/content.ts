import type { z } from 'zod';
import { PolityError } from '#core';

/**
 * A content type as a grid: every value has a number, and is made of parts that are each one choice out of a few. Networks
 * choose parts; messages carry values.
 *
 * Shapes: P parts; the first is the most significant digit of the number.
 */
export interface Grid {
  /** How many choices each part has. */
  readonly sizes: readonly number[];
  /** How many values there are: the product of the sizes. */
  readonly size: number;
  /** What a single whole number begins at, so that value = base + number; 0 for everything else. */
  readonly base: number;
  /** The number of a value; -1 for one that is not on the grid. */
  indexOf(value: unknown): number;
  valueAt(index: number): unknown;
}

/** Numbers fit into 32 bits. */
const mostValues = 2 ** 31 - 1;

/** A value's digits, read and written part by part. */
interface Shape {
  readonly sizes: readonly number[];
  /** Appends the digits of a value; false where it is not on the grid. */
  read(value: unknown, digits: number[]): boolean;
  write(digits: readonly number[], at: number): unknown;
}

interface Definition {
  readonly type: string;
  readonly items?: readonly z.ZodType[];
  readonly element?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
}

/**
 * The grid of a content type: whole numbers between two bounds, words of a list, yes or no, and lists or objects of these with a
 * fixed number of parts.
 *
 * Throws: PolityError (input) for a type that has no grid, or more than 2^31 - 1 values.
 *
 * @example
 * const acts = gridOf(messageSchema.shape.performative, 'act');
 * [acts.size, acts.indexOf('agree'), acts.valueAt(3)] // [13, 1, 'cfp']
 */
export function gridOf(schema: z.ZodType, where: string): Grid {
  const shape = shapeOf(schema, where);
  const size = shape.sizes.reduce((product, count) => product * count, 1);
  if (size > mostValues) {
    throw contentError(
      where,
      'too many values',
      `${size}`,
      `at most ${mostValues}`,
      'Split it into several parameters',
    );
  }
  const bounds = schema as unknown as { minValue?: number };
  const base = kindOf(schema) === 'number' ? (bounds.minValue as number) : 0;
  return {
    sizes: shape.sizes,
    size,
    base,
    indexOf(value) {
      const digits: number[] = [];
      if (!shape.read(value, digits)) return -1;
      return digits.reduce((index, digit, part) => index * shape.sizes[part] + digit, 0);
    },
    valueAt(index) {
      const digits = new Array<number>(shape.sizes.length);
      let left = index;
      for (let part = shape.sizes.length - 1; part >= 0; part--) {
        digits[part] = left % shape.sizes[part];
        left = Math.floor(left / shape.sizes[part]);
      }
      return shape.write(digits, 0);
    },
  };
}

function kindOf(schema: z.ZodType): string {
  return (schema.def as unknown as Definition).type;
}

function shapeOf(schema: z.ZodType, where: string): Shape {
  const definition = schema.def as unknown as Definition;
  switch (definition.type) {
    case 'number':
      return wholeNumbers(schema, where);
    case 'enum':
      return words(Object.values(definition.entries ?? {}));
    case 'literal':
      return words(definition.values ?? []);
    case 'boolean':
      return words([false, true]);
    case 'tuple':
      return list(
        (definition.items ?? []).map((item, i) => shapeOf(item, `${where}.${i}`)),
        where,
      );
    case 'array':
      return list(
        Array.from({ length: lengthOf(schema, where) }, () => shapeOf(definition.element as z.ZodType, where)),
        where,
      );
    case 'object':
      return record(definition.shape ?? {}, where);
    default:
      throw noGrid(where, definition.type);
  }
}

function wholeNumbers(schema: z.ZodType, where: string): Shape {
  const { format, minValue, maxValue } = schema as unknown as { format: string; minValue: number; maxValue: number };
  const bounded = Number.isSafeInteger(minValue) && Number.isSafeInteger(maxValue) && maxValue - minValue < mostValues;
  if (!format?.includes('int') || !bounded) throw noGrid(where, 'number without two near bounds');
  return {
    sizes: [maxValue - minValue + 1],
    read(value, digits) {
      if (!Number.isInteger(value) || (value as number) < minValue || (value as number) > maxValue) return false;
      digits.push((value as number) - minValue);
      return true;
    },
    write: (digits, at) => minValue + digits[at],
  };
}

function words(values: readonly unknown[]): Shape {
  return {
    sizes: [values.length],
    read(value, digits) {
      const digit = values.indexOf(value);
      if (digit < 0) return false;
      digits.push(digit);
      return true;
    },
    write: (digits, at) => values[digits[at]],
  };
}

function list(items: readonly Shape[], where: string): Shape {
  if (items.length === 0) throw noGrid(where, 'list without items');
  return {
    sizes: items.flatMap(({ sizes }) => sizes),
    read: (value, digits) =>
      Array.isArray(value) && value.length === items.length && items.every((item, i) => item.read(value[i], digits)),
    write(digits, at) {
      let next = at;
      return items.map((item) => {
        const value = item.write(digits, next);
        next += item.sizes.length;
        return value;
      });
    },
  };
}

function record(shape: Readonly<Record<string, z.ZodType>>, where: string): Shape {
  const keys = Object.keys(shape);
  const items = list(
    keys.map((key) => shapeOf(shape[key], `${where}.${key}`)),
    where,
  );
  return {
    sizes: items.sizes,
    read(value, digits) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      const fields = value as Record<string, unknown>;
      if (Object.keys(fields).length !== keys.length) return false;
      return items.read(
        keys.map((key) => (Object.hasOwn(fields, key) ? fields[key] : undefined)),
        digits,
      );
    },
    write: (digits, at) => Object.fromEntries(keys.map((key, i) => [key, (items.write(digits, at) as unknown[])[i]])),
  };
}

/** The one length that a list may have. */
function lengthOf(schema: z.ZodType, where: string): number {
  const checks = ((schema.def as unknown as { checks?: readonly z.core.$ZodCheck[] }).checks ?? []).map(
    (check) => check._zod.def as unknown as { check: string; length?: number; minimum?: number; maximum?: number },
  );
  const exact = checks.find(({ check }) => check === 'length_equals')?.length;
  const low = checks.find(({ check }) => check === 'min_length')?.minimum;
  const high = checks.find(({ check }) => check === 'max_length')?.maximum;
  const length = exact ?? (low === high ? low : undefined);
  if (length === undefined || length > 64) throw noGrid(where, 'list without one length of at most 64');
  return length;
}

function noGrid(where: string, got: string): PolityError {
  const expected = 'whole numbers between two bounds, words of a list, true or false, or a fixed number of these';
  return contentError(
    where,
    'content that cannot be numbered',
    got,
    expected,
    'Give bounds: z.int().min(0).max(9), or as data { type: integer, minimum: 0, maximum: 9 }',
  );
}

function contentError(where: string, message: string, got: string, expected: string, remedy: string): PolityError {
  return new PolityError({ code: 'input', where, message, got, expected, remedy });
}
