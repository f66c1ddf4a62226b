import { madd } from './elementary';

/** Runs 12 n multiply-adds on four lanes, twelve sums side by side: as fast as the machine can, for comparison. */
export function peak(n: i32, out: usize): void {
  const u = f32x4.splat(0.999);
  const v = f32x4.splat(0.001);
  let a = f32x4.splat(0);
  let b = f32x4.splat(1);
  let c = f32x4.splat(2);
  let d = f32x4.splat(3);
  let e = f32x4.splat(4);
  let f = f32x4.splat(5);
  let g = f32x4.splat(6);
  let h = f32x4.splat(7);
  let i = f32x4.splat(8);
  let j = f32x4.splat(9);
  let k = f32x4.splat(10);
  let l = f32x4.splat(11);
  for (; n > 0; n--) {
    a = madd(a, u, v);
    b = madd(b, u, v);
    c = madd(c, u, v);
    d = madd(d, u, v);
    e = madd(e, u, v);
    f = madd(f, u, v);
    g = madd(g, u, v);
    h = madd(h, u, v);
    i = madd(i, u, v);
    j = madd(j, u, v);
    k = madd(k, u, v);
    l = madd(l, u, v);
  }
  const abcd = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  const efgh = f32x4.add(f32x4.add(e, f), f32x4.add(g, h));
  v128.store(out, f32x4.add(f32x4.add(abcd, efgh), f32x4.add(f32x4.add(i, j), f32x4.add(k, l))));
}
