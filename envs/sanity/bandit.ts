import { z } from 'zod';
import { discrete, fieldBox } from '#core';
import { sanityWorld } from './sanity-world.ts';

const shape = z.strictObject({
  arms: z.int().min(2).max(256).default(4).describe('Arms; arm k pays k / (arms - 1).'),
});

type Params = z.infer<typeof shape>;

/** One step, one choice: whether an algorithm learns anything at all. */
export const sanityBandit = sanityWorld<Params, { chosen: number }>({
  id: 'sanity-bandit',
  params: shape,
  card: {
    title: 'Sanity: bandit',
    description: 'One choice among arms of which the last pays most; nothing to see.',
    tests: 'That an algorithm moves towards reward at all.',
    agent: 'k / (arms - 1) for arm k.',
    horizon: 'One step, a termination.',
    random: {
      team: { mean: 0.5025, standardError: 0.0037 },
      roles: { agent: { mean: 0.5025, standardError: 0.0037 } },
    },
    best: 'The best return is 1, uniform play 1/2.',
  },
  roles: ({ arms }) => [
    { name: 'agent', count: 1, observation: fieldBox([{ name: 'constant', size: 1 }], 0, 1), action: discrete(arms) },
  ],
  declares: () => ({ rewardBounds: [0, 1] }),
  init: () => ({ chosen: -1 }),
  observe(_state, _agent, out) {
    out[0] = 1;
  },
  step(state, actions, rewards, _rng, { arms }) {
    state.chosen = actions[0];
    rewards[0] = actions[0] / (arms - 1);
    return true;
  },
  rows: ({ chosen }, { arms }) => [
    ['arms', ...Array.from({ length: arms }, (_, k) => ({ label: String(k), ...(k === chosen ? paint : {}) }))],
  ],
  told: (_state, _agent, { arms }) => `Choose one of ${arms} arms, 0 to ${arms - 1}.`,
  solved: ({ chosen }, { arms }) => chosen / (arms - 1),
});

const paint = { fill: 'accent' } as const;
