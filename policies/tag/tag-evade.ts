import { defineScripted } from '#core';
import { steer } from '../particles/steer.ts';
import { fieldsMissing, movesByPushes, pairsOf } from '../particles/view.ts';
import { findField } from '../refusal.ts';

interface Setup {
  readonly velocity: number;
  readonly position: number;
  readonly adversaries: readonly number[];
  readonly obstacles: readonly number[];
  readonly continuous: boolean;
}

/** Full push of a prey under default parameters. */
const force = 4;
/** Where the field's edge begins to push back: leaving it costs from 0.9 on. */
const edge = 0.6;

/** Runs from the adversaries, the nearer the more, and keeps within the field. */
export const tagEvade = defineScripted<Setup, null>({
  id: 'tag-evade',
  card: {
    title: 'Tag: evasion',
    description:
      'Follows the sum of pushes away from each adversary and obstacle (by the inverse square of the distance) and from the edge of the field. Discrete and continuous actions.',
    source: 'Potential field (Khatib 1986); motion of mpe2 1.1.1 (simple_tag_v3).',
    worlds: ['simple-tag'],
  },
  prepare(context) {
    const { observation, name } = context.role;
    const velocity = findField(observation, 'velocity');
    const position = findField(observation, 'position');
    const adversaries = pairsOf('adversary', context);
    const remedy = 'Seat it as agent in simple-tag without agentNeighbours';
    if (velocity === undefined || position === undefined || adversaries.length === 0 || name !== 'agent') {
      const expected = 'the role agent with the fields velocity, position, adversary0';
      throw fieldsMissing('tag-evade', context, expected, remedy);
    }
    const continuous = movesByPushes('tag-evade', context, remedy);
    const obstacles = pairsOf('obstacle', context);
    return { velocity: velocity.at, position: position.at, adversaries, obstacles, continuous };
  },
  remember: () => null,
  act({ observation }, out, { velocity, position, adversaries, obstacles, continuous }) {
    let x = 4 * backInside(observation[position]);
    let y = 4 * backInside(observation[position + 1]);
    for (const at of adversaries) {
      const weight = inverseCube(observation[at], observation[at + 1]);
      x -= weight * observation[at];
      y -= weight * observation[at + 1];
    }
    for (const at of obstacles) {
      const weight = 0.1 * inverseCube(observation[at], observation[at + 1]);
      x -= weight * observation[at];
      y -= weight * observation[at + 1];
    }
    const size = Math.max(1e-6, Math.hypot(x, y));
    steer(x / size, y / size, observation[velocity], observation[velocity + 1], force, continuous, out);
  },
});

function inverseCube(x: number, y: number): number {
  return 1 / Math.max(1e-3, Math.hypot(x, y) ** 3);
}

/** How far a coordinate is beyond the edge, towards the middle. */
function backInside(coordinate: number): number {
  const beyond = Math.abs(coordinate) - edge;
  return beyond <= 0 ? 0 : -Math.sign(coordinate) * 4 * beyond;
}
