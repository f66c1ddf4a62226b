import { z } from 'zod';
import { defineEnv, type Field, fieldBox } from '#core';
import { findNearest, pointFields, writeChosen } from './mpe/neighbours.ts';
import { agentNeighbours, continuous, landmarkNeighbours, maxCycles } from './mpe/options.ts';
import { addContactForces, integrate, moveSpace, setForce } from './mpe/physics.ts';
import { drawParticles } from './mpe/scene.ts';

/** Shapes: N agents: positions, velocities, forces [N, 2]; landmarks [N, 2]; radii [N]. */
export interface SimpleSpreadState {
  readonly positions: Float64Array;
  readonly velocities: Float64Array;
  readonly landmarks: Float64Array;
  readonly forces: Float64Array;
  readonly radii: Float64Array;
  steps: number;
}

const agentRadius = 0.15;
const landmarkRadius = 0.05;
const touching = agentRadius + agentRadius;
const captureRadius = 0.1;
const sensitivity = 5;

const simpleSpreadParams = z.strictObject({
  agents: z.int().min(1).max(64).default(3).describe('N: how many agents, and how many landmarks.'),
  localRatio: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe(
      'Weight of an agent’s own collisions in its reward; the rest is the distance of the landmarks, shared by all.',
    ),
  maxCycles,
  continuous,
  collisionPenalty: z
    .boolean()
    .default(true)
    .describe('Whether collisions cost anything; false is stage 0 of upstream’s curriculum.'),
  terminateOnSuccess: z
    .boolean()
    .default(false)
    .describe('End the episode as soon as every landmark has an agent within 0.1.'),
  agentNeighbours,
  landmarkNeighbours,
});

export type SimpleSpreadParams = z.infer<typeof simpleSpreadParams>;

/** N agents spread over N landmarks without bumping into each other. */
export const simpleSpread = defineEnv<SimpleSpreadState, SimpleSpreadParams>({
  id: 'simple-spread',
  params: simpleSpreadParams,
  card: {
    title: 'Simple spread (multi-agent particle environment)',
    description:
      'Agents that push themselves about a plane share a reward for how close the nearest of them is to each landmark, and pay for collisions of their own.',
    source:
      'Farama-Foundation/MPE2, mpe2 1.1.1, simple_spread_v3 (float64 state, float32 observations); Lowe et al. (2017).',
    licence: 'Rules are facts; mpe2 is MIT.',
    tests: 'Dividing tasks without talk, avoiding collisions, many agents with one policy.',
    rewardScale: {
      agent:
        'Half the negative sum of distances plus half the negative collisions of its own, a step; about -26.5 an episode at random.',
      team: 'Sum over the three agents (the scale called v3-sum): about -80 an episode at random, -25 to -30 when played well.',
    },
    horizon: '25 steps (`maxCycles`), a truncation.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -79.546, standardError: 0.2373 },
      roles: { agent: { mean: -26.5153, standardError: 0.0791 } },
    },
    baseline: {
      policies: { agent: 'greedy-spread' },
      episodes: 1000,
      seed: 0,
      team: { mean: -26.836, standardError: 0.376 },
      roles: { agent: { mean: -8.9453, standardError: 0.1253 } },
    },
    published: {
      result: 'about -25.8 the team (QMIX, 2 million steps)',
      source: 'EPyMARL, Papoudakis et al. (2021): -126.6 on their scale, which is 2 R - 75 of this one.',
    },
    knownAnswer: 'No play gets above 0. Tuned IPPO reaches about -27 (v3-sum) after six million steps.',
  },

  roles(params) {
    const { agents } = params;
    const others = params.agentNeighbours ?? agents - 1;
    const fields: Field[] = [
      { name: 'velocity', size: 2 },
      { name: 'position', size: 2 },
      ...pointFields('landmark', params.landmarkNeighbours ?? agents),
      ...pointFields('other', others),
      ...(others > 0 ? [{ name: 'communication', size: 2 * others }] : []),
    ];
    return [
      {
        name: 'agent',
        count: agents,
        observation: fieldBox(fields, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
        action: moveSpace(params.continuous),
      },
    ];
  },

  declares: ({ localRatio, collisionPenalty, agents }) => ({
    symmetric: true,
    commonReward: localRatio === 0 || !collisionPenalty || agents === 1,
    rewardBounds: [Number.NEGATIVE_INFINITY, 0],
  }),

  timeLimitSteps: (params) => params.maxCycles,

  init({ agents }, rng) {
    const state = {
      positions: new Float64Array(2 * agents),
      velocities: new Float64Array(2 * agents),
      landmarks: new Float64Array(2 * agents),
      forces: new Float64Array(2 * agents),
      radii: new Float64Array(agents).fill(agentRadius),
      steps: 0,
    };
    for (let i = 0; i < 2 * agents; i++) state.positions[i] = rng.uniform(-1, 1);
    for (let i = 0; i < 2 * agents; i++) state.landmarks[i] = rng.uniform(-1, 1);
    return state;
  },

  observe: writeObservation,

  step(state, actions, rewards, _rng, params) {
    const { agents, localRatio } = params;
    const { positions, velocities, landmarks, forces, radii } = state;
    const stride = params.continuous ? 5 : 1;
    for (let a = 0; a < agents; a++) setForce(forces, a, params.continuous, actions, a * stride, sensitivity);
    addContactForces(positions, radii, agents, agents, forces);
    integrate(positions, velocities, forces, agents);
    state.steps++;

    let shared = 0;
    let covered = true;
    for (let l = 0; l < agents; l++) {
      let nearest = Number.POSITIVE_INFINITY;
      for (let a = 0; a < agents; a++) {
        const dx = positions[2 * a] - landmarks[2 * l];
        const dy = positions[2 * a + 1] - landmarks[2 * l + 1];
        const squared = dx * dx + dy * dy;
        if (squared < nearest) nearest = squared;
      }
      const distance = Math.sqrt(nearest);
      shared -= distance;
      if (distance >= captureRadius) covered = false;
    }
    if (params.collisionPenalty) {
      for (let a = 0; a < agents; a++) {
        for (let b = a + 1; b < agents; b++) {
          const dx = positions[2 * a] - positions[2 * b];
          const dy = positions[2 * a + 1] - positions[2 * b + 1];
          if (Math.sqrt(dx * dx + dy * dy) < touching) {
            rewards[a] -= 1;
            rewards[b] -= 1;
          }
        }
      }
    }
    for (let a = 0; a < agents; a++) rewards[a] = shared * (1 - localRatio) + rewards[a] * localRatio;
    return params.terminateOnSuccess && covered;
  },

  stateSize: (params) => params.agents * observationSize(params),

  stateVector(state, out, params) {
    const size = observationSize(params);
    for (let a = 0; a < params.agents; a++) writeObservation(state, a, out, params, a * size);
  },

  metrics({ positions, landmarks }, { agents }) {
    let covered = 0;
    for (let l = 0; l < agents; l++) if (nearestDistance(positions, landmarks, l, agents) < captureRadius) covered++;
    return { landmarksCovered: covered / agents };
  },

  text({ positions, velocities, landmarks, steps }, agent, { agents, maxCycles: limit }) {
    const at = (numbers: Float64Array, i: number) => `(${numbers[2 * i].toFixed(2)}, ${numbers[2 * i + 1].toFixed(2)})`;
    const lines = [
      `Step ${steps} of ${limit}. You are agent ${agent} at ${at(positions, agent)}, moving ${at(velocities, agent)}; x grows to the right, y up.`,
      `Landmarks: ${Array.from({ length: agents }, (_, l) => at(landmarks, l)).join(', ')}.`,
    ];
    const others = Array.from({ length: agents }, (_, other) => other).filter((other) => other !== agent);
    if (others.length > 0) {
      lines.push(`Others: ${others.map((other) => `agent ${other} at ${at(positions, other)}`).join(', ')}.`);
    }
    lines.push('Together, be near every landmark; touching another agent costs.');
    return lines.join('\n');
  },

  draw: ({ positions, landmarks, steps }, params) =>
    drawParticles(
      [
        { points: positions, radius: agentRadius, paint: (a) => `agent${a}`, label: String },
        { points: landmarks, radius: landmarkRadius, paint: () => 'ink' },
      ],
      `Step ${steps} of ${params.maxCycles}`,
    ),
});

