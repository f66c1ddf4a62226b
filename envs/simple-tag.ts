import { z } from 'zod';
import { defineEnv, type Field, fieldBox } from '#core';
import { findNearest, pointFields, writeChosen } from './mpe/neighbours.ts';
import { agentNeighbours, continuous, landmarkNeighbours, maxCycles } from './mpe/options.ts';
import { addContactForces, integrate, moveSpace, moves, setForce } from './mpe/physics.ts';
import { drawPoints, pointText, squaredDistance, writeRelative } from './mpe/points.ts';
import { drawParticles } from './mpe/scene.ts';

/**
 * Shapes: A agents, adversaries before prey; B bodies, agents before obstacles: positions [B, 2], radii [B]; velocities, forces [A, 2];
 * maxSpeeds [A].
 */
export interface SimpleTagState {
  readonly positions: Float64Array;
  readonly velocities: Float64Array;
  readonly forces: Float64Array;
  readonly radii: Float64Array;
  readonly maxSpeeds: Float64Array;
  /** Prey and adversary in contact, counted once a step and pair. */
  tags: number;
  steps: number;
}

const adversaryRadius = 0.075;
const preyRadius = 0.05;
const obstacleRadius = 0.2;
const adversarySpeed = 1;
const preySpeed = 1.3;
const adversaryAcceleration = 3;
const preyAcceleration = 4;
const obstacleReach = 0.9;
const catchReward = 10;

const count = z.int().min(0).max(64);

const simpleTagParams = z
  .strictObject({
    agents: count.default(1).describe('How many prey there are.'),
    adversaries: count.default(3).describe('How many chase them.'),
    obstacles: count.default(2).describe('How many obstacles stand in the way.'),
    maxCycles,
    continuous,
    preySpeedFactor: z
      .number()
      .gt(0)
      .max(1)
      .default(1)
      .describe('Speed and push of the prey as a part of the full ones; upstream’s curriculum has 0.5, 0.75 and 1.'),
    terminateOnSuccess: z
      .boolean()
      .default(false)
      .describe('End the episode as soon as every prey is touched by an adversary at once.'),
    agentNeighbours,
    landmarkNeighbours,
  })
  .refine(({ agents, adversaries }) => agents + adversaries > 0, {
    path: ['agents'],
    message: 'at least one agent or one adversary',
  });

export type SimpleTagParams = z.infer<typeof simpleTagParams>;

