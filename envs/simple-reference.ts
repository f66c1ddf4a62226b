import { z } from 'zod';
import { box, defineEnv, discrete, type Field, fieldBox, multiDiscrete, type Space } from '#core';
import { colours, goalColour, shadeOf, writeColour } from './mpe/colours.ts';
import { pointFields } from './mpe/neighbours.ts';
import { continuous, localRatio, maxCycles } from './mpe/options.ts';
import { integrate, moves, setForce, setMove } from './mpe/physics.ts';
import { drawPoints, pointText, squaredDistance, writeRelative } from './mpe/points.ts';
import { emptyLog, type Log, sayingsOf } from './mpe/sayings.ts';
import { drawParticles } from './mpe/scene.ts';
import { sayNumbers, sayWord, wordNames, wordText } from './mpe/words.ts';

/** Shapes: positions, velocities, forces [2, 2]; landmarks [3, 2]; said [2, 10]; goals [2]: where each wants the other to be. */
export interface SimpleReferenceState {
  readonly positions: Float64Array;
  readonly velocities: Float64Array;
  readonly forces: Float64Array;
  readonly landmarks: Float64Array;
  readonly said: Float64Array;
  readonly goals: Int32Array;
  readonly log: Log;
  steps: number;
}

const agents = 2;
const landmarkCount = colours.length;
const words = 10;
const sensitivity = 5;
const radius = 0.05;
const arrival = 0.1;
const observationSize = 2 + 2 * landmarkCount + colours.length + words;

const simpleReferenceParams = z.strictObject({
  localRatio,
  maxCycles,
  continuous,
  factored: z
    .boolean()
    .default(false)
    .describe('Move and word as two choices (5 x 10) instead of upstream’s one of 50; not read when `continuous`.'),
});

export type SimpleReferenceParams = z.infer<typeof simpleReferenceParams>;

