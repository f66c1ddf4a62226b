// C[i, j] = start[i, j] + sum over k of A[i, k] * B[k, j], in tiles of a few rows by eight columns held in registers.
//
// A is read one number at a time with any two strides, so that it may be transposed. B is read eight columns at a time:
// `panel` bytes lead from one group of eight columns to the next, `bK` from one k to the next. The start is read with a row
// stride and a panel stride of its own: a bias (0, 32), C itself (its row, 32), or zeros (0, 0).
//
// Every element adds up its products in the order of k whatever tile it falls into, so that a row has the same bits however
// many rows there are.
import { madd } from './elementary';

function tile6(
  a: usize,
  aRow: usize,
  aK: usize,
  b: usize,
  bK: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  k: i32,
): void {
  let x0 = v128.load(start),
    y0 = v128.load(start, 16);
  start += startRow;
  let x1 = v128.load(start),
    y1 = v128.load(start, 16);
  start += startRow;
  let x2 = v128.load(start),
    y2 = v128.load(start, 16);
  start += startRow;
  let x3 = v128.load(start),
    y3 = v128.load(start, 16);
  start += startRow;
  let x4 = v128.load(start),
    y4 = v128.load(start, 16);
  start += startRow;
  let x5 = v128.load(start),
    y5 = v128.load(start, 16);
  for (; k > 0; k--) {
    const u = v128.load(b),
      v = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    x0 = madd(s, u, x0);
    y0 = madd(s, v, y0);
    s = v128.load_splat<f32>(a + aRow);
    x1 = madd(s, u, x1);
    y1 = madd(s, v, y1);
    s = v128.load_splat<f32>(a + 2 * aRow);
    x2 = madd(s, u, x2);
    y2 = madd(s, v, y2);
    s = v128.load_splat<f32>(a + 3 * aRow);
    x3 = madd(s, u, x3);
    y3 = madd(s, v, y3);
    s = v128.load_splat<f32>(a + 4 * aRow);
    x4 = madd(s, u, x4);
    y4 = madd(s, v, y4);
    s = v128.load_splat<f32>(a + 5 * aRow);
    x5 = madd(s, u, x5);
    y5 = madd(s, v, y5);
    a += aK;
    b += bK;
  }
  v128.store(c, x0);
  v128.store(c, y0, 16);
  c += cRow;
  v128.store(c, x1);
  v128.store(c, y1, 16);
  c += cRow;
  v128.store(c, x2);
  v128.store(c, y2, 16);
  c += cRow;
  v128.store(c, x3);
  v128.store(c, y3, 16);
  c += cRow;
  v128.store(c, x4);
  v128.store(c, y4, 16);
  c += cRow;
  v128.store(c, x5);
  v128.store(c, y5, 16);
}

function tile4(
  a: usize,
  aRow: usize,
  aK: usize,
  b: usize,
  bK: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  k: i32,
): void {
  let x0 = v128.load(start),
    y0 = v128.load(start, 16);
  start += startRow;
  let x1 = v128.load(start),
    y1 = v128.load(start, 16);
  start += startRow;
  let x2 = v128.load(start),
    y2 = v128.load(start, 16);
  start += startRow;
  let x3 = v128.load(start),
    y3 = v128.load(start, 16);
  for (; k > 0; k--) {
    const u = v128.load(b),
      v = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    x0 = madd(s, u, x0);
    y0 = madd(s, v, y0);
    s = v128.load_splat<f32>(a + aRow);
    x1 = madd(s, u, x1);
    y1 = madd(s, v, y1);
    s = v128.load_splat<f32>(a + 2 * aRow);
    x2 = madd(s, u, x2);
    y2 = madd(s, v, y2);
    s = v128.load_splat<f32>(a + 3 * aRow);
    x3 = madd(s, u, x3);
    y3 = madd(s, v, y3);
    a += aK;
    b += bK;
  }
  v128.store(c, x0);
  v128.store(c, y0, 16);
  c += cRow;
  v128.store(c, x1);
  v128.store(c, y1, 16);
  c += cRow;
  v128.store(c, x2);
  v128.store(c, y2, 16);
  c += cRow;
  v128.store(c, x3);
  v128.store(c, y3, 16);
}

