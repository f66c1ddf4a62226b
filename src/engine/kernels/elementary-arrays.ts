import { erf4, exp4, log4, sigmoid4, tanh4 } from './elementary';

/** y = e^x; n is a multiple of 4, here and below. */
export function expArray(x: usize, y: usize, n: i32): void {
  for (const end = x + <usize>(4 * n); x < end; x += 16, y += 16) v128.store(y, exp4(v128.load(x)));
}

export function logArray(x: usize, y: usize, n: i32): void {
  for (const end = x + <usize>(4 * n); x < end; x += 16, y += 16) v128.store(y, log4(v128.load(x)));
}

export function tanhArray(x: usize, y: usize, n: i32): void {
  for (const end = x + <usize>(4 * n); x < end; x += 16, y += 16) v128.store(y, tanh4(v128.load(x)));
}

export function sigmoidArray(x: usize, y: usize, n: i32): void {
  for (const end = x + <usize>(4 * n); x < end; x += 16, y += 16) v128.store(y, sigmoid4(v128.load(x)));
}

export function erfArray(x: usize, y: usize, n: i32): void {
  for (const end = x + <usize>(4 * n); x < end; x += 16, y += 16) v128.store(y, erf4(v128.load(x)));
}