function observationSize({ agents, agentNeighbours, landmarkNeighbours }: SimpleSpreadParams): number {
  return 4 + 2 * (landmarkNeighbours ?? agents) + 4 * (agentNeighbours ?? agents - 1);
}

/** Own velocity and position, landmarks and other agents relative to it, and silence for what others say. */
function writeObservation(
  { positions, velocities, landmarks }: SimpleSpreadState,
  agent: number,
  out: Float32Array,
  params: SimpleSpreadParams,
  start = 0,
): void {
  const { agents } = params;
  const x = positions[2 * agent];
  const y = positions[2 * agent + 1];
  out[start] = velocities[2 * agent];
  out[start + 1] = velocities[2 * agent + 1];
  out[start + 2] = x;
  out[start + 3] = y;
  let at = start + 4;
  if (params.landmarkNeighbours === null) {
    for (let l = 0; l < agents; l++, at += 2) {
      out[at] = landmarks[2 * l] - x;
      out[at + 1] = landmarks[2 * l + 1] - y;
    }
  } else {
    const wanted = params.landmarkNeighbours;
    at = writeChosen(landmarks, findNearest(landmarks, 0, agents, -1, x, y, wanted), wanted, x, y, out, at);
  }
  if (params.agentNeighbours === null) {
    for (let other = 0; other < agents; other++) {
      if (other === agent) continue;
      out[at] = positions[2 * other] - x;
      out[at + 1] = positions[2 * other + 1] - y;
      at += 2;
    }
    out.fill(0, at, at + 2 * (agents - 1));
  } else {
    const wanted = params.agentNeighbours;
    at = writeChosen(positions, findNearest(positions, 0, agents, agent, x, y, wanted), wanted, x, y, out, at);
    out.fill(0, at, at + 2 * wanted);
  }
}

function nearestDistance(positions: Float64Array, landmarks: Float64Array, landmark: number, agents: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let a = 0; a < agents; a++) {
    const dx = positions[2 * a] - landmarks[2 * landmark];
    const dy = positions[2 * a + 1] - landmarks[2 * landmark + 1];
    nearest = Math.min(nearest, Math.sqrt(dx * dx + dy * dy));
  }
  return nearest;
}