/** Slow adversaries chase faster prey among obstacles. */
export const simpleTag = defineEnv<SimpleTagState, SimpleTagParams>({
  id: 'simple-tag',
  params: simpleTagParams,
  card: {
    title: 'Simple tag (multi-agent particle environment)',
    description:
      'Adversaries share a reward for every touch of a prey, which is smaller, faster, and pays for being touched and for leaving the field. Round obstacles block the way.',
    source: 'Farama-Foundation/MPE2, mpe2 1.1.1, simple_tag_v3; Lowe et al. (2017).',
    licence: 'Rules are facts; mpe2 is MIT.',
    tests: 'Teamwork against an opponent: encircling, and evading.',
    rewardScale: {
      agent:
        'Adversary: 10 a step for each touching pair of adversary and prey, whoever it is. Prey: -10 a step for each adversary that touches it, and up to -10 a step for each axis on which it is outside.',
      team: 'Sum of all; a touch is worth 10 (adversaries - 1) in sum.',
    },
    horizon: '25 steps (`maxCycles`), a truncation.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -2.625, standardError: 0.2858 },
      roles: { adversary: { mean: 4.242, standardError: 0.105 }, agent: { mean: -15.351, standardError: 0.1972 } },
    },
    baseline: {
      policies: { adversary: 'tag-pursuit', agent: 'tag-evade' },
      episodes: 1000,
      seed: 0,
      team: { mean: -6.2021, standardError: 0.9991 },
      roles: { adversary: { mean: 10.51, standardError: 0.484 }, agent: { mean: -37.7321, standardError: 0.8673 } },
    },
    knownAnswer:
      'None. Scripted: tag-pursuit returns 67 to each adversary against a random prey, 9 against tag-evade. Against a pretrained prey EPyMARL (Papoudakis et al. 2021, the best evaluation of a run) reports 31.2 for QMIX, 18.5 for MAPPO.',
  },

  roles(params) {
    const { adversaries, agents } = params;
    const action = moveSpace(params.continuous);
    return [
      { name: 'adversary', count: adversaries, observation: observationSpace(params, adversaries - 1, agents), action },
      { name: 'agent', count: agents, observation: observationSpace(params, adversaries, agents - 1), action },
    ].filter((role) => role.count > 0);
  },

  declares: ({ agents, adversaries }) => {
    const pairs = catchReward * agents * adversaries;
    return { symmetric: true, rewardBounds: [-catchReward * adversaries - 20, pairs] };
  },

  timeLimitSteps: (params) => params.maxCycles,

  init({ agents, adversaries, obstacles, preySpeedFactor }, rng) {
    const all = adversaries + agents;
    const bodies = all + obstacles;
    const state = {
      positions: new Float64Array(2 * bodies),
      velocities: new Float64Array(2 * all),
      forces: new Float64Array(2 * all),
      radii: new Float64Array(bodies).fill(adversaryRadius, 0, adversaries).fill(preyRadius, adversaries, all),
      maxSpeeds: new Float64Array(all).fill(adversarySpeed, 0, adversaries),
      tags: 0,
      steps: 0,
    };
    state.radii.fill(obstacleRadius, all);
    state.maxSpeeds.fill(preySpeed * preySpeedFactor, adversaries);
    drawPoints(state.positions, 0, all, 1, rng);
    drawPoints(state.positions, all, obstacles, obstacleReach, rng);
    return state;
  },

  observe: (state, agent, out, params) => {
    writeObservation(state, agent, out, 0, params);
  },

  step(state, actions, rewards, _rng, params) {
    const { positions, velocities, forces, radii, maxSpeeds } = state;
    const { adversaries, agents, obstacles } = params;
    const all = adversaries + agents;
    const stride = params.continuous ? moves.length : 1;
    for (let a = 0; a < all; a++) {
      const push = a < adversaries ? adversaryAcceleration : preyAcceleration * params.preySpeedFactor;
      setForce(forces, a, params.continuous, actions, a * stride, push);
    }
    addContactForces(positions, radii, all + obstacles, all, forces);
    integrate(positions, velocities, forces, all, maxSpeeds);
    state.steps++;

    let pairs = 0;
    let caught = 0;
    for (let prey = adversaries; prey < all; prey++) {
      let touching = 0;
      for (let a = 0; a < adversaries; a++) {
        if (Math.sqrt(squaredDistance(positions, prey, positions, a)) < radii[prey] + radii[a]) touching++;
      }
      pairs += touching;
      if (touching > 0) caught++;
      const outside = fine(Math.abs(positions[2 * prey]));
      rewards[prey] = -catchReward * touching - outside - fine(Math.abs(positions[2 * prey + 1]));
    }
    for (let a = 0; a < adversaries; a++) rewards[a] = catchReward * pairs;
    state.tags += pairs;
    return params.terminateOnSuccess && caught === agents;
  },

  stateSize: (params) => {
    const { adversaries, agents } = params;
    const sizes = adversaries * sizeOf(params, adversaries - 1, agents);
    return sizes + agents * sizeOf(params, adversaries, agents - 1);
  },

  stateVector(state, out, params) {
    let at = 0;
    for (let a = 0; a < params.adversaries + params.agents; a++) at = writeObservation(state, a, out, at, params);
  },

  metrics: ({ tags, steps }) => ({ tags, tagsPerStep: tags / steps }),

  text({ positions, velocities, steps }, agent, params) {
    const { adversaries, agents, obstacles } = params;
    const all = adversaries + agents;
    const nameOf = (i: number) => (i < adversaries ? `adversary ${i}` : `prey ${i - adversaries}`);
    const task =
      agent < adversaries
        ? 'Touch the prey: every touch by any of you pays all of you 10.'
        : 'Keep away from the adversaries (a touch costs 10 a step) and within -0.9..0.9.';
    const lines = [
      `Step ${steps} of ${params.maxCycles}. You are ${nameOf(agent)} at ${pointText(positions, agent)}, moving ${pointText(velocities, agent)}; x grows to the right, y up.`,
    ];
    for (let i = 0; i < all; i++) {
      if (i === agent) continue;
      const motion = i < adversaries ? '' : `, moving ${pointText(velocities, i)}`;
      lines.push(`${nameOf(i)} is at ${pointText(positions, i)}${motion}.`);
    }
    const stones = Array.from({ length: obstacles }, (_, o) => pointText(positions, all + o));
    if (obstacles > 0) lines.push(`Obstacles of radius ${obstacleRadius}: ${stones.join(', ')}.`);
    return [...lines, task].join('\n');
  },

  draw({ positions, tags, steps }, { adversaries, agents, maxCycles: limit }) {
    const from = (first: number, last?: number) => positions.subarray(2 * first, last === undefined ? last : 2 * last);
    const all = adversaries + agents;
    return drawParticles(
      [
        { points: from(all), radius: obstacleRadius, paint: () => 'muted' },
        { points: from(0, adversaries), radius: adversaryRadius, paint: () => 'bad' },
        { points: from(adversaries, all), radius: preyRadius, paint: () => 'good' },
      ],
      `Step ${steps} of ${limit}. Touches so far: ${tags}`,
    );
  },
});

