import type { Numbers, Writable } from './numbers.ts';

/**
 * One agent's rows in time. `nextValues[t]` is the value of the observation really reached after row t; at the end of an
 * episode that is the final observation, not the first one of the next episode.
 */
export interface ReturnRows {
  readonly rewards: Numbers;
  readonly nextValues: Numbers;
  /** 1 where the game itself ended: nothing follows, so nothing is bootstrapped. */
  readonly terminated: Numbers;
  /** 1 where only the clock ended the episode: the value of the final observation stands for what would have followed. */
  readonly truncated: Numbers;
}

/** Rows with the values that were predicted before acting. */
export interface AdvantageRows extends ReturnRows {
  readonly values: Numbers;
}

/**
 * Generalised advantage estimates, A_t = sum over l of (gamma lambda)^l delta_(t+l), where the sum stops at an episode's end.
 * With V added they are the lambda-return, so they are at once the errors of TD(lambda).
 *
 * Shapes: all [>= start + length]; rows start..start+length-1 are consecutive in time and belong to one agent.
 * Source: Schulman et al. (2016), "High-dimensional continuous control using generalized advantage estimation", eq. 16.
 *
 * @example
 * const advantages = [0, 0];
 * gae({ rewards: [1, 1], values: [0, 0], nextValues: [0, 4], terminated: [0, 0], truncated: [0, 1] }, 0.5, 1, advantages, 0, 2);
 * advantages // [2.5, 3]
 */
export function gae(
  rows: AdvantageRows,
  gamma: number,
  lambda: number,
  advantages: Writable,
  start: number,
  length: number,
): void {
  const { rewards, values, nextValues, terminated, truncated } = rows;
  let following = 0;
  for (let t = start + length - 1; t >= start; t--) {
    const bootstrap = terminated[t] ? 0 : nextValues[t];
    const delta = rewards[t] + gamma * bootstrap - values[t];
    following = terminated[t] || truncated[t] ? delta : delta + gamma * lambda * following;
    advantages[t] = following;
  }
}

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