/** Two agents, each of which knows only where the other has to go, and can say one of ten words. */
export const simpleReference = defineEnv<SimpleReferenceState, SimpleReferenceParams>({
  id: 'simple-reference',
  params: simpleReferenceParams,
  card: {
    title: 'Simple reference (multi-agent particle environment)',
    description:
      'Two agents among three coloured landmarks. Each has a landmark to reach that only the other knows; both move and say a word at every step, so both have to be teacher and pupil.',
    source: 'Farama-Foundation/MPE2, mpe2 1.1.1, simple_reference_v3; Lowe et al. (2017).',
    licence: 'Rules are facts; mpe2 is MIT.',
    tests: 'A language made from nothing, in both directions, while moving.',
    rewardScale: {
      agent: 'Negative distances to the goals a step: half of the own, half of the mean of both.',
      team: 'Sum of both agents.',
    },
    horizon: '25 steps (`maxCycles`), a truncation.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -56.5879, standardError: 0.185 },
      roles: { agent: { mean: -28.294, standardError: 0.0925 } },
    },
    baseline: {
      policies: { agent: 'tell-and-go' },
      episodes: 1000,
      seed: 0,
      team: { mean: -16.877, standardError: 0.2546 },
      roles: { agent: { mean: -8.4385, standardError: 0.1273 } },
    },
    published: {
      result: '-17.8 (A2C)',
      source: 'MARLlib, Hu et al. (2023), its result files; they do not say whether an agent or the team.',
    },
    knownAnswer:
      'No play gets above 0. The scripted tell-and-go returns -8.3 an agent with discrete actions, -6.5 with continuous ones. MARLlib reports MAPPO at -18.9, A2C at -17.8, QMIX at -31.5 per agent.',
  },

  roles(params) {
    const fields: Field[] = [
      { name: 'velocity', size: 2 },
      ...pointFields('landmark', landmarkCount),
      goalColour,
      { name: 'heard', size: words },
    ];
    const observation = fieldBox(fields, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    return [{ name: 'agent', count: agents, observation, action: actionSpace(params) }];
  },

  declares: ({ localRatio: ratio }) => ({
    symmetric: true,
    commonReward: ratio === 0,
    rewardBounds: [Number.NEGATIVE_INFINITY, 0],
  }),

  timeLimitSteps: (params) => params.maxCycles,

  init(params, rng) {
    const state = {
      positions: new Float64Array(2 * agents),
      velocities: new Float64Array(2 * agents),
      forces: new Float64Array(2 * agents),
      landmarks: new Float64Array(2 * landmarkCount),
      said: new Float64Array(agents * words),
      goals: new Int32Array(agents),
      log: emptyLog(params.continuous ? 0 : params.maxCycles, agents),
      steps: 0,
    };
    for (let a = 0; a < agents; a++) state.goals[a] = rng.integer(0, landmarkCount);
    drawPoints(state.positions, 0, agents, 1, rng);
    drawPoints(state.landmarks, 0, landmarkCount, 1, rng);
    return state;
  },

  observe: (state, agent, out) => writeObservation(state, agent, out, 0),

  step(state, actions, rewards, _rng, params) {
    const { positions, velocities, forces, landmarks, said, goals, log, steps } = state;
    if (params.continuous) {
      for (let a = 0; a < agents; a++) {
        setForce(forces, a, true, actions, a * (moves.length + words), sensitivity);
        sayNumbers(said, a, words, actions, a * (moves.length + words) + moves.length);
      }
    } else {
      for (let a = 0; a < agents; a++) {
        const move = params.factored ? actions[2 * a] : actions[a] % moves.length;
        const word = params.factored ? actions[2 * a + 1] : Math.floor(actions[a] / moves.length);
        setMove(forces, a, move, sensitivity);
        sayWord(said, a, words, word);
        log.moves[steps * agents + a] = move;
        log.words[steps * agents + a] = word;
      }
    }
    integrate(positions, velocities, forces, agents);
    state.steps++;
    const first = -Math.sqrt(squaredDistance(positions, 1, landmarks, goals[0]));
    const second = -Math.sqrt(squaredDistance(positions, 0, landmarks, goals[1]));
    const shared = ((first + second) / agents) * (1 - params.localRatio);
    rewards[0] = shared + first * params.localRatio;
    rewards[1] = shared + second * params.localRatio;
    return false;
  },

  stateSize: () => agents * observationSize,

  stateVector(state, out) {
    for (let a = 0; a < agents; a++) writeObservation(state, a, out, a * observationSize);
  },

  metrics({ positions, landmarks, goals }) {
    const distances = [0, 1].map((a) => Math.sqrt(squaredDistance(positions, 1 - a, landmarks, goals[a])));
    return {
      goalDistance: (distances[0] + distances[1]) / agents,
      goalsReached: distances.filter((distance) => distance < arrival).length / agents,
    };
  },

  /** Numbers instead of words are no language of symbols. */
  outcome: ({ log, goals, steps }, { continuous: loud }) =>
    loud
      ? {}
      : {
          // Listed when it is asked for: training does not ask.
          get talk() {
            const channels = [0, 1].map((speaker) => {
              return { speaker, listener: 1 - speaker, meaning: goals[speaker], moves: true };
            });
            return sayingsOf(log, steps, agents, channels);
          },
        },

  text({ positions, velocities, landmarks, said, goals, steps }, agent, params) {
    const [x, y] = positions.subarray(2 * agent, 2 * agent + 2);
    const seen = colours.map((colour, l) => `${colour} at ${pointText(landmarks, l, x, y)}`);
    return [
      `Step ${steps} of ${params.maxCycles}. You are agent ${agent}, moving ${pointText(velocities, agent)}; x grows to the right, y up.`,
      `Landmarks, seen from you: ${seen.join(', ')}.`,
      `The other agent has to go to the ${colours[goals[agent]]} landmark and does not know it; it knows which is yours.`,
      `It last said: ${wordText(said, 1 - agent, words)}. Each step you move and say one of ${words} words.`,
    ].join('\n');
  },

  draw: ({ positions, landmarks, said, goals, steps }, params) =>
    drawParticles(
      [
        { points: landmarks, radius, paint: shadeOf },
        { points: positions, radius, paint: (a) => `agent${a}`, label: (a) => `${a}: ${wordText(said, a, words)}` },
      ],
      `Step ${steps} of ${params.maxCycles}. Agent 0 has to reach ${colours[goals[1]]}, agent 1 ${colours[goals[0]]}`,
    ),
});

function actionSpace(params: SimpleReferenceParams): Space {
  if (params.continuous) return box([moves.length + words], 0, 1);
  if (params.factored) return multiDiscrete([moves.length, words], ['move', 'word']);
  const labels = wordNames(words).flatMap((word) => moves.map((move) => `${move} ${word}`));
  return discrete(moves.length * words, labels);
}

/** Own velocity, landmarks relative to it, colour of the other's goal, and what the other said. */
function writeObservation(
  { positions, velocities, landmarks, said, goals }: SimpleReferenceState,
  agent: number,
  out: Float32Array,
  start: number,
): void {
  out[start] = velocities[2 * agent];
  out[start + 1] = velocities[2 * agent + 1];
  const x = positions[2 * agent];
  const y = positions[2 * agent + 1];
  let at = writeRelative(landmarks, 0, landmarkCount, -1, x, y, out, start + 2);
  at = writeColour(0.75, 0.25, goals[agent], out, at);
  const heard = (1 - agent) * words;
  for (let w = 0; w < words; w++) out[at + w] = said[heard + w];
}
