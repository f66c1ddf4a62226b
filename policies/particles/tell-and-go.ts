import { type ActorContext, defineScripted } from '#core';
import { findField, refusal, type Stretch } from '../refusal.ts';
import { steer, usualForce } from './steer.ts';
import { fieldsMissing, pairsOf } from './view.ts';

interface Setup {
  /** Where the colour of the partner's goal is; undefined for an agent that has nothing to tell. */
  readonly colour: Stretch | undefined;
  /** What the partner said; undefined for an agent that does not move. */
  readonly heard: Stretch | undefined;
  readonly landmarks: readonly number[];
  readonly velocity: number;
  readonly words: number;
  readonly kind: 'word' | 'move' | 'both' | 'factored' | 'numbers';
}

const remedy = 'Seat it in simple-speaker-listener or simple-reference';

/** Speaks the code that everybody can agree on, word i for landmark i, and goes to the landmark that it is told. */
export const tellAndGo = defineScripted<Setup, null>({
  id: 'tell-and-go',
  card: {
    title: 'Tell and go',
    description:
      'Says word i when the partner’s goal is landmark i; stays until it hears something, then goes to the landmark that the last word names, braking in time. In both roles it solves the task. Discrete and continuous actions.',
    source: 'The identity code; motion of mpe2 1.1.1.',
    worlds: ['simple-speaker-listener', 'simple-reference'],
  },
  prepare: (context) => prepare(context),
  remember: () => null,
  act({ observation }, out, setup) {
    const { colour, heard, landmarks, velocity, words, kind } = setup;
    const word = colour === undefined ? 0 : brightest(observation, colour);
    if (heard === undefined) {
      if (kind === 'numbers') for (let w = 0; w < words; w++) out[w] = w === word ? 1 : 0;
      else out[0] = word;
      return;
    }
    const told = silent(observation, heard) ? -1 : brightest(observation, heard) % landmarks.length;
    const [vx, vy] = [observation[velocity], observation[velocity + 1]];
    if (told < 0) steer(0, 0, vx, vy, usualForce, kind === 'numbers', out);
    else {
      const at = landmarks[told];
      steer(observation[at], observation[at + 1], vx, vy, usualForce, kind === 'numbers', out);
    }
    if (colour === undefined) return;
    if (kind === 'both') out[0] += 5 * word;
    else if (kind === 'factored') out[1] = word;
    else for (let w = 0; w < words; w++) out[5 + w] = w === word ? 1 : 0;
  },
});

function prepare(context: ActorContext): Setup {
  const { observation, action } = context.role;
  const colour = findField(observation, 'goalColour');
  const heard = findField(observation, 'heard');
  const velocity = findField(observation, 'velocity');
  const landmarks = pairsOf('landmark', context);
  const moves = heard !== undefined && velocity !== undefined && landmarks.length > 0;
  if (!moves && colour === undefined) {
    const expected = 'the field goalColour, or velocity, landmark0, ... and heard';
    throw fieldsMissing('tell-and-go', context, expected, remedy);
  }
  const pushes = moves ? 5 : 0;
  const size = action.kind === 'box' ? action.low.length : action.kind === 'discrete' ? action.n : action.sizes.length;
  const setup = { colour, heard: moves ? heard : undefined, landmarks, velocity: velocity?.at ?? -1 };
  if (action.kind === 'box') return { ...setup, words: size - pushes, kind: 'numbers' };
  if (action.kind === 'multiDiscrete' && moves && size === 2)
    return { ...setup, words: action.sizes[1], kind: 'factored' };
  if (action.kind === 'discrete' && !moves) return { ...setup, words: size, kind: 'word' };
  if (action.kind === 'discrete' && colour === undefined && size === 5) return { ...setup, words: 0, kind: 'move' };
  if (action.kind === 'discrete' && colour !== undefined && size % 5 === 0) {
    return { ...setup, words: size / 5, kind: 'both' };
  }
  const got = action.kind === 'discrete' ? `${size} actions` : `a ${action.kind} action`;
  throw refusal('tell-and-go', context, { got, expected: 'words, five moves, or both together', remedy });
}

function silent(observation: Float32Array, { at, size }: Stretch): boolean {
  for (let i = 0; i < size; i++) if (observation[at + i] !== 0) return false;
  return true;
}

function brightest(observation: Float32Array, { at, size }: Stretch): number {
  let best = 0;
  for (let i = 1; i < size; i++) if (observation[at + i] > observation[at + best]) best = i;
  return best;
}
