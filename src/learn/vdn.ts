import type { Algorithm } from './algorithm.ts';
import { iql } from './iql.ts';
import { QLearner } from './q-learner.ts';
import { replayBytesOf } from './replay-bytes.ts';
import { type ValueOptions, valueOptions, valueSchedules } from './value-options.ts';

/**
 * Value decomposition networks: the team's value is the sum of its agents' values, learned from the reward that all share.
 *
 * Source: Sunehag et al. (2018), "Value-decomposition networks for cooperative multi-agent learning".
 */
export const vdn: Algorithm<ValueOptions> = {
  id: 'vdn',
  card: {
    title: 'VDN, value decomposition',
    description: 'Action values that add up to the team’s, learned from a replay.',
    source: 'Sunehag et al. 2018 (arXiv 1706.05296)',
  },
  needs: { ...iql.needs, commonReward: true },
  options: valueOptions,
  schedules: valueSchedules,
  replayBytes: replayBytesOf,
  createTeam: (contexts) => new QLearner(contexts, 'sum').learners,
};
