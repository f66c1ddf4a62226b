import { z } from 'zod';
import { defineEnv, type Field, fieldBox } from '#core';
import { findNearest, pointFields, writeChosen } from './mpe/neighbours.ts';
import { agentNeighbours, continuous, landmarkNeighbours, maxCycles } from './mpe/options.ts';
import { integrate, moveSpace, moves, setForce } from './mpe/physics.ts';
import { drawPoints, pointText, squaredDistance, writeRelative } from './mpe/points.ts';
import { drawParticles } from './mpe/scene.ts';

/** Shapes: A = 1 + N agents, the adversary first: positions, velocities, forces [A, 2]; landmarks [N, 2]. */
export interface SimpleAdversaryState {
  readonly positions: Float64Array;
  readonly velocities: Float64Array;
  readonly forces: Float64Array;
  readonly landmarks: Float64Array;
  goal: number;
  steps: number;
}

const sensitivity = 5;
const agentRadius = 0.15;
const landmarkRadius = 0.08;

const simpleAdversaryParams = z.strictObject({
  agents: z.int().min(1).max(64).default(2).describe('N: how many good agents, and how many landmarks.'),
  maxCycles,
  continuous,
  agentNeighbours,
  landmarkNeighbours,
});

export type SimpleAdversaryParams = z.infer<typeof simpleAdversaryParams>;

/** Good agents know which landmark is the goal; an adversary has to guess it from what they do. */
export const simpleAdversary = defineEnv<SimpleAdversaryState, SimpleAdversaryParams>({
  id: 'simple-adversary',
  params: simpleAdversaryParams,
  card: {
    title: 'Simple adversary (multi-agent particle environment)',
    description:
      'One of N landmarks is the goal. N good agents know it and want one of them near it and the adversary far from it; the adversary wants to be near it and does not know which it is.',
    source: 'Farama-Foundation/MPE2, mpe2 1.1.1, simple_adversary_v3; Lowe et al. (2017).',
    licence: 'Rules are facts; mpe2 is MIT.',
    tests: 'Deceiving an observer: spreading over the landmarks so that the goal does not show.',
    rewardScale: {
      agent:
        'Adversary: its negative distance to the goal a step. Good agents: the adversary’s distance minus that of the nearest of them, the same for all.',
      team: 'Sum of all; for N = 2 the adversary’s distance minus twice that of the nearest good agent.',
    },
    horizon: '25 steps (`maxCycles`), a truncation.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -13.1185, standardError: 0.2259 },
      roles: { adversary: { mean: -28.3028, standardError: 0.1294 }, agent: { mean: 7.5922, standardError: 0.1558 } },
    },
    baseline: {
      policies: { adversary: 'shadow', agent: 'decoy' },
      episodes: 1000,
      seed: 0,
      team: { mean: 5.1182, standardError: 0.3001 },
      roles: { adversary: { mean: -16.0852, standardError: 0.3253 }, agent: { mean: 10.6017, standardError: 0.2842 } },
    },
    knownAnswer:
      'None. Scripted: decoy returns 23 to each good agent against a random adversary, 11 against shadow, which is at the goal half of the time. Against a pretrained adversary EPyMARL (Papoudakis et al. 2021, the best evaluation of a run) reports 12.2 for IPPO, 11.3 for MAPPO.',
  },

  roles(params) {
    const others = pointFields('other', params.agentNeighbours ?? params.agents);
    const landmarks = pointFields('landmark', params.landmarkNeighbours ?? params.agents);
    const space = (fields: Field[]) => fieldBox(fields, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    const action = moveSpace(params.continuous);
    return [
      { name: 'adversary', count: 1, observation: space([...landmarks, ...others]), action },
      {
        name: 'agent',
        count: params.agents,
        observation: space([{ name: 'goal', size: 2 }, ...landmarks, ...others]),
        action,
      },
    ];
  },

  declares: () => ({ symmetric: true }),

  timeLimitSteps: (params) => params.maxCycles,

  init({ agents }, rng) {
    const state = {
      positions: new Float64Array(2 * (1 + agents)),
      velocities: new Float64Array(2 * (1 + agents)),
      forces: new Float64Array(2 * (1 + agents)),
      landmarks: new Float64Array(2 * agents),
      goal: rng.integer(0, agents),
      steps: 0,
    };
    drawPoints(state.positions, 0, 1 + agents, 1, rng);
    drawPoints(state.landmarks, 0, agents, 1, rng);
    return state;
  },

  observe: (state, agent, out, params) => {
    writeObservation(state, agent, out, 0, params);
  },

  step(state, actions, rewards, _rng, params) {
    const { positions, velocities, forces, landmarks, goal } = state;
    const all = 1 + params.agents;
    const stride = params.continuous ? moves.length : 1;
    for (let a = 0; a < all; a++) setForce(forces, a, params.continuous, actions, a * stride, sensitivity);
    integrate(positions, velocities, forces, all);
    state.steps++;
    const adversary = Math.sqrt(squaredDistance(positions, 0, landmarks, goal));
    const reward = adversary - nearestGood(state, params);
    rewards[0] = -adversary;
    for (let a = 1; a < all; a++) rewards[a] = reward;
    return false;
  },

  stateSize: (params) => (1 + params.agents) * sizeOf(params) + 2 * params.agents,

  stateVector(state, out, params) {
    let at = 0;
    for (let a = 0; a <= params.agents; a++) at = writeObservation(state, a, out, at, params);
  },

  metrics: (state, params) => ({
    goalDistance: nearestGood(state, params),
    adversaryDistance: Math.sqrt(squaredDistance(state.positions, 0, state.landmarks, state.goal)),
  }),

  text({ positions, landmarks, goal, steps }, agent, params) {
    const [x, y] = positions.subarray(2 * agent, 2 * agent + 2);
    const all = Array.from({ length: 1 + params.agents }, (_, i) => i);
    const nameOf = (i: number) => (i === 0 ? 'the adversary' : `good agent ${i - 1}`);
    const others = all.filter((i) => i !== agent).map((i) => `${nameOf(i)} at ${pointText(positions, i, x, y)}`);
    const places = all.slice(1).map((_, l) => `landmark ${l} at ${pointText(landmarks, l, x, y)}`);
    return [
      `Step ${steps} of ${params.maxCycles}. You are ${nameOf(agent)}; x grows to the right, y up.`,
      `Seen from you: ${[...places, ...others].join(', ')}.`,
      agent === 0
        ? 'One landmark is the goal: guess it from what the others do, and be near it.'
        : `Landmark ${goal} is the goal: one of you should be near it, and the adversary, who does not know it, far.`,
    ].join('\n');
  },

  draw: ({ positions, landmarks, goal, steps }, params) =>
    drawParticles(
      [
        { points: landmarks, radius: landmarkRadius, paint: (l) => (l === goal ? 'good' : 'ink') },
        { points: positions, radius: agentRadius, paint: (a) => (a === 0 ? 'bad' : `agent${a}`), label: String },
      ],
      `Step ${steps} of ${params.maxCycles}`,
    ),
});

