import { defineScripted } from '#core';
import { horizon, steer, usualForce } from '../particles/steer.ts';
import { ownLandmark, type SpreadView, spreadView } from './landmarks.ts';

interface Setup {
  readonly view: SpreadView;
  readonly taken: Uint8Array;
}

/** Heads for the landmark that falls to it when closest pairs of agents and landmarks are matched first. */
export const greedySpread = defineScripted<Setup, null>({
  id: 'greedy-spread',
  card: {
    title: 'Greedy spread',
    description: `Matches agents and landmarks, closest pair first, from what it sees; heads for its own landmark so as to be there in ${horizon} steps, braking in time. Does not avoid collisions. Discrete and continuous actions.`,
    source: 'Greedy matching; motion of mpe2 1.1.1 (simple_spread_v3).',
    worlds: ['simple-spread'],
  },
  prepare(context) {
    const view = spreadView('greedy-spread', context);
    return { view, taken: new Uint8Array(view.landmarks.length + view.others.length + 1) };
  },
  remember: () => null,
  act({ observation }, out, { view, taken }) {
    const { velocity, continuous } = view;
    const goal = ownLandmark(observation, view, taken);
    const [x, y] = [observation[goal], observation[goal + 1]];
    steer(x, y, observation[velocity], observation[velocity + 1], usualForce, continuous, out);
  },
});
