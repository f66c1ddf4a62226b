import type { Algorithm } from './algorithm.ts';
import { type CfrOptions, CfrTeam, cfr } from './cfr.ts';

/**
 * CFR whose regrets never fall below 0 and whose average weighs later policies more: on the small poker games it needs far
 * fewer walks.
 *
 * Source: Tammelin (2014), "Solving large imperfect information games using CFR+" (linear averaging, no delay).
 */
export const cfrPlus: Algorithm<CfrOptions> = {
  ...cfr,
  id: 'cfr-plus',
  card: {
    title: 'CFR+, regrets never below 0',
    description: 'CFR with regret-matching+ and linear averaging; the quicker of the two oracles.',
    source: 'Tammelin 2014 (arXiv 1407.5042)',
  },
  createTeam: (contexts) => new CfrTeam(contexts, 'cfr+').learners,
};
