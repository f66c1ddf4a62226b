import { defineScripted } from '#core';
import { steer, usualForce, velocityAfter } from '../particles/steer.ts';
import { fieldsMissing, movesByPushes, pairsOf } from '../particles/view.ts';
import { ownLandmark } from '../spread/landmarks.ts';

interface Setup {
  readonly landmarks: readonly number[];
  /** The other good agents. */
  readonly others: readonly number[];
  readonly velocity: number;
  readonly taken: Uint8Array;
  readonly continuous: boolean;
}

/** Own velocity, which the world does not show: nothing else pushes an agent, so its actions tell. */
interface Motion {
  x: number;
  y: number;
}

const remedy = 'Seat it as agent in simple-adversary without agentNeighbours and landmarkNeighbours';

/** Good agents that cover every landmark, so that where they are says nothing about the goal. */
export const decoy = defineScripted<Setup, Motion>({
  id: 'decoy',
  card: {
    title: 'Decoy',
    description:
      'Matches good agents and landmarks, closest pair first, and covers its own: one is at the goal, the others hide which it is. Discrete and continuous actions.',
    source: 'Greedy matching; motion of mpe2 1.1.1 (simple_adversary_v3).',
    worlds: ['simple-adversary'],
  },
  prepare(context) {
    const landmarks = pairsOf('landmark', context);
    const others = pairsOf('other', context);
    const { name, count } = context.role;
    if (name !== 'agent' || landmarks.length !== count || others.length !== count) {
      throw fieldsMissing('decoy', context, 'the role agent with a landmark and another agent for each agent', remedy);
    }
    const continuous = movesByPushes('decoy', context, remedy);
    // The adversary is the first of the others.
    return { landmarks, others: others.slice(1), velocity: -1, taken: new Uint8Array(2 * count), continuous };
  },
  remember: () => ({ x: 0, y: 0 }),
  act({ observation, memory }, out, setup) {
    const at = ownLandmark(observation, setup, setup.taken);
    go(observation[at], observation[at + 1], memory, setup.continuous, out);
  },
});

interface Guess extends Motion {
  /** Number of the landmark that it takes for the goal; -1 before it has seen anything. */
  landmark: number;
}

/** An adversary that stays with the landmark that has the nearest good agent. */
export const shadow = defineScripted<Pick<Setup, 'landmarks' | 'others' | 'continuous'>, Guess>({
  id: 'shadow',
  card: {
    title: 'Shadow',
    description:
      'Goes to the landmark that some good agent is closest to, and changes its mind when another has one at half the distance: right when they give the goal away, at chance when they cover every landmark. Discrete and continuous actions.',
    source: 'Nearest-neighbour guess; motion of mpe2 1.1.1 (simple_adversary_v3).',
    worlds: ['simple-adversary'],
  },
  prepare(context) {
    const landmarks = pairsOf('landmark', context);
    const others = pairsOf('other', context);
    if (context.role.name !== 'adversary' || landmarks.length === 0 || others.length === 0) {
      const expected = 'the role adversary with the fields landmark0, other0';
      throw fieldsMissing('shadow', context, expected, 'Seat it as adversary in simple-adversary');
    }
    return { landmarks, others, continuous: movesByPushes('shadow', context, 'Seat it in simple-adversary') };
  },
  remember: () => ({ x: 0, y: 0, landmark: -1 }),
  act({ observation, memory }, out, { landmarks, others, continuous }) {
    let held = memory.landmark < 0 ? Number.POSITIVE_INFINITY : gap(observation, landmarks[memory.landmark], others);
    for (let l = 0; l < landmarks.length; l++) {
      const distance = gap(observation, landmarks[l], others);
      if (distance >= held / 2) continue;
      memory.landmark = l;
      held = distance;
    }
    const at = landmarks[memory.landmark];
    go(observation[at], observation[at + 1], memory, continuous, out);
  },
});

/** Distance of the other agent that is nearest to a landmark. */
function gap(observation: Float32Array, landmark: number, others: readonly number[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const other of others) {
    const dx = observation[landmark] - observation[other];
    const dy = observation[landmark + 1] - observation[other + 1];
    nearest = Math.min(nearest, Math.hypot(dx, dy));
  }
  return nearest;
}

function go(x: number, y: number, motion: Motion, continuous: boolean, out: Float64Array): void {
  steer(x, y, motion.x, motion.y, usualForce, continuous, out);
  motion.x = velocityAfter(motion.x, 0, usualForce, continuous, out);
  motion.y = velocityAfter(motion.y, 1, usualForce, continuous, out);
}
