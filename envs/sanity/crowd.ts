import { z } from 'zod';
import { discrete, fieldBox, type Rng } from '#core';
import { sanityWorld } from './sanity-world.ts';

const shape = z.strictObject({
  agents: z.int().min(1).max(1024).default(32).describe('Agents.'),
  steps: z.int().min(1).max(1000).default(4).describe('Steps of an episode.'),
});

type Params = z.infer<typeof shape>;

interface State {
  /** Shapes: [n]. */
  readonly signs: Uint8Array;
  step: number;
  right: number;
}

function drawSigns(signs: Uint8Array, rng: Rng): void {
  for (let a = 0; a < signs.length; a++) signs[a] = rng.integer(0, 2);
}

/** Everybody answers a sign of its own: whether the rows of many agents are kept apart. */
export const sanityCrowd = sanityWorld<Params, State>({
  id: 'sanity-crowd',
  params: shape,
  card: {
    title: 'Sanity: many agents',
    description: 'Each agent sees a sign of its own at each step and is paid for repeating it.',
    tests: 'That observations, actions and rewards of many agents stay with their owners.',
    agent: '1 / steps for each right answer.',
    horizon: '4 steps (`steps`), a termination.',
    random: {
      team: { mean: 16.0028, standardError: 0.0141 },
      roles: { agent: { mean: 0.5001, standardError: 0.0004 } },
    },
    best: 'The best return is 1 an agent, uniform play 1/2.',
  },
  roles: ({ agents }) => [
    { name: 'agent', count: agents, observation: fieldBox([{ name: 'sign', size: 2 }], 0, 1), action: discrete(2) },
  ],
  declares: () => ({ symmetric: true, rewardBounds: [0, 1] }),
  init({ agents }, rng) {
    const state = { signs: new Uint8Array(agents), step: 0, right: 0 };
    drawSigns(state.signs, rng);
    return state;
  },
  observe({ signs }, agent, out) {
    out[0] = 1 - signs[agent];
    out[1] = signs[agent];
  },
  step(state, actions, rewards, rng, { steps }) {
    for (let a = 0; a < rewards.length; a++) {
      if (actions[a] !== state.signs[a]) continue;
      rewards[a] = 1 / steps;
      state.right++;
    }
    drawSigns(state.signs, rng);
    state.step++;
    return state.step === steps;
  },
  rows: ({ signs, step }) => [
    ['signs', ...Array.from(signs, String)],
    ['step', String(step)],
  ],
  told: ({ signs }, agent) => `Your sign is ${signs[agent]}. Repeat it.`,
  solved: ({ right }, { agents, steps }) => right / (agents * steps),
});