function tile2(
  a: usize,
  aRow: usize,
  aK: usize,
  b: usize,
  bK: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  k: i32,
): void {
  let x0 = v128.load(start),
    y0 = v128.load(start, 16);
  start += startRow;
  let x1 = v128.load(start),
    y1 = v128.load(start, 16);
  for (; k > 0; k--) {
    const u = v128.load(b),
      v = v128.load(b, 16);
    let s = v128.load_splat<f32>(a);
    x0 = madd(s, u, x0);
    y0 = madd(s, v, y0);
    s = v128.load_splat<f32>(a + aRow);
    x1 = madd(s, u, x1);
    y1 = madd(s, v, y1);
    a += aK;
    b += bK;
  }
  v128.store(c, x0);
  v128.store(c, y0, 16);
  c += cRow;
  v128.store(c, x1);
  v128.store(c, y1, 16);
}

function tile1(a: usize, aK: usize, b: usize, bK: usize, c: usize, start: usize, k: i32): void {
  let x = v128.load(start),
    y = v128.load(start, 16);
  for (; k > 0; k--) {
    const s = v128.load_splat<f32>(a);
    x = madd(s, v128.load(b), x);
    y = madd(s, v128.load(b, 16), y);
    a += aK;
    b += bK;
  }
  v128.store(c, x);
  v128.store(c, y, 16);
}

/** Strides in bytes; `n` is a multiple of 8. */
export function gemm(
  a: usize,
  aRow: usize,
  aK: usize,
  b: usize,
  panel: usize,
  bK: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  startPanel: usize,
  m: i32,
  n: i32,
  k: i32,
): void {
  for (; n > 0; n -= 8) {
    let ai = a,
      ci = c,
      si = start;
    let i = m;
    if (ASC_FEATURE_RELAXED_SIMD) {
      // With fused multiply-add six rows pay; without, the product needs a register of its own and they spill.
      for (; i >= 6; i -= 6) {
        tile6(ai, aRow, aK, b, bK, ci, cRow, si, startRow, k);
        ai += 6 * aRow;
        ci += 6 * cRow;
        si += 6 * startRow;
      }
    }
    for (; i >= 4; i -= 4) {
      tile4(ai, aRow, aK, b, bK, ci, cRow, si, startRow, k);
      ai += 4 * aRow;
      ci += 4 * cRow;
      si += 4 * startRow;
    }
    if (i >= 2) {
      tile2(ai, aRow, aK, b, bK, ci, cRow, si, startRow, k);
      ai += 2 * aRow;
      ci += 2 * cRow;
      si += 2 * startRow;
      i -= 2;
    }
    if (i === 1) tile1(ai, aK, b, bK, ci, si, k);
    b += panel;
    c += 32;
    start += startPanel;
  }
}

/** Copies W [k, n], whose rows are `row` bytes apart, into panels of eight columns, zeros behind the last column. */
export function packColumns(w: usize, row: usize, k: i32, n: i32, packed: usize): void {
  for (let j = 0; j < n; j += 8) {
    const count = min(n - j, 8);
    for (let p = 0; p < k; p++) {
      const from = w + <usize>p * row + <usize>(4 * j);
      if (count === 8) {
        v128.store(packed, v128.load(from));
        v128.store(packed, v128.load(from, 16), 16);
      } else {
        for (let q = 0; q < 8; q++) store<f32>(packed + 4 * q, q < count ? load<f32>(from + 4 * q) : 0);
      }
      packed += 32;
    }
  }
}

/** Copies the transpose of W [k, n] into panels of eight columns (of the transpose), zeros behind the last. */
export function packRows(w: usize, row: usize, k: i32, n: i32, packed: usize): void {
  for (let j = 0; j < k; j += 8) {
    const count = min(k - j, 8);
    let p = 0;
    if (count === 8) {
      for (; p + 4 <= n; p += 4) {
        const from = w + <usize>j * row + <usize>(4 * p);
        transpose4(from, row, packed);
        transpose4(from + 4 * row, row, packed + 16);
        packed += 128;
      }
    }
    for (; p < n; p++) {
      const column = w + <usize>j * row + <usize>(4 * p);
      for (let q = 0; q < 8; q++) store<f32>(packed + 4 * q, q < count ? load<f32>(column + q * row) : 0);
      packed += 32;
    }
  }
}

/** Writes four rows of four numbers as four columns, 32 bytes from one to the next. */
function transpose4(from: usize, row: usize, to: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + row);
  const c = v128.load(from + 2 * row);
  const d = v128.load(from + 3 * row);
  const abLow = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdLow = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(abLow, cdLow, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(abLow, cdLow, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7), 96);
}
