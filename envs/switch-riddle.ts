import { z } from 'zod';
import { defineEnv, discrete, fieldBox } from '#core';
import { drawTable } from './exact/scene.ts';

const shape = z.strictObject({
  agents: z.int().min(3).max(32).default(3).describe('Prisoners.'),
  maxSteps: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('Days after which the game is over without reward; null is 4 agents - 6.'),
  bulbOn: z.boolean().default(false).describe('Whether the bulb is on at first.'),
  reward: z.number().default(1).describe('For telling when everybody has been in the room.'),
  penalty: z.number().default(-1).describe('For telling when somebody has not.'),
});

export type SwitchRiddleParams = z.infer<typeof shape>;

export interface SwitchRiddleState {
  bulb: number;
  inRoom: number;
  day: number;
  /** 1 for who has been in the room on an earlier day. Shapes: [n]. */
  readonly been: Uint8Array;
  /** What the last day did, for people: -1 nothing yet. */
  lastAction: number;
  right: number;
}

const actionNames = ['nothing', 'switch', 'tell'] as const;
const flip = 1;
const tell = 2;

const daysOf = ({ agents, maxSteps }: SwitchRiddleParams) => maxSteps ?? 4 * agents - 6;

/** A hundred prisoners and a light bulb, with fewer prisoners. */
export const switchRiddle = defineEnv<SwitchRiddleState, SwitchRiddleParams>({
  id: 'switch-riddle',
  params: shape,
  card: {
    title: 'Switch riddle',
    description:
      'Each day one prisoner, drawn at random, is in a room with a bulb, sees it, and may switch it or tell that everybody has been here. If that is true all are freed, if not all are lost. Days pass for those outside too, who can only wait.',
    source:
      'Foerster et al. (2016), "Learning to communicate with deep multi-agent reinforcement learning"; rules of FLAIROx/JaxMARL 0.2.0, switch_riddle, where those outside may choose but are not heard.',
    licence: 'Rules are facts; JaxMARL is Apache-2.0.',
    tests: 'Memory, and communication through one bit that stays behind for whoever comes next.',
    rewardScale: {
      agent: '1 when freed, -1 when lost, 0 when the days run out; the same for all.',
      team: 'The same once for each prisoner.',
    },
    horizon: '4n - 6 days (`maxSteps`), a termination: then nobody is freed.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -1.8318, standardError: 0.022 },
      roles: { agent: { mean: -0.6106, standardError: 0.0073 } },
    },
    knownAnswer:
      'No policy frees three prisoners more often than all three come to the room within six days: 540/729 = 0.741.',
  },

  roles: ({ agents }) => [
    {
      name: 'agent',
      count: agents,
      observation: fieldBox(
        [
          { name: 'inRoom', size: 1 },
          { name: 'bulb', size: 1 },
        ],
        0,
        1,
      ),
      action: discrete(actionNames.length, actionNames),
    },
  ],

  declares: ({ reward, penalty }) => ({
    commonReward: true,
    symmetric: true,
    rewardBounds: [Math.min(0, reward, penalty), Math.max(0, reward, penalty)],
  }),

  init: ({ agents, bulbOn }, rng) => ({
    bulb: bulbOn ? 1 : 0,
    inRoom: rng.integer(0, agents),
    day: 0,
    been: new Uint8Array(agents),
    lastAction: -1,
    right: 0,
  }),

  observe({ inRoom, bulb }, agent, out) {
    out[0] = inRoom === agent ? 1 : 0;
    out[1] = inRoom === agent ? bulb : 0;
  },

  legal({ inRoom }, agent, mask) {
    if (agent !== inRoom) mask.fill(0, 1);
  },

  step(state, actions, rewards, rng, params) {
    const action = actions[state.inRoom];
    state.been[state.inRoom] = 1;
    state.lastAction = action;
    state.day++;
    if (action === flip) state.bulb = 1 - state.bulb;
    if (action === tell) {
      state.right = state.been.includes(0) ? 0 : 1;
      rewards.fill(state.right === 1 ? params.reward : params.penalty);
    }
    state.inRoom = rng.integer(0, params.agents);
    return action === tell || state.day >= daysOf(params);
  },

  stateSize: ({ agents }) => 2 * agents + 2,

  stateVector({ inRoom, bulb, been, day }, out, params) {
    out.fill(0);
    out[inRoom] = 1;
    out.set(been, params.agents);
    out[2 * params.agents] = bulb;
    out[2 * params.agents + 1] = day / daysOf(params);
  },

  metrics: ({ lastAction, right, day, been }) => ({
    told: lastAction === tell ? 1 : 0,
    freed: right,
    days: day,
    visited: been.reduce((sum, value) => sum + value, 0),
  }),

  text({ inRoom, bulb, day }, agent, params) {
    const place =
      agent === inRoom
        ? `You are in the room; the bulb is ${bulb === 1 ? 'on' : 'off'}. Do nothing, switch the bulb, or tell that all have been here.`
        : 'You are outside and can only wait.';
    return `Day ${day + 1} of ${daysOf(params)}, ${params.agents} prisoners. You are prisoner ${agent}. ${place}`;
  },

  draw({ inRoom, bulb, been, day }, params) {
    const rows = Array.from(been, (visited, a) => {
      const room = a === inRoom ? ({ label: bulb === 1 ? 'bulb on' : 'bulb off', fill: `agent${a}` } as const) : '';
      return [`prisoner ${a}`, visited === 1 ? 'was here' : '', room] as const;
    });
    return drawTable(rows, `Day ${day + 1} of ${daysOf(params)}`);
  },
});
