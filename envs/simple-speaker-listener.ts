import { z } from 'zod';
import { box, defineEnv, discrete, fieldBox } from '#core';
import { colours, goalColour, shadeOf, writeColour } from './mpe/colours.ts';
import { pointFields } from './mpe/neighbours.ts';
import { continuous, maxCycles } from './mpe/options.ts';
import { integrate, moveSpace, moves, setForce } from './mpe/physics.ts';
import { drawPoints, pointText, squaredDistance, writeRelative } from './mpe/points.ts';
import { emptyLog, type Log, sayingsOf } from './mpe/sayings.ts';
import { drawParticles } from './mpe/scene.ts';
import { sayNumbers, sayWord, wordNames, wordText } from './mpe/words.ts';

/** Shapes: speaker [1, 2]; listener, velocity, force [1, 2]; landmarks [3, 2]; said [1, 3]. */
export interface SimpleSpeakerListenerState {
  readonly speaker: Float64Array;
  readonly listener: Float64Array;
  readonly velocity: Float64Array;
  readonly force: Float64Array;
  readonly landmarks: Float64Array;
  readonly said: Float64Array;
  readonly log: Log;
  goal: number;
  steps: number;
}

const landmarkCount = colours.length;
const words = 3;
const sensitivity = 5;
const agentRadius = 0.075;
const landmarkRadius = 0.04;
const arrival = 0.1;
const listenerSize = 2 + 2 * landmarkCount + words;

const simpleSpeakerListenerParams = z.strictObject({ maxCycles, continuous });

export type SimpleSpeakerListenerParams = z.infer<typeof simpleSpeakerListenerParams>;

