import type { EpisodeRecord, GameOutcome } from '#core';
import type { Metric } from './metric.ts';

/** More joint actions than this are not listed one by one; each agent's actions are logged on their own instead. */
export const maxJointActions = 64;

/**
 * How often each combination of actions was played, for games of at most 64 combinations.
 *
 * Units: share of steps.
 * Source: empirical distribution of joint actions.
 */
export const jointAction: Metric = {
  id: 'game/jointAction',
  title: 'Joint actions',
  description: 'Share of steps at which each combination of actions was played; agents in order, separated by commas.',
  unit: 'share',
  range: [0, 1],
  source: 'Empirical distribution over steps at which everybody acted.',
  measure(episode, emit) {
    const { game } = episode.outcome;
    if (game === undefined || countJointActions(game) > maxJointActions) return;
    const names = jointActionNames(game);
    const counts = new Map(names.map((name) => [name, 0]));
    const played = jointActionsPlayed(episode, game);
    for (const name of played) counts.set(name, counts.get(name)! + 1);
    if (played.length === 0) return;
    for (const [name, count] of counts) emit(count / played.length, played.length, name);
  },
};

/**
 * How often each agent chose each action, for games with too many joint actions to list.
 *
 * Units: share of the agent's actions.
 * Source: empirical distribution of actions.
 */
export const singleAction: Metric = {
  id: 'game/action',
  title: 'Actions',
  description: 'Share of an agent’s moves that were each of its actions.',
  unit: 'share',
  range: [0, 1],
  source: 'Empirical distribution over the steps at which the agent acted.',
  measure(episode, emit) {
    const { game } = episode.outcome;
    if (game === undefined || countJointActions(game) <= maxJointActions) return;
    game.labels.forEach((labels, agent) => {
      const choices = episode.actions.flatMap((step) => step[agent].slice(0, 1));
      if (choices.length === 0) return;
      labels.forEach((label, action) => {
        const count = choices.filter((choice) => choice === action).length;
        emit(count / choices.length, choices.length, `${episode.agents[agent]}/${label}`);
      });
    });
  },
};

/**
 * How many combinations of actions a game has.
 *
 * @example
 * countJointActions({ labels: [['C', 'D'], ['C', 'D']] }) // 4
 */
export function countJointActions(game: GameOutcome): number {
  return game.labels.reduce((product, labels) => product * labels.length, 1);
}

/**
 * Names of all combinations of actions, the first agent's action changing slowest.
 *
 * @example
 * jointActionNames({ labels: [['C', 'D'], ['C', 'D']] }) // ['C,C', 'C,D', 'D,C', 'D,D']
 */
export function jointActionNames(game: GameOutcome): readonly string[] {
  return game.labels
    .reduce<string[][]>((names, labels) => names.flatMap((name) => labels.map((label) => [...name, label])), [[]])
    .map((name) => name.join(','));
}

function jointActionsPlayed(episode: EpisodeRecord, game: GameOutcome): readonly string[] {
  return episode.actions.flatMap((step) => {
    const names = game.labels.map((labels, agent) => labels[step[agent]?.[0] ?? -1]);
    return names.every((name) => name !== undefined) ? [names.join(',')] : [];
  });
}
