// One row times a packed matrix, for acting and play.
import { madd } from './elementary';

/**
 * y = start + x W for one row, with W in panels of eight columns (`packColumns`) and `n` a multiple of 8. Sums 24 columns side
 * by side, so that none waits for the one before (with 32, V8 runs out of registers); every sum adds in the order of k, as
 * `gemm` does.
 */
export function multiplyRow(x: usize, packed: usize, y: usize, start: usize, startPanel: usize, n: i32, k: i32): void {
  const panel = <usize>(32 * k);
  const end = x + <usize>(4 * k);
  for (; n >= 24; n -= 24) {
    let x0 = v128.load(start);
    let y0 = v128.load(start, 16);
    start += startPanel;
    let x1 = v128.load(start);
    let y1 = v128.load(start, 16);
    start += startPanel;
    let x2 = v128.load(start);
    let y2 = v128.load(start, 16);
    start += startPanel;
    let b0 = packed;
    packed += panel;
    let b1 = packed;
    packed += panel;
    let b2 = packed;
    packed += panel;
    for (let a = x; a < end; a += 4) {
      const s = v128.load_splat<f32>(a);
      x0 = madd(s, v128.load(b0), x0);
      y0 = madd(s, v128.load(b0, 16), y0);
      b0 += 32;
      x1 = madd(s, v128.load(b1), x1);
      y1 = madd(s, v128.load(b1, 16), y1);
      b1 += 32;
      x2 = madd(s, v128.load(b2), x2);
      y2 = madd(s, v128.load(b2, 16), y2);
      b2 += 32;
    }
    v128.store(y, x0);
    v128.store(y, y0, 16);
    v128.store(y, x1, 32);
    v128.store(y, y1, 48);
    v128.store(y, x2, 64);
    v128.store(y, y2, 80);
    y += 96;
  }
  if (n >= 16) {
    let x0 = v128.load(start);
    let y0 = v128.load(start, 16);
    start += startPanel;
    let x1 = v128.load(start);
    let y1 = v128.load(start, 16);
    start += startPanel;
    let b0 = packed;
    packed += panel;
    let b1 = packed;
    packed += panel;
    for (let a = x; a < end; a += 4) {
      const s = v128.load_splat<f32>(a);
      x0 = madd(s, v128.load(b0), x0);
      y0 = madd(s, v128.load(b0, 16), y0);
      b0 += 32;
      x1 = madd(s, v128.load(b1), x1);
      y1 = madd(s, v128.load(b1, 16), y1);
      b1 += 32;
    }
    v128.store(y, x0);
    v128.store(y, y0, 16);
    v128.store(y, x1, 32);
    v128.store(y, y1, 48);
    y += 64;
    n -= 16;
  }
  if (n > 0) {
    let x0 = v128.load(start);
    let y0 = v128.load(start, 16);
    let b0 = packed;
    for (let a = x; a < end; a += 4) {
      const s = v128.load_splat<f32>(a);
      x0 = madd(s, v128.load(b0), x0);
      y0 = madd(s, v128.load(b0, 16), y0);
      b0 += 32;
    }
    v128.store(y, x0);
    v128.store(y, y0, 16);
  }
}
