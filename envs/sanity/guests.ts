import { z } from 'zod';
import { discrete, fieldBox, type Rng } from '#core';
import { sanityWorld } from './sanity-world.ts';

const shape = z
  .strictObject({
    steps: z.int().min(1).max(1000).default(6).describe('Steps of an episode.'),
    leavesAfter: z.int().min(1).max(1000).default(2).describe('Steps that the agent who leaves early is there for.'),
    joinsAfter: z
      .int()
      .min(1)
      .max(1000)
      .default(3)
      .describe('Steps that pass before the agent who joins late is there.'),
  })
  .superRefine(({ steps, leavesAfter, joinsAfter }, context) => {
    for (const [key, value] of [
      ['leavesAfter', leavesAfter],
      ['joinsAfter', joinsAfter],
    ] as const) {
      if (value < steps) continue;
      context.addIssue({ code: 'custom', path: [key], message: `fewer than the ${steps} steps`, input: value });
    }
  });

type Params = z.infer<typeof shape>;

interface State {
  /** A sign for each of host, leaver, joiner. */
  readonly signs: Uint8Array;
  readonly right: Int32Array;
  step: number;
}

const leaver = 1;
const joiner = 2;

function isThere(step: number, agent: number, { leavesAfter, joinsAfter }: Params): boolean {
  if (agent === leaver) return step < leavesAfter;
  return agent === joiner ? step >= joinsAfter : true;
}

function drawSigns(signs: Uint8Array, rng: Rng): void {
  for (let a = 0; a < signs.length; a++) signs[a] = rng.integer(0, 2);
}

/** One agent leaves early, one joins late: whether rows of agents begin and end when their agents do. */
export const sanityGuests = sanityWorld<Params, State>({
  id: 'sanity-guests',
  params: shape,
  card: {
    title: 'Sanity: late joiner, early leaver',
    description:
      'Three agents are paid for repeating the sign that each sees; one stays, one leaves early, one joins late.',
    tests: 'That the rows of an agent that leaves are closed as ended, and those of one that joins begin with it.',
    agent: '1 for each right answer.',
    horizon: '6 steps (`steps`), a termination; the leaver’s part ends after 2.',
    random: {
      team: { mean: 5.4976, standardError: 0.0167 },
      roles: {
        host: { mean: 2.9961, standardError: 0.0122 },
        leaver: { mean: 1.0005, standardError: 0.0071 },
        joiner: { mean: 1.501, standardError: 0.0087 },
      },
    },
    best: 'The best returns are 6, 2 and 3 (host, leaver, joiner), 11 together; uniform play gives half.',
  },
  roles: () =>
    ['host', 'leaver', 'joiner'].map((name) => ({
      name,
      count: 1,
      observation: fieldBox([{ name: 'sign', size: 2 }], 0, 1),
      action: discrete(2),
    })),
  declares: () => ({ rewardBounds: [0, 1] }),
  init(_params, rng) {
    const state = { signs: new Uint8Array(3), right: new Int32Array(3), step: 0 };
    drawSigns(state.signs, rng);
    return state;
  },
  alive: ({ step }, agent, params) => isThere(step, agent, params),
  observe({ signs }, agent, out) {
    out[0] = 1 - signs[agent];
    out[1] = signs[agent];
  },
  step(state, actions, rewards, rng, params) {
    for (let a = 0; a < 3; a++) {
      if (!isThere(state.step, a, params) || actions[a] !== state.signs[a]) continue;
      rewards[a] = 1;
      state.right[a]++;
    }
    drawSigns(state.signs, rng);
    state.step++;
    return state.step === params.steps;
  },
  rows: ({ signs, right }) => ['host', 'leaver', 'joiner'].map((name, a) => [name, String(signs[a]), String(right[a])]),
  told: ({ signs, step }, agent, params) =>
    isThere(step, agent, params) ? `Your sign is ${signs[agent]}. Repeat it.` : 'You are not there.',
  solved: ({ right }, { steps, leavesAfter, joinsAfter }) =>
    (right[0] + right[1] + right[2]) / (steps + leavesAfter + steps - joinsAfter),
});
