// One step of gated recurrent layers, forward and back, beside the matrix products. Gates of a row lie side by side, `n` numbers
// each, n a multiple of 4; `d` holds the gradients before the activations in the same places. The kinds of activation are those
// of activation.ts whose derivative is worked out from the result.
import { gateDerivative } from './activation';
import { madd } from './elementary';

/** h = c + z (p - c), with gates z, r, c and the state p before: the GRU of tfjs, z for what stays. */
export function gruState(
  gates: usize,
  gatesRow: usize,
  p: usize,
  pRow: usize,
  h: usize,
  hRow: usize,
  rows: i32,
  n: i32,
): void {
  const bytes = <usize>(4 * n);
  for (; rows > 0; rows--) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const candidate = v128.load(gates + 2 * bytes + j);
      const change = f32x4.sub(v128.load(p + j), candidate);
      v128.store(h + j, madd(v128.load(gates + j), change, candidate));
    }
    gates += gatesRow;
    p += pRow;
    h += hRow;
  }
}

/** From dh to the gradients of z and c before their activations, and dp = dh z, which may be dh. */
export function gruStateBack(
  dh: usize,
  dhRow: usize,
  gates: usize,
  gatesRow: usize,
  p: usize,
  pRow: usize,
  d: usize,
  dRow: usize,
  dp: usize,
  dpRow: usize,
  rows: i32,
  n: i32,
  kind: i32,
  gateKind: i32,
): void {
  const bytes = <usize>(4 * n);
  for (; rows > 0; rows--) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const grad = v128.load(dh + j);
      const z = v128.load(gates + j);
      const candidate = v128.load(gates + 2 * bytes + j);
      const stays = f32x4.mul(grad, z);
      const change = f32x4.mul(grad, f32x4.sub(v128.load(p + j), candidate));
      v128.store(d + j, f32x4.mul(change, gateDerivative(z, gateKind)));
      v128.store(d + 2 * bytes + j, f32x4.mul(f32x4.sub(grad, stays), gateDerivative(candidate, kind)));
      v128.store(dp + j, stays);
    }
    dh += dhRow;
    gates += gatesRow;
    p += pRow;
    d += dRow;
    dp += dpRow;
  }
}

/** From the gradient of r p to that of r before its activation, and dp += its share. */
export function gruResetBack(
  drp: usize,
  drpRow: usize,
  gates: usize,
  gatesRow: usize,
  p: usize,
  pRow: usize,
  d: usize,
  dRow: usize,
  dp: usize,
  dpRow: usize,
  rows: i32,
  n: i32,
  gateKind: i32,
): void {
  const bytes = <usize>(4 * n);
  for (; rows > 0; rows--) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const grad = v128.load(drp + j);
      const r = v128.load(gates + bytes + j);
      v128.store(d + bytes + j, f32x4.mul(f32x4.mul(grad, v128.load(p + j)), gateDerivative(r, gateKind)));
      v128.store(dp + j, madd(grad, r, v128.load(dp + j)));
    }
    drp += drpRow;
    gates += gatesRow;
    p += pRow;
    d += dRow;
    dp += dpRow;
  }
}

/** cell = f p + i c, with gates i, f, c, o and the cell p before: the LSTM of tfjs. */
export function lstmCell(
  gates: usize,
  gatesRow: usize,
  p: usize,
  pRow: usize,
  cell: usize,
  cellRow: usize,
  rows: i32,
  n: i32,
): void {
  const bytes = <usize>(4 * n);
  for (; rows > 0; rows--) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const kept = f32x4.mul(v128.load(gates + bytes + j), v128.load(p + j));
      v128.store(cell + j, madd(v128.load(gates + j), v128.load(gates + 2 * bytes + j), kept));
    }
    gates += gatesRow;
    p += pRow;
    cell += cellRow;
  }
}

/**
 * From dh and dc (the gradient that comes from the next step's cell) to the gradients of all gates before their activations.
 * `active` is f(cell). dc becomes the gradient of the cell before.
 */
export function lstmBack(
  dh: usize,
  dhRow: usize,
  dc: usize,
  dcRow: usize,
  gates: usize,
  gatesRow: usize,
  p: usize,
  pRow: usize,
  active: usize,
  activeRow: usize,
  d: usize,
  dRow: usize,
  rows: i32,
  n: i32,
  kind: i32,
  gateKind: i32,
): void {
  const bytes = <usize>(4 * n);
  for (; rows > 0; rows--) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const grad = v128.load(dh + j);
      const i = v128.load(gates + j);
      const f = v128.load(gates + bytes + j);
      const c = v128.load(gates + 2 * bytes + j);
      const o = v128.load(gates + 3 * bytes + j);
      const out = v128.load(active + j);
      const inner = madd(f32x4.mul(grad, o), gateDerivative(out, kind), v128.load(dc + j));
      v128.store(d + j, f32x4.mul(f32x4.mul(inner, c), gateDerivative(i, gateKind)));
      v128.store(d + bytes + j, f32x4.mul(f32x4.mul(inner, v128.load(p + j)), gateDerivative(f, gateKind)));
      v128.store(d + 2 * bytes + j, f32x4.mul(f32x4.mul(inner, i), gateDerivative(c, kind)));
      v128.store(d + 3 * bytes + j, f32x4.mul(f32x4.mul(grad, out), gateDerivative(o, gateKind)));
      v128.store(dc + j, f32x4.mul(inner, f));
    }
    dh += dhRow;
    dc += dcRow;
    gates += gatesRow;
    p += pRow;
    active += activeRow;
    d += dRow;
  }
}
