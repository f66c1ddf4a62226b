import type { EpisodeRecord } from '#core';
import type { Metric } from './metric.ts';

/**
 * Gini coefficient: half the mean absolute difference over the mean; 0 when all have the same, near 1 when one has all.
 * Undefined (`undefined`) for fewer than two values, a negative one, or a sum of zero.
 *
 * Shapes: values [n].
 * Source: Gini (1912); equality in Perolat et al. (2017) is one minus this.
 *
 * @example
 * gini([1, 2, 3, 4]) // 0.25
 */
export function gini(values: readonly number[]): number | undefined {
  const sum = values.reduce((total, value) => total + value, 0);
  if (values.length < 2 || sum <= 0 || values.some((value) => value < 0)) return undefined;
  let differences = 0;
  for (const a of values) for (const b of values) differences += Math.abs(a - b);
  return differences / (2 * values.length * sum);
}

/**
 * Gini coefficient of the agents' returns within an episode.
 *
 * Units: none, 0 to 1.
 * Source: Gini (1912).
 */
export const returnGini: Metric = {
  id: 'society/gini',
  title: 'Gini of returns',
  description:
    'How unequally an episode pays its agents: 0 when all get the same, towards 1 when one gets everything. Only for episodes without negative returns and with some reward.',
  unit: '',
  range: [0, 1],
  better: 'lower',
  source: 'Gini (1912): sum of |Ri - Rj| over all pairs / (2 N sum of Ri).',
  measure(episode, emit) {
    const value = gini(episode.returns);
    if (value !== undefined) emit(value);
  },
};

/**
 * Difference between the highest and the lowest return within an episode.
 *
 * Units: the world's reward.
 * Source: range.
 */
export const returnGap: Metric = {
  id: 'society/returnGap',
  title: 'Return gap',
  description: 'Return of the agent that did best minus that of the agent that did worst in the same episode.',
  unit: 'reward',
  range: [0, Number.POSITIVE_INFINITY],
  source: 'Range of the returns.',
  measure: among((returns) => Math.max(...returns) - Math.min(...returns)),
};

/**
 * The return of whoever did worst in an episode.
 *
 * Units: the world's reward.
 * Source: Rawls (1971), the maximin view of welfare.
 */
export const worstReturn: Metric = {
  id: 'society/worstReturn',
  title: 'Worst return',
  description: 'Return of the agent that did worst in an episode: a maximin view of welfare.',
  unit: 'reward',
  range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  better: 'higher',
  source: 'Rawls (1971), maximin.',
  measure: among((returns) => Math.min(...returns)),
};

/** Inequality needs at least two agents. */
function among(value: (returns: readonly number[]) => number): Metric['measure'] {
  return (episode: EpisodeRecord, emit) => {
    if (episode.returns.length > 1) emit(value(episode.returns));
  };
}
