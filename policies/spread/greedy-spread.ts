import { defineScripted } from '#core';
import { ownLandmark, type SpreadView, spreadView } from './landmarks.ts';

/** How many steps ahead an agent wants to be at its landmark. */
const horizon = 3;

/**
 * The particle world's motion: a step moves by velocity * 0.1, then keeps 3/4 of the velocity and adds force * 0.1; a full push is a
 * force of 5. So velocity v and one push u (in -1..1) now move an agent by v * coast + u * reach over the horizon.
 *
 * Source: mpe2 1.1.1, _mpe_utils/core.py, integrate_state.
 */
const timeStep = 0.1;
const kept = 0.75;
const fullForce = 5;
const coast = (timeStep * (1 - kept ** horizon)) / (1 - kept);
const reach = (fullForce * timeStep * timeStep * (1 - kept ** (horizon - 1))) / (1 - kept);

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
    const goal = ownLandmark(observation, view, taken);
    const pushX = (observation[goal] - observation[view.velocity] * coast) / reach;
    const pushY = (observation[goal + 1] - observation[view.velocity + 1] * coast) / reach;
    if (view.continuous) {
      out[0] = 0;
      out[1] = limited(-pushX);
      out[2] = limited(pushX);
      out[3] = limited(-pushY);
      out[4] = limited(pushY);
    } else {
      out[0] = nearestMove(pushX, pushY);
    }
  },
});

/** The move whose push comes closest to the wanted one: stay when less than half a push is wanted either way. */
function nearestMove(pushX: number, pushY: number): number {
  const alongX = Math.abs(pushX) >= Math.abs(pushY);
  const push = alongX ? pushX : pushY;
  if (Math.abs(push) < 0.5) return 0;
  return (alongX ? 1 : 3) + (push > 0 ? 1 : 0);
}

function limited(push: number): number {
  return Math.max(0, Math.min(1, push));
}
