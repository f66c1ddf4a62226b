import { defineEnv, discrete, type EnvCard, type EnvDef, multiDiscrete } from '#core';
import { observationSpace, writeFlattened, writeImage } from './rware/observation.ts';
import { floorFor, queueSize, type RwareDefaults, type RwareParams, rwareParams } from './rware/params.ts';
import { drawWarehouse, warehouseText } from './rware/scene.ts';
import { addPotentials } from './rware/shaping.ts';
import { type RwareState, startUp } from './rware/start.ts';
import { actionNames, decideMoves, moveRobots, noteWishes } from './rware/traffic.ts';
import { deliver, turnAndToggle } from './rware/work.ts';

export type { RwareParams } from './rware/params.ts';
export type { RwareState } from './rware/start.ts';

/** What tells one warehouse from another. */
export interface RwareVariant {
  readonly id: string;
  /** Image layers of directions and loads have x and y where they belong. */
  readonly mended: boolean;
  readonly defaults: RwareDefaults;
  readonly card: Partial<EnvCard>;
}

/** A robotic warehouse: upstream's, or the mended one, with the defaults that its id names. */
export function rwareWorld({ id, mended, defaults, card }: RwareVariant): EnvDef<RwareParams, RwareState> {
  return defineEnv<RwareState, RwareParams>({
    id,
    params: rwareParams(defaults),
    card: { ...shared, ...card },

    roles: (params) => [
      {
        name: 'agent',
        count: params.agents,
        observation: observationSpace(params),
        action:
          params.messageBits === 0
            ? discrete(actionNames.length, actionNames)
            : multiDiscrete([actionNames.length, ...bits(params).map(() => 2)], ['move', ...bits(params)]),
      },
    ],

    declares(params) {
      const { reward, shapingWeight } = params;
      const most = reward === 'global' ? floorFor(params).goals.length : 1;
      return {
        commonReward: params.agents === 1 || (reward === 'global' && shapingWeight === 0),
        rewardBounds: [0 - shapingWeight, most + shapingWeight],
      };
    },

    timeLimitSteps: ({ maxSteps }) => maxSteps ?? Number.POSITIVE_INFINITY,

    init: startUp,

    observe(state, agent, out, params) {
      if (params.observation === 'flattened') writeFlattened(state, agent, out, params);
      else writeImage(state, agent, out, params, mended);
    },

    step(state, actions, rewards, rng, params) {
      const floor = floorFor(params);
      const { messageBits, shapingWeight, shapingDiscount } = params;
      const stride = 1 + messageBits;
      addPotentials(state, rewards, -shapingWeight, params);
      for (let a = 0; a < params.agents; a++) {
        for (let bit = 0; bit < messageBits; bit++)
          state.messages[a * messageBits + bit] = actions[a * stride + 1 + bit];
      }
      noteWishes(state, actions, stride, floor);
      decideMoves(state);
      turnAndToggle(state, actions, stride, rewards, params, floor);
      moveRobots(state);
      const deliveries = deliver(state, rewards, params, floor, rng);
      state.deliveries += deliveries;
      state.idleSteps = deliveries > 0 ? 0 : state.idleSteps + 1;
      state.steps++;
      const ended = params.maxInactivitySteps !== null && state.idleSteps >= params.maxInactivitySteps;
      if (!ended) addPotentials(state, rewards, shapingWeight * shapingDiscount, params);
      return ended;
    },

    stateSize: (params) => 8 * params.agents + 3 * queueSize(params),

    stateVector(state, out, params) {
      const { width } = floorFor(params);
      const { places, directions, carrying, delivered, shelves, shelfAt, agentAt, requests } = state;
      out.fill(0);
      let at = 0;
      for (let a = 0; a < places.length; a++, at += 8) {
        out[at] = places[a] % width;
        out[at + 1] = Math.floor(places[a] / width);
        out[at + 2 + directions[a]] = 1;
        out[at + 6] = carrying[a] === 0 ? 0 : 1;
        out[at + 7] = delivered[a];
      }
      for (let q = 0; q < requests.length; q++, at += 3) {
        const cell = shelves[requests[q]];
        const robot = agentAt[cell];
        out[at] = cell % width;
        out[at + 1] = Math.floor(cell / width);
        out[at + 2] = robot !== 0 && carrying[robot - 1] === shelfAt[cell] ? 1 : 0;
      }
    },

    metrics: ({ deliveries, steps }) => ({ deliveries, deliveriesPerStep: deliveries / steps }),

    text: warehouseText,
    draw: drawWarehouse,
  });
}

