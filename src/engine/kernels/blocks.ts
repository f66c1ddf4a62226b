// Moving and adding blocks of numbers. Lengths need not be multiples of 4.

/** Copies `rows` rows of `n` numbers. */
export function copyRows(from: usize, fromRow: usize, to: usize, toRow: usize, rows: i32, n: i32): void {
  for (; rows > 0; rows--) {
    let j = 0;
    for (; j + 4 <= n; j += 4) v128.store(to + <usize>(4 * j), v128.load(from + <usize>(4 * j)));
    for (; j < n; j++) store<f32>(to + <usize>(4 * j), load<f32>(from + <usize>(4 * j)));
    from += fromRow;
    to += toRow;
  }
}

/** Adds `rows` rows of `n` numbers to those at `to`. */
export function addRows(from: usize, fromRow: usize, to: usize, toRow: usize, rows: i32, n: i32): void {
  for (; rows > 0; rows--) {
    let j = 0;
    for (; j + 4 <= n; j += 4) {
      const at = to + <usize>(4 * j);
      v128.store(at, f32x4.add(v128.load(at), v128.load(from + <usize>(4 * j))));
    }
    for (; j < n; j++) {
      const at = to + <usize>(4 * j);
      store<f32>(at, load<f32>(at) + load<f32>(from + <usize>(4 * j)));
    }
    from += fromRow;
    to += toRow;
  }
}

/** x *= factor. */
export function scale(x: usize, n: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    const at = x + <usize>(4 * j);
    v128.store(at, f32x4.mul(v128.load(at), factors));
  }
  for (; j < n; j++) store<f32>(x + <usize>(4 * j), load<f32>(x + <usize>(4 * j)) * factor);
}

/** The sum of squares, in double precision, four sums side by side. */
export function sumSquares(x: usize, n: i32): f64 {
  let low = f64x2.splat(0),
    high = f64x2.splat(0);
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    const value = v128.load(x + <usize>(4 * j));
    const a = f64x2.promote_low_f32x4(value);
    const b = f64x2.promote_low_f32x4(v128.shuffle<u64>(value, value, 1, 1));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sums = f64x2.add(low, high);
  let total = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; j < n; j++) {
    const value = <f64>load<f32>(x + <usize>(4 * j));
    total += value * value;
  }
  return total;
}

/** x = value; n is a multiple of 4. */
export function fill(x: usize, n: i32, value: f32): void {
  const values = f32x4.splat(value);
  for (const end = x + <usize>(4 * n); x < end; x += 16) v128.store(x, values);
}

/**
 * Copies (or adds) `rows` rows of `positions` groups of `width` numbers into rows whose groups have `toWidth` numbers, keeping
 * their order.
 */
export function regroup(
  from: usize,
  fromRow: usize,
  positions: i32,
  width: i32,
  fromStride: usize,
  to: usize,
  toRow: usize,
  toWidth: i32,
  toStride: usize,
  rows: i32,
  adds: i32,
): void {
  for (; rows > 0; rows--) {
    let source = from,
      group = to;
    let column = 0;
    for (let p = positions; p > 0; p--) {
      for (let j = 0; j < width; j++) {
        const at = group + <usize>(4 * column);
        const value = load<f32>(source + <usize>(4 * j));
        store<f32>(at, adds ? load<f32>(at) + value : value);
        if (++column === toWidth) {
          column = 0;
          group += toStride;
        }
      }
      source += fromStride;
    }
    from += fromRow;
    to += toRow;
  }
}
