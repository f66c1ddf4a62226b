import { lambdaReturns } from './lambda-returns.ts';
import type { Writable } from './numbers.ts';
import type { ReturnRows } from './returns.ts';

/**
 * Discounted sums of rewards up to the episode's end, bootstrapped at a truncation and at the last row.
 *
 * Shapes: as `gae`.
 * Source: Sutton and Barto (2018), eq. 3.8.
 */
export function discountedReturns(
  rows: ReturnRows,
  gamma: number,
  returns: Writable,
  start: number,
  length: number,
): void {
  lambdaReturns(rows, gamma, 1, returns, start, length);
}

/**
 * Sums of at most n discounted rewards plus the discounted value of the observation reached then; where the episode or the
 * rows end sooner, so does the sum (with a bootstrap unless the game terminated).
 *
 * Shapes: as `gae`; n >= 1.
 * Source: Sutton and Barto (2018), eq. 7.1.
 */
export function nStepReturns(
  rows: ReturnRows,
  gamma: number,
  n: number,
  returns: Writable,
  start: number,
  length: number,
): void {
  const { rewards, nextValues, terminated, truncated } = rows;
  const end = start + length;
  for (let t = start; t < end; t++) {
    let discount = 1;
    let sum = 0;
    const stop = Math.min(t + n, end);
    for (let k = t; k < stop; k++) {
      sum += discount * rewards[k];
      discount *= gamma;
      if (terminated[k]) break;
      if (truncated[k] || k === stop - 1) {
        sum += discount * nextValues[k];
        break;
      }
    }
    returns[t] = sum;
  }
}
