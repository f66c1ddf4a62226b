import { z } from 'zod';
import { box, fieldBox } from '#core';
import { sanityWorld } from './sanity-world.ts';

const shape = z.strictObject({
  dimensions: z.int().min(1).max(64).default(2).describe('Numbers in a target and in an action.'),
});

type Params = z.infer<typeof shape>;

interface State {
  /** Shapes: [dimensions]. */
  readonly target: Float64Array;
  error: number;
}

/** Targets lie so far from the middle. */
const reach = 0.8;
const farthest = (1 + reach) ** 2;

/** Say what you see, in numbers: whether continuous actions are learned. */
export const sanityContinuous = sanityWorld<Params, State>({
  id: 'sanity-continuous',
  params: shape,
  card: {
    title: 'Sanity: continuous',
    description: 'A point is shown; the action is a point too, and pays less the farther the two are apart.',
    tests: 'Gaussian policies: means that follow the observation, deviations that shrink.',
    agent: 'Minus the mean squared error, after the action is clipped to -1..1.',
    horizon: 'One step, a termination.',
    random: {
      team: { mean: -0.5509, standardError: 0.0046 },
      roles: { agent: { mean: -0.5509, standardError: 0.0046 } },
    },
    best: 'The best return is 0; uniform play gives -(1/3 + 0.64/3) = -0.547, always the middle -0.213.',
  },
  roles: ({ dimensions }) => [
    {
      name: 'agent',
      count: 1,
      observation: fieldBox([{ name: 'target', size: dimensions }], -reach, reach),
      action: box([dimensions], -1, 1),
    },
  ],
  declares: () => ({ rewardBounds: [-farthest, 0] }),
  init({ dimensions }, rng) {
    const target = new Float64Array(dimensions);
    for (let i = 0; i < dimensions; i++) target[i] = Math.fround(rng.uniform(-reach, reach) * 0.999999);
    return { target, error: 0 };
  },
  observe({ target }, _agent, out) {
    out.set(target);
  },
  step(state, actions, rewards) {
    const { target } = state;
    let sum = 0;
    for (let i = 0; i < target.length; i++) sum += (Math.max(-1, Math.min(1, actions[i])) - target[i]) ** 2;
    state.error = sum / target.length;
    rewards[0] = -state.error;
    return true;
  },
  rows: ({ target, error }) => [
    ['target', ...Array.from(target, (value) => value.toFixed(2))],
    ['error', error.toFixed(3)],
  ],
  told: ({ target }) => `Repeat these numbers: ${Array.from(target, (value) => value.toFixed(3)).join(', ')}.`,
  solved: ({ error }) => 1 - error / farthest,
});
