import type { ActorContext } from '#core';
import { findField, refusal } from '../refusal.ts';

/** Where an agent of a spreading world sees itself, the landmarks and the others. Offsets of pairs (x, y). */
export interface SpreadView {
  readonly velocity: number;
  /** Positions relative to the agent. */
  readonly landmarks: readonly number[];
  readonly others: readonly number[];
  readonly continuous: boolean;
}

/**
 * Reads a role of simple-spread from its fields `velocity`, `landmark0`, ..., `other0`, ... . Places that the world
 * pads with zeros, because it shows more neighbours than there are, are left out.
 *
 * Throws: PolityError (input) when the fields are not there, or the action is neither one of five moves nor five pushes.
 */
export function spreadView(policy: string, context: ActorContext): SpreadView {
  const { observation, action, count } = context.role;
  const velocity = findField(observation, 'velocity');
  const landmarks = pairs('landmark', context);
  if (velocity?.size !== 2 || landmarks.length === 0) {
    throw refusal(policy, context, {
      got: observation.fields?.map(({ name }) => name).join(', ') ?? 'an observation without names',
      expected: 'the fields velocity and landmark0, landmark1, ..., each a pair',
      remedy: 'Seat it in simple-spread',
    });
  }
  const moves = action.kind === 'discrete' && action.n === 5;
  const pushes = action.kind === 'box' && action.low.length === 5;
  if (!moves && !pushes) {
    throw refusal(policy, context, {
      got: action.kind === 'discrete' ? `${action.n} actions` : `a ${action.kind} action`,
      expected: 'five moves (stay, left, right, down, up) or five pushes',
      remedy: 'Seat it in simple-spread',
    });
  }
  return {
    velocity: velocity.at,
    landmarks: landmarks.slice(0, count),
    others: pairs('other', context).slice(0, count - 1),
    continuous: pushes,
  };
}

/**
 * The landmark that is the agent's own when the closest pair of an agent and a free landmark is matched first, then the
 * closest of the rest, and so on. All agents that see the same come to the same matching. Where more agents than
 * landmarks are seen and none is left over, the nearest.
 *
 * Shapes: returns the offset of the landmark's pair; taken [max(agents, landmarks), 2] is scratch.
 */
export function ownLandmark(observation: Float32Array, { landmarks, others }: SpreadView, taken: Uint8Array): number {
  const agents = others.length + 1;
  const busy = landmarks.length;
  taken.fill(0);
  for (let round = 0; round < Math.min(agents, landmarks.length); round++) {
    let bestAgent = -1;
    let bestLandmark = -1;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (let a = 0; a < agents; a++) {
      if (taken[busy + a] === 1) continue;
      const x = a === 0 ? 0 : observation[others[a - 1]];
      const y = a === 0 ? 0 : observation[others[a - 1] + 1];
      for (let l = 0; l < landmarks.length; l++) {
        if (taken[l] === 1) continue;
        const distance = squared(observation[landmarks[l]] - x, observation[landmarks[l] + 1] - y);
        if (distance >= bestDistance) continue;
        bestAgent = a;
        bestLandmark = l;
        bestDistance = distance;
      }
    }
    if (bestAgent === 0) return landmarks[bestLandmark];
    taken[bestLandmark] = 1;
    taken[busy + bestAgent] = 1;
  }
  return nearest(observation, landmarks);
}

function nearest(observation: Float32Array, landmarks: readonly number[]): number {
  let best = landmarks[0];
  for (const at of landmarks) {
    const closer = squared(observation[at], observation[at + 1]) < squared(observation[best], observation[best + 1]);
    if (closer) best = at;
  }
  return best;
}

function squared(x: number, y: number): number {
  return x * x + y * y;
}

function pairs(name: string, { role }: ActorContext): number[] {
  const found: number[] = [];
  for (let i = 0; ; i++) {
    const field = findField(role.observation, `${name}${i}`);
    if (field?.size !== 2) return found;
    found.push(field.at);
  }
}
