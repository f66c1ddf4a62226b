// Rows of a table, looked up by numbers that stand for whole numbers, as tfjs has them: what is behind the point is cut off.

/**
 * Copies the rows of `table` [size, n] that `rows` times `count` ids name, one after the other, `toRow` bytes apart. Returns the
 * place of the first id that names none, and stops there; -1 when all do.
 */
export function lookUp(
  ids: usize,
  idsRow: usize,
  rows: i32,
  count: i32,
  table: usize,
  size: i32,
  n: i32,
  to: usize,
  toRow: usize,
): i32 {
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < count; k++) {
      const id = load<f32>(ids + <usize>(4 * k));
      // NaN fails both comparisons.
      if (!(id > -1 && id < <f32>size)) return i * count + k;
      const from = table + 4 * <usize>(<i32>id) * <usize>n;
      let j = 0;
      for (; j + 4 <= n; j += 4) v128.store(to + <usize>(4 * j), v128.load(from + <usize>(4 * j)));
      for (; j < n; j++) store<f32>(to + <usize>(4 * j), load<f32>(from + <usize>(4 * j)));
      to += toRow;
    }
    ids += idsRow;
  }
  return -1;
}

/** Adds rows of gradients to the rows of the table that the ids name. */
export function lookUpBack(
  ids: usize,
  idsRow: usize,
  rows: i32,
  count: i32,
  g: usize,
  gRow: usize,
  n: i32,
  table: usize,
): void {
  for (; rows > 0; rows--) {
    for (let k = 0; k < count; k++) {
      const to = table + 4 * <usize>(<i32>load<f32>(ids + <usize>(4 * k))) * <usize>n;
      let j = 0;
      for (; j + 4 <= n; j += 4) {
        const at = to + <usize>(4 * j);
        v128.store(at, f32x4.add(v128.load(at), v128.load(g + <usize>(4 * j))));
      }
      for (; j < n; j++) {
        const at = to + <usize>(4 * j);
        store<f32>(at, load<f32>(at) + load<f32>(g + <usize>(4 * j)));
      }
      g += gRow;
    }
    ids += idsRow;
  }
}
