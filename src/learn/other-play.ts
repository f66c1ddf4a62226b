import type { Algorithm } from './algorithm.ts';
import { PpoLearner, ppo } from './ppo.ts';
import type { PpoOptions } from './ppo-options.ts';

/**
 * PPO in self-play where no name can be relied on: in every episode each agent knows the things that the world calls
 * interchangeable under names of its own. Policies that are best on average over these renamings agree with those that others
 * have learned by themselves wherever the game offers a way that needs no agreed name. Evaluations play the world as it is.
 *
 * Source: Hu et al. (2020), "Other-play for zero-shot coordination", eq. 3.
 */
export const otherPlay: Algorithm<PpoOptions> = {
  ...ppo,
  id: 'other-play',
  card: {
    title: 'Other-play, PPO under renamings',
    description: 'PPO whose agents meet under random symmetries of the world, for partners that were never met.',
    source: 'Hu et al. 2020 (arXiv 2003.02979)',
  },
  needs: { ...ppo.needs, symmetries: true },
  createLearner: (context) => new PpoLearner(context, false),
};
