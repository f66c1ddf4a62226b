import type { Writable } from './numbers.ts';
import type { ReturnRows } from './returns.ts';

/**
 * Lambda-returns, G_t = r_t + gamma ((1 - lambda) V(s_(t+1)) + lambda G_(t+1)), bootstrapped from `nextValues` at a truncation
 * and at the last row. With max_a Q(s', a) as `nextValues` this is Q(lambda) as in PQN.
 *
 * Shapes: as `gae`.
 * Source: Sutton and Barto (2018), "Reinforcement learning", eq. 12.20; Gallici et al. (2024), "Simplifying deep temporal
 * difference learning", algorithm 1.
 */
export function lambdaReturns(
  rows: ReturnRows,
  gamma: number,
  lambda: number,
  returns: Writable,
  start: number,
  length: number,
): void {
  const { rewards, nextValues, terminated, truncated } = rows;
  const last = start + length - 1;
  let following = 0;
  for (let t = last; t >= start; t--) {
    if (terminated[t]) following = rewards[t];
    else if (truncated[t] || t === last) following = rewards[t] + gamma * nextValues[t];
    else following = rewards[t] + gamma * ((1 - lambda) * nextValues[t] + lambda * following);
    returns[t] = following;
  }
}
