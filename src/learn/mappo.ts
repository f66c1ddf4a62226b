import type { Algorithm } from './algorithm.ts';
import { PpoLearner, ppo } from './ppo.ts';
import type { PpoOptions } from './ppo-options.ts';

/**
 * PPO with critics that see everything: beside its own observation, each agent's critic reads the world's state vector, or
 * where there is none the observations of all agents. Policies act on their own observations as ever.
 *
 * Source: Yu et al. (2022), "The surprising effectiveness of PPO in cooperative multi-agent games"; the agent-specific state of
 * its section 5.2.
 */
export const mappo: Algorithm<PpoOptions> = {
  ...ppo,
  id: 'mappo',
  card: {
    title: 'MAPPO, PPO with central critics',
    description: 'PPO whose critics read the global state beside the agent’s own observation.',
    source: 'Yu et al. 2022 (arXiv 2103.01955)',
  },
  needs: { ...ppo.needs, centralState: true },
  createLearner: (context) => new PpoLearner(context, true),
};