/** Distance of the good agent that is nearest to the goal. */
function nearestGood({ positions, landmarks, goal }: SimpleAdversaryState, { agents }: SimpleAdversaryParams): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let a = 1; a <= agents; a++) nearest = Math.min(nearest, squaredDistance(positions, a, landmarks, goal));
  return Math.sqrt(nearest);
}

function sizeOf({ agents, agentNeighbours: near, landmarkNeighbours: places }: SimpleAdversaryParams): number {
  return 2 * (places ?? agents) + 2 * (near ?? agents);
}

/** Good agents: the goal; all: landmarks and others; relative to the agent. Returns where to go on. */
function writeObservation(
  { positions, landmarks, goal }: SimpleAdversaryState,
  agent: number,
  out: Float32Array,
  start: number,
  params: SimpleAdversaryParams,
): number {
  const { agents, agentNeighbours: near, landmarkNeighbours: places } = params;
  const x = positions[2 * agent];
  const y = positions[2 * agent + 1];
  let at = start;
  if (agent > 0) at = writeRelative(landmarks, goal, 1, -1, x, y, out, at);
  at =
    places === null
      ? writeRelative(landmarks, 0, agents, -1, x, y, out, at)
      : writeChosen(landmarks, findNearest(landmarks, 0, agents, -1, x, y, places), places, x, y, out, at);
  return near === null
    ? writeRelative(positions, 0, 1 + agents, agent, x, y, out, at)
    : writeChosen(positions, findNearest(positions, 0, 1 + agents, agent, x, y, near), near, x, y, out, at);
}
