import { z } from 'zod';
import { discrete, fieldBox } from '#core';
import { sanityWorld } from './sanity-world.ts';

const shape = z.strictObject({
  safe: z.number().min(0).max(1).default(0.4).describe('What action 0 pays.'),
  chance: z.number().min(0).max(1).default(0.6).describe('How often action 1 pays 1; otherwise it pays nothing.'),
});

type Params = z.infer<typeof shape>;

/** A safe arm and a lottery that is worth more: whether an algorithm averages over chance. */
export const sanityNoise = sanityWorld<Params, { chosen: number }>({
  id: 'sanity-noise',
  params: shape,
  card: {
    title: 'Sanity: stochastic reward',
    description: 'Action 0 pays a little for sure, action 1 pays 1 or nothing, more on average.',
    tests: 'Learning from rewards that are not always there.',
    agent: '0.4 for action 0; for action 1, 1 with probability 0.6, else 0.',
    horizon: 'One step, a termination.',
    random: {
      team: { mean: 0.5035, standardError: 0.0036 },
      roles: { agent: { mean: 0.5035, standardError: 0.0036 } },
    },
    best: 'The best return is 0.6 on average, uniform play 0.5.',
  },
  roles: () => [
    { name: 'agent', count: 1, observation: fieldBox([{ name: 'constant', size: 1 }], 0, 1), action: discrete(2) },
  ],
  declares: () => ({ rewardBounds: [0, 1] }),
  init: () => ({ chosen: -1 }),
  observe(_state, _agent, out) {
    out[0] = 1;
  },
  step(state, actions, rewards, rng, { safe, chance }) {
    state.chosen = actions[0];
    const luck = rng.random();
    rewards[0] = actions[0] === 0 ? safe : luck < chance ? 1 : 0;
    return true;
  },
  rows: ({ chosen }) => [['chosen', chosen < 0 ? '?' : chosen === 0 ? 'safe' : 'lottery']],
  told: (_state, _agent, { safe, chance }) => `Take ${safe} for sure (0), or 1 with probability ${chance} (1).`,
  /** By what was chosen, not by luck. */
  solved: ({ chosen }, { safe, chance }) =>
    Math.max(safe, chance) === 0 ? 1 : (chosen === 0 ? safe : chance) / Math.max(safe, chance),
});
