import { countJointActions, maxJointActions } from './joint-actions.ts';
import type { Metric } from './metric.ts';

/**
 * Share of moves that were the cooperative one.
 *
 * Units: share of moves.
 * Source: count.
 */
export const cooperationRate: Metric = {
  id: 'game/cooperationRate',
  title: 'Cooperation rate',
  description: 'Share of all moves of all agents that were the cooperative one.',
  unit: 'share',
  range: [0, 1],
  source: 'Cooperative moves / moves.',
  measure(episode, emit) {
    const { game } = episode.outcome;
    if (game?.cooperate === undefined) return;
    const moves = episode.actions.flatMap((step) => step.flatMap((action) => action.slice(0, 1)));
    const cooperative = moves.filter((move) => move === game.cooperate).length;
    if (moves.length > 0) emit(cooperative / moves.length, moves.length);
  },
};

/**
 * Probability of cooperating after each combination of last actions, the agent's own named first, then the others' in order
 * of seat; all agents counted together.
 *
 * Units: probability.
 * Source: memory-one strategies (Nowak and Sigmund 1993).
 */
export const conditionalCooperation: Metric = {
  id: 'game/conditionalCooperation',
  title: 'Conditional cooperation',
  description:
    'Probability of cooperating given what was played last, own action named first: tit-for-tat is 1 after C,C and D,C and 0 after C,D and D,D.',
  unit: 'probability',
  range: [0, 1],
  source: 'Memory-one strategies, Nowak and Sigmund (1993): p(C | last joint action).',
  measure(episode, emit) {
    const { game } = episode.outcome;
    if (game?.cooperate === undefined || countJointActions(game) > maxJointActions) return;
    const seen = new Map<string, { cooperated: number; chances: number }>();
    // Training episodes come without their actions.
    for (let t = 1; t < episode.actions.length; t++) {
      for (let agent = 0; agent < game.labels.length; agent++) {
        const move = episode.actions[t][agent]?.[0];
        const last = game.labels.map((labels, other) => labels[episode.actions[t - 1][other]?.[0] ?? -1]);
        if (move === undefined || last.some((label) => label === undefined)) continue;
        const name = [last[agent], ...last.filter((_, other) => other !== agent)].join(',');
        const so = seen.get(name) ?? { cooperated: 0, chances: 0 };
        seen.set(name, { cooperated: so.cooperated + (move === game.cooperate ? 1 : 0), chances: so.chances + 1 });
      }
    }
    for (const [name, { cooperated, chances }] of seen) emit(cooperated / chances, chances, name);
  },
};
