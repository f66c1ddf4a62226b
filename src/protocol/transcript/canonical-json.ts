import { PolityError } from '#core';

/** A surrogate that stands alone. */
const halfPair = /\p{Surrogate}/u;

/**
 * A value as the one text that every program writes it as: keys in the order of their UTF-16 code units, numbers and strings as
 * ECMAScript writes them, no blanks. Keys without a value are left out.
 *
 * Throws: PolityError (input) for what JSON has no word for: numbers that are not finite, half a surrogate pair, functions.
 * Source: RFC 8785 (2020), "JSON Canonicalization Scheme".
 *
 * @example
 * canonicalJson({ b: [1e21, 0.1], a: null }) // '{"a":null,"b":[1e+21,0.1]}'
 */
export function canonicalJson(value: unknown): string {
  return write(value, '');
}

function write(value: unknown, path: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refusal(path, String(value));
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (halfPair.test(value)) throw refusal(path, 'half a surrogate pair');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item, i) => write(item, `${path}.${i}`)).join(',')}]`;
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) throw refusal(path, `a ${typeof value}`);
  const fields = value as Readonly<Record<string, unknown>>;
  const parts: string[] = [];
  for (const key of Object.keys(fields).sort()) {
    if (fields[key] === undefined) continue;
    if (halfPair.test(key)) throw refusal(path, 'half a surrogate pair in a key');
    parts.push(`${JSON.stringify(key)}:${write(fields[key], `${path}.${key}`)}`);
  }
  return `{${parts.join(',')}}`;
}

function refusal(path: string, got: string): PolityError {
  const where = `canonical JSON${path === '' ? '' : ` › ${path.slice(1)}`}`;
  return new PolityError({ code: 'input', where, message: 'JSON has no word for this', got });
}
