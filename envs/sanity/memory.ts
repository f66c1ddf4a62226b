import { z } from 'zod';
import { discrete, fieldBox } from '#core';
import { sanityWorld } from './sanity-world.ts';

const shape = z.strictObject({
  cues: z.int().min(2).max(64).default(2).describe('Different cues.'),
  delay: z.int().min(0).max(1000).default(4).describe('Blank steps between the cue and the question.'),
});

type Params = z.infer<typeof shape>;

interface State {
  cue: number;
  step: number;
  right: number;
}

/** A cue, a pause, a question: whether a policy remembers. */
export const sanityMemory = sanityWorld<Params, State>({
  id: 'sanity-memory',
  params: shape,
  card: {
    title: 'Sanity: memory',
    description: 'A cue is shown once, then nothing, then the agent is asked for it.',
    tests: 'Memory: what is needed is no longer seen.',
    agent: '1 for the right answer.',
    horizon: 'delay + 2 steps, a termination.',
    random: { team: { mean: 0.5047, standardError: 0.005 }, roles: { agent: { mean: 0.5047, standardError: 0.005 } } },
    best: 'The best return is 1; without memory 1 / cues, as by uniform play.',
  },
  roles: ({ cues }) => [
    {
      name: 'agent',
      count: 1,
      observation: fieldBox(
        [
          { name: 'cue', size: cues },
          { name: 'asked', size: 1 },
        ],
        0,
        1,
      ),
      action: discrete(cues),
    },
  ],
  declares: () => ({ rewardBounds: [0, 1] }),
  init: ({ cues }, rng) => ({ cue: rng.integer(0, cues), step: 0, right: 0 }),
  observe({ cue, step }, _agent, out, { cues, delay }) {
    out.fill(0);
    if (step === 0) out[cue] = 1;
    if (step === delay + 1) out[cues] = 1;
  },
  step(state, actions, rewards, _rng, { delay }) {
    const isAsked = state.step === delay + 1;
    if (isAsked && actions[0] === state.cue) {
      state.right = 1;
      rewards[0] = 1;
    }
    state.step++;
    return isAsked;
  },
  rows: ({ cue, step }, { delay }) => [
    ['cue', String(cue)],
    ['step', `${step} of ${delay + 2}`],
  ],
  told({ cue, step }, _agent, { delay, cues }) {
    if (step === 0) return `Remember the number ${cue}.`;
    return step === delay + 1 ? `Which number was it, 0 to ${cues - 1}?` : 'Wait; any action will do.';
  },
  solved: ({ right }) => right,
});
