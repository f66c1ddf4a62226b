type Row = Float32Array | Float64Array | Uint8Array;

/**
 * A row that reports what is written outside it. Typed arrays drop such writes silently, so an offset that is one too far
 * would go unnoticed until a neighbour's entry is missing.
 */
export function guarded<T extends Row>(row: T, report: (index: number) => void): T {
  return new Proxy(row, {
    get(target, key) {
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, key, value) {
      // A key that is no number at all (`out[undefined] = 1`) would become a property of the array: also outside.
      const index = typeof key === 'string' ? Number(key) : Number.NaN;
      if (!(Number.isInteger(index) && index >= 0 && index < target.length)) report(index);
      return Reflect.set(target, key, value);
    },
  });
}
