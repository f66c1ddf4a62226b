import type { BoxSpace, Field } from '#core';

/** The fields of an observation; the whole of it as one where the world names none. */
export function fieldsOf(space: BoxSpace): readonly Field[] {
  return space.fields ?? [{ name: 'observation', size: space.low.length }];
}

/** An observation with more numbers behind it; a field of no numbers is left out. Shapes: [O] -> [O + size]. */
export function appendField(space: BoxSpace, { name, size }: Field, low: number, high: number): BoxSpace {
  if (size === 0) return space;
  const length = space.low.length;
  const grown = (bounds: Float32Array, bound: number) => {
    const row = new Float32Array(length + size).fill(bound);
    row.set(bounds);
    return row;
  };
  return {
    kind: 'box',
    shape: [length + size],
    low: grown(space.low, low),
    high: grown(space.high, high),
    fields: [...fieldsOf(space), { name, size }],
  };
}
