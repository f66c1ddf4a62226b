import type { Algorithm } from './algorithm.ts';
import { QLearner } from './q-learner.ts';
import type { ValueOptions } from './value-options.ts';
import { vdn } from './vdn.ts';

/**
 * QMIX: the team's value rises with each agent's value, in a way that depends on the state of the world.
 *
 * Source: Rashid et al. (2018), "QMIX: monotonic value function factorisation for deep multi-agent reinforcement learning".
 */
export const qmix: Algorithm<ValueOptions> = {
  ...vdn,
  id: 'qmix',
  card: {
    title: 'QMIX, monotonic value mixing',
    description: 'Action values mixed into the team’s by a network that reads the state, learned from a replay.',
    source: 'Rashid et al. 2018 (arXiv 1803.11485)',
  },
  needs: { ...vdn.needs, centralState: true },
  createTeam: (contexts) => new QLearner(contexts, 'monotonic').learners,
};