function bits({ messageBits }: RwareParams): string[] {
  return Array.from({ length: messageBits }, (_, bit) => `bit${bit}`);
}

const shared: Partial<EnvCard> = {
  licence: 'Rules are facts; robotic-warehouse is MIT.',
  tests: 'Long chains of steps before any reward, with robots in each other’s way and little in sight.',
  rewardScale: {
    agent:
      '1 for each requested shelf that it delivers (`reward` says otherwise), plus `shapingWeight` times the discounted change of its potential.',
    team: 'Deliveries of all robots in an episode, the metric `world/deliveries`, where nothing is shaped.',
  },
  horizon: '500 steps (`maxSteps`), a truncation; `maxInactivitySteps` without a delivery end it.',
};

/** The robotic warehouse as upstream plays it: `rware` is `rware-tiny-2ag-v2` unless its parameters say otherwise. */
export const rware = rwareWorld({
  id: 'rware',
  mended: false,
  defaults: {},
  card: {
    title: 'Robotic warehouse (RWARE)',
    description:
      'Robots fetch requested shelves, bring them to a goal and put them back on a free place. They sense the cells around them; who carries a shelf cannot pass under others. Robots move in chains, of which the longest goes first; upstream decides equally long ones arbitrarily, here the chain whose last robot has the lowest number goes. Ids such as rware-small-4ag-hard-v2 name the parameters.',
    source: 'semitable/robotic-warehouse, rware 2.0.0, Warehouse; Papoudakis et al. (2021).',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.0366, standardError: 0.0019 },
      roles: { agent: { mean: 0.0183, standardError: 0.001 } },
    },
    baseline: {
      policies: { agent: 'carrier' },
      episodes: 1000,
      seed: 0,
      team: { mean: 24.083, standardError: 0.0831 },
      roles: { agent: { mean: 12.0415, standardError: 0.0416 } },
    },
    published: {
      result: '19.5 the team (MAPPO, 20 million steps)',
      source: 'Mava (instadeepai/Mava), plots of its README; Jumanji’s RobotWarehouse, tiny, 2 agents.',
    },
    knownAnswer:
      'EPyMARL (Papoudakis et al. 2021, the best evaluation of a run, 40 million steps) reports MAPPO at 21.2 on tiny-2ag, 49.4 on tiny-4ag, 27.0 on small-4ag, summed over robots; the scripted carrier averages 24, 44 and 31.',
  },
});

/** The robotic warehouse with the image layers of directions and loads the right way round. */
export const rwareMended = rwareWorld({
  id: 'rware-mended',
  mended: true,
  defaults: {},
  card: {
    title: 'Robotic warehouse (RWARE), mended',
    description:
      'As rware, but the image layers agentDirection and agentLoad have x and y where they belong; upstream exchanges them, and stops where that leads off the floor.',
    source: 'After semitable/robotic-warehouse, rware 2.0.0, mended.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.0366, standardError: 0.0019 },
      roles: { agent: { mean: 0.0183, standardError: 0.001 } },
    },
    baseline: {
      policies: { agent: 'carrier' },
      episodes: 1000,
      seed: 0,
      team: { mean: 24.083, standardError: 0.0831 },
      roles: { agent: { mean: 12.0415, standardError: 0.0416 } },
    },
    knownAnswer: 'See rware.',
  },
});
