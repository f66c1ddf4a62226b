import { PolityError } from '#core';
import type { Rollout } from './rollout.ts';

/**
 * How many closed rows the agents of env e have, one a moment, where `agents[p]` agents of each rollout p act together.
 *
 * Throws: PolityError (input) when they do not act together.
 */
export function commonMoments(rollouts: readonly Rollout[], agents: readonly number[], e: number): number {
  const count = rollouts[0].counts[e * agents[0]];
  for (let p = 0; p < rollouts.length; p++) {
    for (let i = 0; i < agents[p]; i++) if (rollouts[p].counts[e * agents[p] + i] !== count) throw notTogether();
  }
  return count;
}

/**
 * Nothing where the agents of env e begin and end their episodes in the same moments.
 *
 * Throws: PolityError (input) when they do not.
 */
export function requireCommonEpisodes(
  rollouts: readonly Rollout[],
  agents: readonly number[],
  e: number,
  count: number,
): void {
  const first = rollouts[0];
  for (let p = 0; p < rollouts.length; p++) {
    const { begins, terminated, truncated, stride } = rollouts[p];
    for (let i = 0; i < agents[p]; i++) {
      for (let t = 0; t < count; t++) {
        const of = e * agents[0] * first.stride + t;
        const row = (e * agents[p] + i) * stride + t;
        const same =
          begins[row] === first.begins[of] &&
          terminated[row] === first.terminated[of] &&
          truncated[row] === first.truncated[of];
        if (!same) throw notTogether();
      }
    }
  }
}

function notTogether(): PolityError {
  return new PolityError({
    code: 'input',
    where: 'learner.algorithm',
    message: 'mixes the values of agents that act together, and here they do not all act in every step',
    remedy: 'Use iql, or a policy gradient such as ppo',
  });
}