/** One agent knows the goal and can only speak; the other hears it and can only move. */
export const simpleSpeakerListener = defineEnv<SimpleSpeakerListenerState, SimpleSpeakerListenerParams>({
  id: 'simple-speaker-listener',
  params: simpleSpeakerListenerParams,
  card: {
    title: 'Simple speaker listener (multi-agent particle environment)',
    description:
      'A speaker that stands still sees which of three coloured landmarks is the goal and says one of three words a step; a listener sees the landmarks, hears the word of the step before, and has to go there.',
    source: 'Farama-Foundation/MPE2, mpe2 1.1.1, simple_speaker_listener_v4; Lowe et al. (2017).',
    licence: 'Rules are facts; mpe2 is MIT.',
    tests: 'A one-way code made from nothing; different spaces for different roles.',
    rewardScale: {
      agent: 'Negative squared distance of the listener to the goal a step, the same for both.',
      team: 'Sum of both: twice that.',
    },
    horizon: '25 steps (`maxCycles`), a truncation.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -79.3477, standardError: 0.6548 },
      roles: {
        speaker: { mean: -39.6738, standardError: 0.3274 },
        listener: { mean: -39.6738, standardError: 0.3274 },
      },
    },
    baseline: {
      policies: { speaker: 'tell-and-go', listener: 'tell-and-go' },
      episodes: 1000,
      seed: 0,
      team: { mean: -17.3432, standardError: 0.5916 },
      roles: { speaker: { mean: -8.6716, standardError: 0.2958 }, listener: { mean: -8.6716, standardError: 0.2958 } },
    },
    published: {
      result: '-13.8 (MAA2C)',
      source: 'MARLlib, Hu et al. (2023), its result files; they do not say whether an agent or the team.',
    },
    knownAnswer:
      'No play gets above 0. The scripted tell-and-go returns -9.1 with discrete actions, -7.4 with continuous ones. EPyMARL (Papoudakis et al. 2021, the best evaluation of a run) reports MAPPO at -10.7, QMIX at -11.6, IPPO at -13.1.',
  },

  roles(params) {
    const open = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
    return [
      {
        name: 'speaker',
        count: 1,
        observation: fieldBox([goalColour], ...open),
        action: params.continuous ? box([words], 0, 1) : discrete(words, wordNames(words)),
      },
      {
        name: 'listener',
        count: 1,
        observation: fieldBox(
          [{ name: 'velocity', size: 2 }, ...pointFields('landmark', landmarkCount), { name: 'heard', size: words }],
          ...open,
        ),
        action: moveSpace(params.continuous),
      },
    ];
  },

  declares: () => ({ commonReward: true, rewardBounds: [Number.NEGATIVE_INFINITY, 0] }),

  timeLimitSteps: (params) => params.maxCycles,

  init(params, rng) {
    const state = {
      speaker: new Float64Array(2),
      listener: new Float64Array(2),
      velocity: new Float64Array(2),
      force: new Float64Array(2),
      landmarks: new Float64Array(2 * landmarkCount),
      said: new Float64Array(words),
      log: emptyLog(params.continuous ? 0 : params.maxCycles, 2),
      goal: rng.integer(0, landmarkCount),
      steps: 0,
    };
    drawPoints(state.speaker, 0, 1, 1, rng);
    drawPoints(state.listener, 0, 1, 1, rng);
    drawPoints(state.landmarks, 0, landmarkCount, 1, rng);
    return state;
  },

  observe(state, agent, out) {
    if (agent === 0) writeColour(0.65, 0.15, state.goal, out, 0);
    else writeListener(state, out, 0);
  },

  step(state, actions, rewards, _rng, params) {
    const { listener, velocity, force, landmarks, said, log, steps } = state;
    if (params.continuous) sayNumbers(said, 0, words, actions, 0);
    else {
      sayWord(said, 0, words, actions[0]);
      log.words[2 * steps] = actions[0];
      log.moves[2 * steps + 1] = actions[1];
    }
    setForce(force, 0, params.continuous, actions, params.continuous ? moves.length : 1, sensitivity);
    integrate(listener, velocity, force, 1);
    state.steps++;
    const reward = -squaredDistance(listener, 0, landmarks, state.goal);
    rewards[0] = reward;
    rewards[1] = reward;
    return false;
  },

  stateSize: () => colours.length + listenerSize,

  stateVector(state, out) {
    writeListener(state, out, writeColour(0.65, 0.15, state.goal, out, 0));
  },

  metrics({ listener, landmarks, goal }) {
    const distance = Math.sqrt(squaredDistance(listener, 0, landmarks, goal));
    return { goalDistance: distance, goalsReached: distance < arrival ? 1 : 0 };
  },

  /** Numbers instead of words are no language of symbols. */
  outcome: ({ log, goal, steps }, { continuous: loud }) =>
    loud
      ? {}
      : {
          // Listed when it is asked for: training does not ask.
          get talk() {
            return sayingsOf(log, steps, 2, [{ speaker: 0, listener: 1, meaning: goal, moves: false }]);
          },
        },

  text({ listener, velocity, landmarks, said, goal, steps }, agent, params) {
    const step = `Step ${steps} of ${params.maxCycles}.`;
    const said0 = wordText(said, 0, words);
    if (agent === 0) {
      return `${step} You are the speaker: the listener has to go to the ${colours[goal]} landmark and hears only you.\nYou last said: ${said0}. Each step you say one of ${words} words.`;
    }
    const seen = colours.map((colour, l) => `${colour} at ${pointText(landmarks, l, listener[0], listener[1])}`);
    return [
      `${step} You are the listener, moving ${pointText(velocity, 0)}; x grows to the right, y up.`,
      `Landmarks, seen from you: ${seen.join(', ')}.`,
      `One of them is your goal; the speaker knows which. It last said: ${said0}.`,
    ].join('\n');
  },

  draw: ({ speaker, listener, landmarks, said, goal, steps }, params) =>
    drawParticles(
      [
        { points: landmarks, radius: landmarkRadius, paint: shadeOf },
        { points: speaker, radius: agentRadius, paint: () => 'agent0', label: () => wordText(said, 0, words) },
        { points: listener, radius: agentRadius, paint: () => 'agent1' },
      ],
      `Step ${steps} of ${params.maxCycles}. The goal is ${colours[goal]}`,
    ),
});

function writeListener(
  { listener, velocity, landmarks, said }: SimpleSpeakerListenerState,
  out: Float32Array,
  start: number,
): void {
  out[start] = velocity[0];
  out[start + 1] = velocity[1];
  const at = writeRelative(landmarks, 0, landmarkCount, -1, listener[0], listener[1], out, start + 2);
  for (let w = 0; w < words; w++) out[at + w] = said[w];
}
