import { z } from 'zod';
import { discrete, fieldBox, type Rng } from '#core';
import { sanityWorld } from './sanity-world.ts';

const shape = z.strictObject({
  actions: z.int().min(2).max(64).default(6).describe('Actions; at each step some of them are legal.'),
  steps: z.int().min(1).max(1000).default(8).describe('Steps of an episode.'),
});

type Params = z.infer<typeof shape>;

interface State {
  step: number;
  hits: number;
  /** 1 where an action is legal now. Shapes: [actions]. */
  readonly open: Uint8Array;
}

function shuffle(open: Uint8Array, rng: Rng): void {
  for (let a = 0; a < open.length; a++) open[a] = rng.integer(0, 2);
  open[rng.integer(0, open.length)] = 1;
}

/** The highest legal action pays; only the mask says which that is: whether masks reach the policy. */
export const sanityMasks = sanityWorld<Params, State>({
  id: 'sanity-masks',
  params: shape,
  card: {
    title: 'Sanity: masks',
    description: 'At each step some actions are legal, which is not observed; the highest legal one pays.',
    tests: 'That masks are applied to the distribution when acting and when learning.',
    agent: '1 / steps for each time that the highest legal action is taken.',
    horizon: '8 steps (`steps`), a termination.',
    random: {
      team: { mean: 0.3282, standardError: 0.0016 },
      roles: { agent: { mean: 0.3282, standardError: 0.0016 } },
    },
    best: 'The best return is 1: prefer higher actions and let the mask decide.',
  },
  roles: ({ actions }) => [
    {
      name: 'agent',
      count: 1,
      observation: fieldBox([{ name: 'constant', size: 1 }], 0, 1),
      action: discrete(actions),
    },
  ],
  declares: () => ({ rewardBounds: [0, 1] }),
  init({ actions }, rng) {
    const state = { step: 0, hits: 0, open: new Uint8Array(actions) };
    shuffle(state.open, rng);
    return state;
  },
  observe(_state, _agent, out) {
    out[0] = 1;
  },
  legal({ open }, _agent, mask) {
    for (let a = 0; a < mask.length; a++) mask[a] = open[a];
  },
  step(state, actions, rewards, rng, { steps }) {
    if (actions[0] === state.open.lastIndexOf(1)) {
      rewards[0] = 1 / steps;
      state.hits++;
    }
    state.step++;
    shuffle(state.open, rng);
    return state.step === steps;
  },
  rows: ({ open, hits }) => [
    [
      'legal',
      ...Array.from(open, (legal, a) => ({
        label: String(a),
        fill: legal === 1 ? ('good' as const) : ('muted' as const),
      })),
    ],
    ['hits', String(hits)],
  ],
  told: ({ open }) =>
    `Legal now: ${Array.from(open.keys())
      .filter((a) => open[a] === 1)
      .join(', ')}. The highest pays.`,
  solved: ({ hits }, { steps }) => hits / steps,
});
