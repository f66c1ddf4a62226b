/**
 * Where two plain values first differ, as a path such as `.board[3]`; `undefined` when they are the same. Numbers are
 * compared exactly: NaN equals NaN, and 0 differs from -0.
 */
export function firstDifference(a: unknown, b: unknown, path = ''): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (!isObject(a) || !isObject(b) || kindOf(a) !== kindOf(b)) return path === '' ? 'the value itself' : path;
  if (isList(a) && isList(b)) return firstListDifference(a, b, path);
  const [left, right] = [entriesOf(a), entriesOf(b)];
  if (left.length !== right.length) return `${path}.length`;
  for (let i = 0; i < left.length; i++) {
    const [key, value] = left[i];
    const [otherKey, otherValue] = right[i];
    const at = `${path}${typeof key === 'number' ? `[${key}]` : `.${String(key)}`}`;
    if (firstDifference(key, otherKey) !== undefined) return at;
    const difference = firstDifference(value, otherValue, at);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Long rows of numbers are most of what is compared: they make no lists of entries, and paths only where values differ. */
function firstListDifference(a: ArrayLike<unknown>, b: ArrayLike<unknown>, path: string): string | undefined {
  if (a.length !== b.length) return `${path}.length`;
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i])) continue;
    const difference = firstDifference(a[i], b[i], `${path}[${i}]`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/** Where a value holds something that a checkpoint could not keep: a function, a symbol, a class instance. */
export function firstUnplain(value: unknown, path = 'state'): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return `${path} is a ${typeof value}`;
  if (!isObject(value)) return undefined;
  const kind = kindOf(value);
  if (!plainKinds.has(kind)) return `${path} is a ${kind}`;
  if (ArrayBuffer.isView(value)) return undefined;
  for (const [key, item] of entriesOf(value)) {
    const found = firstUnplain(item, `${path}${typeof key === 'number' ? `[${key}]` : `.${String(key)}`}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const plainKinds = new Set([
  'Object',
  'Array',
  'Map',
  'Set',
  'Float64Array',
  'Float32Array',
  'Int32Array',
  'Uint32Array',
  'Int16Array',
  'Uint16Array',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
]);

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function kindOf(value: object): string {
  return Object.getPrototypeOf(value)?.constructor?.name ?? 'Object';
}

function entriesOf(value: object): readonly (readonly [unknown, unknown])[] {
  if (value instanceof Map) return [...value];
  if (value instanceof Set) return [...value].map((item, i) => [i, item]);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as ArrayLike<unknown> & ArrayBufferView, (item, i) => [i, item]);
  }
  return Object.keys(value)
    .sort()
    .map((key) => [key, (value as Record<string, unknown>)[key]]);
}