/** What being outside costs along one axis. Source: mpe2 1.1.1, simple_tag.py, `bound`. */
function fine(distance: number): number {
  if (distance < 0.9) return 0;
  return distance < 1 ? (distance - 0.9) * 10 : Math.min(Math.exp(2 * distance - 2), 10);
}

function sizeOf(params: SimpleTagParams, otherAdversaries: number, otherPrey: number): number {
  const near = params.agentNeighbours;
  const others = near === null ? 2 * (otherAdversaries + otherPrey) + 2 * otherPrey : 4 * near;
  return 4 + 2 * (params.landmarkNeighbours ?? params.obstacles) + others;
}

function observationSpace(params: SimpleTagParams, otherAdversaries: number, otherPrey: number) {
  const { agentNeighbours: near, landmarkNeighbours } = params;
  const others: Field[] =
    near === null
      ? [
          ...pointFields('adversary', Math.max(0, otherAdversaries)),
          ...pointFields('prey', Math.max(0, otherPrey)),
          ...pointFields('preyVelocity', Math.max(0, otherPrey)),
        ]
      : [...pointFields('other', near), ...pointFields('otherVelocity', near)];
  const fields: Field[] = [
    { name: 'velocity', size: 2 },
    { name: 'position', size: 2 },
    ...pointFields('obstacle', landmarkNeighbours ?? params.obstacles),
    ...others,
  ];
  return fieldBox(fields, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}

/** Own velocity and position; obstacles and others relative to it; velocities of prey. Returns where to go on. */
function writeObservation(
  { positions, velocities }: SimpleTagState,
  agent: number,
  out: Float32Array,
  start: number,
  params: SimpleTagParams,
): number {
  const { adversaries, agents, obstacles } = params;
  const all = adversaries + agents;
  const x = positions[2 * agent];
  const y = positions[2 * agent + 1];
  out[start] = velocities[2 * agent];
  out[start + 1] = velocities[2 * agent + 1];
  out[start + 2] = x;
  out[start + 3] = y;
  let at = start + 4;
  const stones = params.landmarkNeighbours;
  if (stones === null) {
    at = writeRelative(positions, all, obstacles, -1, x, y, out, at);
  } else {
    const near = findNearest(positions, all, all + obstacles, -1, x, y, stones);
    at = writeChosen(positions, near, stones, x, y, out, at);
  }
  const wanted = params.agentNeighbours;
  if (wanted === null) {
    at = writeRelative(positions, 0, all, agent, x, y, out, at);
    return writeRelative(velocities, adversaries, agents, agent, 0, 0, out, at);
  }
  const near = findNearest(positions, 0, all, agent, x, y, wanted);
  at = writeChosen(positions, near, wanted, x, y, out, at);
  for (let k = 0; k < wanted; k++, at += 2) {
    const shown = near[k] >= adversaries;
    out[at] = shown ? velocities[2 * near[k]] : 0;
    out[at + 1] = shown ? velocities[2 * near[k] + 1] : 0;
  }
  return at;
}
