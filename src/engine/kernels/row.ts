// One row times a packed matrix, for acting and play.
import { madd } from './elementary';

/**
 * y = start + x W for one row, with W in panels of eight columns (`packColumns`) and `n` a multiple of 8. Sums 32 columns
 * side by side, so that none waits for the one before; every sum adds in the order of k, as `gemm` does.
 */
export function multiplyRow(x: usize, packed: usize, y: usize, start: usize, startPanel: usize, n: i32, k: i32): void {
  const panel = <usize>(32 * k);
  const end = x + <usize>(4 * k);
  for (; n >= 32; n -= 32) {
    let x0 = v128.load(start);
    let y0 = v128.load(start, 16);
    start += startPanel;
    let x1 = v128.load(start);
    let y1 = v128.load(start, 16);
    start += startPanel;
    let x2 = v128.load(start);
    let y2 = v128.load(start, 16);
    start += startPanel;
    let x3 = v128.load(start);
    let y3 = v128.load(start, 16);
    start += startPanel;
    let b0 = packed;
    let b1 = b0 + panel;
    let b2 = b1 + panel;
    let b3 = b2 + panel;
    packed = b3 + panel;
    for (let a = x; a < end; a += 4) {
      const s = v128.load_splat<f32>(a);
      x0 = madd(s, v128.load(b0), x0);
      y0 = madd(s, v128.load(b0, 16), y0);
      x1 = madd(s, v128.load(b1), x1);
      y1 = madd(s, v128.load(b1, 16), y1);
      x2 = madd(s, v128.load(b2), x2);
      y2 = madd(s, v128.load(b2, 16), y2);
      x3 = madd(s, v128.load(b3), x3);
      y3 = madd(s, v128.load(b3, 16), y3);
      b0 += 32;
      b1 += 32;
      b2 += 32;
      b3 += 32;
    }
    v128.store(y, x0);
    v128.store(y, y0, 16);
    v128.store(y, x1, 32);
    v128.store(y, y1, 48);
    v128.store(y, x2, 64);
    v128.store(y, y2, 80);
    v128.store(y, x3, 96);
    v128.store(y, y3, 112);
    y += 128;
  }
  for (; n > 0; n -= 8) {
    let x0 = v128.load(start);
    let y0 = v128.load(start, 16);
    for (let a = x; a < end; a += 4) {
      const s = v128.load_splat<f32>(a);
      x0 = madd(s, v128.load(packed), x0);
      y0 = madd(s, v128.load(packed, 16), y0);
      packed += 32;
    }
    v128.store(y, x0);
    v128.store(y, y0, 16);
    y += 32;
    start += startPanel;
  }
}
