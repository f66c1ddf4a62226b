// Element by element, over rows of `n` numbers, n a multiple of 4: what joins several inputs. What lies behind a row's width is
// worked on as well and has no meaning.

const MULTIPLY = 1,
  MAXIMUM = 2,
  MINIMUM = 3;

/** to = a + b, a * b, or the larger or smaller of the two; `to` may be one of them. */
export function combineRows(
  kind: i32,
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  to: usize,
  toRow: usize,
  rows: i32,
  n: i32,
): void {
  const bytes = <usize>(4 * n);
  for (; rows > 0; rows--) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const u = v128.load(a + j);
      const v = v128.load(b + j);
      let w = f32x4.add(u, v);
      if (kind === MULTIPLY) w = f32x4.mul(u, v);
      else if (kind === MAXIMUM) w = f32x4.max(u, v);
      else if (kind === MINIMUM) w = f32x4.min(u, v);
      v128.store(to + j, w);
    }
    a += aRow;
    b += bRow;
    to += toRow;
  }
}

/** to = factor * from, or to += where `adds`. */
export function scaleRows(
  from: usize,
  fromRow: usize,
  to: usize,
  toRow: usize,
  rows: i32,
  n: i32,
  factor: f32,
  adds: i32,
): void {
  const bytes = <usize>(4 * n);
  const factors = f32x4.splat(factor);
  for (; rows > 0; rows--) {
    for (let j: usize = 0; j < bytes; j += 16) {
      let value = f32x4.mul(v128.load(from + j), factors);
      if (adds) value = f32x4.add(v128.load(to + j), value);
      v128.store(to + j, value);
    }
    from += fromRow;
    to += toRow;
  }
}

/**
 * Where x is y, its gradient takes what is left in `rest`: to = rest (to += where `adds`), and nothing stays for those that ask
 * later. Elsewhere to = 0. `to` 0: the gradient is taken and dropped.
 */
export function takeRows(
  x: usize,
  xRow: usize,
  y: usize,
  yRow: usize,
  rest: usize,
  restRow: usize,
  to: usize,
  toRow: usize,
  rows: i32,
  n: i32,
  adds: i32,
): void {
  const bytes = <usize>(4 * n);
  for (; rows > 0; rows--) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const mine = f32x4.eq(v128.load(x + j), v128.load(y + j));
      const left = v128.load(rest + j);
      let value = v128.and(left, mine);
      v128.store(rest + j, v128.andnot(left, mine));
      if (to === 0) continue;
      if (adds) value = f32x4.add(v128.load(to + j), value);
      v128.store(to + j, value);
    }
    x += xRow;
    y += yRow;
    rest += restRow;
    if (to !== 0) to += toRow;
  }
}

/** to = from in rows whose number in `keep` (`keepRow` bytes apart) is not 0, zeros in the others; without `keep` (0) from. */
export function keepRows(
  from: usize,
  fromRow: usize,
  keep: usize,
  keepRow: usize,
  to: usize,
  toRow: usize,
  rows: i32,
  n: i32,
): void {
  const bytes = <usize>(4 * n);
  for (; rows > 0; rows--) {
    const kept = keep === 0 || load<f32>(keep) !== 0;
    const mask = i32x4.splat(kept ? -1 : 0);
    for (let j: usize = 0; j < bytes; j += 16) v128.store(to + j, v128.and(v128.load(from + j), mask));
    from += fromRow;
    to += toRow;
    keep += keepRow;
  }
}
