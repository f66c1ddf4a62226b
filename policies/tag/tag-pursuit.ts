import { defineScripted } from '#core';
import { steer } from '../particles/steer.ts';
import { fieldsMissing, movesByPushes, pairsOf } from '../particles/view.ts';
import { findField } from '../refusal.ts';

interface Setup {
  readonly velocity: number;
  readonly prey: readonly number[];
  readonly preyVelocities: readonly number[];
  readonly continuous: boolean;
}

/** Full push and speed limit of an adversary. */
const force = 3;
const speed = 1;
/** Seconds ahead that the prey's course is taken to be straight. */
const foresight = 0.5;

/** Runs to where the nearest prey will be. */
export const tagPursuit = defineScripted<Setup, null>({
  id: 'tag-pursuit',
  card: {
    title: 'Tag: pursuit',
    description: `Heads for the point where the nearest prey will be when it could get there at full speed, at most ${foresight} seconds ahead. Does not coordinate with the other adversaries. Discrete and continuous actions.`,
    source: 'Pursuit with lead; motion of mpe2 1.1.1 (simple_tag_v3).',
    worlds: ['simple-tag'],
  },
  prepare(context) {
    const velocity = findField(context.role.observation, 'velocity');
    const prey = pairsOf('prey', context);
    const preyVelocities = pairsOf('preyVelocity', context);
    const remedy = 'Seat it as adversary in simple-tag without agentNeighbours';
    if (velocity === undefined || prey.length === 0 || context.role.name !== 'adversary') {
      const expected = 'the role adversary with the fields velocity, prey0, preyVelocity0';
      throw fieldsMissing('tag-pursuit', context, expected, remedy);
    }
    const continuous = movesByPushes('tag-pursuit', context, remedy);
    return { velocity: velocity.at, prey, preyVelocities, continuous };
  },
  remember: () => null,
  act({ observation }, out, { velocity, prey, preyVelocities, continuous }) {
    let nearest = 0;
    let distance = Number.POSITIVE_INFINITY;
    for (let i = 0; i < prey.length; i++) {
      const away = Math.hypot(observation[prey[i]], observation[prey[i] + 1]);
      if (away >= distance) continue;
      nearest = i;
      distance = away;
    }
    const lead = Math.min(distance / speed, foresight);
    const x = observation[prey[nearest]] + lead * observation[preyVelocities[nearest]];
    const y = observation[prey[nearest] + 1] + lead * observation[preyVelocities[nearest] + 1];
    steer(x, y, observation[velocity], observation[velocity + 1], force, continuous, out);
  },
});
