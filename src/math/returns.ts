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
