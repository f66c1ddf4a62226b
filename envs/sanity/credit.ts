import { z } from 'zod';
import { discrete, fieldBox } from '#core';
import { sanityWorld } from './sanity-world.ts';

const shape = z.strictObject({
  delay: z.int().min(0).max(1000).default(10).describe('Steps between the choice that counts and its reward.'),
});

type Params = z.infer<typeof shape>;

interface State {
  step: number;
  choice: number;
}

/** The first choice decides, the reward comes late: whether credit finds its way back. */
export const sanityCredit = sanityWorld<Params, State>({
  id: 'sanity-credit',
  params: shape,
  card: {
    title: 'Sanity: credit delay',
    description: 'The first action decides what is paid at the end; the actions in between do nothing.',
    tests: 'Credit assignment: returns, bootstrapping and discounting over a delay.',
    agent: '1 at the end when the first action was 1.',
    horizon: 'delay + 1 steps, a termination.',
    random: { team: { mean: 0.5115, standardError: 0.005 }, roles: { agent: { mean: 0.5115, standardError: 0.005 } } },
    best: 'The best return is 1, uniform play 1/2.',
  },
  roles: () => [
    {
      name: 'agent',
      count: 1,
      observation: fieldBox(
        [
          { name: 'first', size: 1 },
          { name: 'progress', size: 1 },
        ],
        0,
        1,
      ),
      action: discrete(2),
    },
  ],
  declares: () => ({ rewardBounds: [0, 1] }),
  init: () => ({ step: 0, choice: -1 }),
  observe({ step }, _agent, out, { delay }) {
    out[0] = step === 0 ? 1 : 0;
    out[1] = step / (delay + 1);
  },
  step(state, actions, rewards, _rng, { delay }) {
    if (state.step === 0) state.choice = actions[0];
    const isOver = state.step === delay;
    if (isOver) rewards[0] = state.choice;
    state.step++;
    return isOver;
  },
  rows: ({ choice, step }, { delay }) => [
    ['choice', choice < 0 ? '?' : String(choice)],
    ['step', `${step} of ${delay + 1}`],
  ],
  told: ({ step }) =>
    step === 0 ? 'Choose 0 or 1: this decides what you get in the end.' : 'Wait; any action will do.',
  solved: ({ choice }) => choice,
});
