import type { EpisodeRecord } from '#core';
import { onceFor } from '#core/once-for';
import type { Metric } from './metric.ts';

const anyNumber = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/**
 * The return of an episode: the sum over all agents, and per agent of each role.
 *
 * Units: the world's reward.
 * Source: undiscounted sum of rewards.
 */
export const episodeReturn: Metric = {
  id: 'episode/return',
  title: 'Episode return',
  description: 'Sum of all rewards of an episode, over all agents; with a role: per agent of that role.',
  unit: 'reward',
  range: anyNumber,
  better: 'higher',
  source: 'Undiscounted sum of rewards.',
  measure(episode, emit) {
    emit(episode.returns.reduce((sum, value) => sum + value, 0));
    for (const [role, agents] of agentsByRole(episode)) {
      emit(agents.reduce((sum, agent) => sum + episode.returns[agent], 0) / agents.length, 1, role);
    }
  },
};

/**
 * How many steps an episode lasted.
 *
 * Units: env-steps.
 * Source: count.
 */
export const episodeLength: Metric = {
  id: 'episode/length',
  title: 'Episode length',
  description: 'Steps until the episode ended or was cut off by the time limit.',
  unit: 'steps',
  range: [0, Number.POSITIVE_INFINITY],
  source: 'Count of steps.',
  measure: (episode, emit) => emit(episode.length),
};

/**
 * Agent numbers of each role, in the order of their names (`player_0` has the role `player`).
 *
 * @example
 * agentsByRole(episode) // Map { 'speaker' => [0], 'listener' => [1, 2] }
 */
export function agentsByRole(episode: EpisodeRecord): ReadonlyMap<string, readonly number[]> {
  return rolesOf(episode.agents);
}

/** Episodes of a run name their agents by one list. */
const rolesOf = onceFor((agents: readonly string[]): ReadonlyMap<string, readonly number[]> => {
  const roles = new Map<string, number[]>();
  agents.forEach((name, agent) => {
    const role = name.replace(/_\d+$/, '');
    roles.set(role, [...(roles.get(role) ?? []), agent]);
  });
  return roles;
});
