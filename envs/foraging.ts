import { defineEnv, discrete, type EnvCard, type EnvDef } from '#core';
import { observationSpace, writeLayers, writeLists } from './foraging/observation.ts';
import { eachOf, type ForagingDefaults, type ForagingParams, foragingParams, highestFood } from './foraging/params.ts';
import { drawField, fieldText } from './foraging/scene.ts';
import { type ForagingState, layOut } from './foraging/spawn.ts';
import { actionNames, isLegal, loadFoods, movePlayers, noteWishes } from './foraging/turn.ts';

export type { ForagingParams } from './foraging/params.ts';
export type { ForagingState } from './foraging/spawn.ts';

/** What tells one foraging world from another. */
export interface ForagingVariant {
  readonly id: string;
  /** Players never share a cell, and see players no farther than foods. */
  readonly strict: boolean;
  readonly defaults: ForagingDefaults;
  readonly card: Partial<EnvCard>;
}

/** A foraging world: upstream's, or the strict one, with the defaults that its id names. */
export function foragingWorld({ id, strict, defaults, card }: ForagingVariant): EnvDef<ForagingParams, ForagingState> {
  return defineEnv<ForagingState, ForagingParams>({
    id,
    params: foragingParams(defaults),
    card: { ...shared, ...card },

    roles: (params) => [
      {
        name: 'agent',
        count: params.players,
        observation: observationSpace(params),
        action: discrete(actionNames.length, actionNames),
      },
    ],

    declares(params) {
      const highest = params.normaliseReward
        ? 1
        : Math.max(...eachOf(params.maxPlayerLevel, params.players)) * highestFood(params);
      return { symmetric: true, rewardBounds: [Math.min(0, -params.penalty), Math.max(highest, -params.penalty)] };
    },

    timeLimitSteps: (params) => params.maxSteps,

    init: layOut,

    observe(state, agent, out, params) {
      if (params.gridObservation) writeLayers(state, agent, out, params);
      else writeLists(state, agent, out, params, strict);
    },

    legal(state, agent, mask, params) {
      for (let action = 1; action < mask.length; action++) {
        if (!isLegal(state, agent, action, params)) mask[action] = 0;
      }
    },

    step(state, actions, rewards, _rng, params) {
      state.steps++;
      noteWishes(state, actions, params);
      movePlayers(state, strict);
      loadFoods(state, rewards, params);
      return state.left === 0;
    },

    stateSize: ({ foods, players }) => 3 * foods + 3 * players,

    stateVector({ foods, levels, players, playerLevels, spawned }, out, params) {
      let at = 0;
      for (let f = 0; f < params.foods; f++) {
        const there = f < spawned && levels[f] > 0;
        at = writePlace(there ? foods[f] : -1, there ? levels[f] : 0, params.columns, out, at);
      }
      for (let p = 0; p < players.length; p++) at = writePlace(players[p], playerLevels[p], params.columns, out, at);
    },

    metrics: ({ loadedLevels, spawned, spawnedLevels, left }) => ({
      ...(spawnedLevels === 0 ? {} : { loaded: loadedLevels / spawnedLevels }),
      cleared: left === 0 && spawned > 0 ? 1 : 0,
    }),

    text: fieldText,
    draw: drawField,
  });
}

function writePlace(cell: number, level: number, columns: number, out: Float32Array, at: number): number {
  out[at] = cell < 0 ? -1 : Math.floor(cell / columns);
  out[at + 1] = cell < 0 ? -1 : cell % columns;
  out[at + 2] = level;
  return at + 3;
}

const shared: Partial<EnvCard> = {
  licence: 'Rules are facts; lb-foraging is MIT.',
  tests: 'Cooperation that nobody can do without: meeting at the right food at the right time, with unequal partners.',
  rewardScale: {
    agent: 'Own share of the food that is loaded, by level; without `normaliseReward` own level times the food’s.',
    team: 'Clearing the field pays 1 in all, each food its part by level.',
  },
  horizon: 'Until the field is cleared (a termination), at most 50 steps (`maxSteps`, a truncation).',
};

const published =
  'Clearing the field pays the team 1; the scripted greedy-forager averages 0.99 here, 0.96 on 15x15-4p-3f, 0.59 on 2s-8x8-2p-2f-coop. EPyMARL (Papoudakis et al. 2021, the best evaluation of a run) reports 1.00 for MAPPO and QMIX 0.96 on Foraging-8x8-2p-2f-coop, MAPPO 0.96 and IQL 0.54 on 15x15-4p-3f.';

/** Level-based foraging as upstream plays it: `foraging` is `Foraging-8x8-2p-2f-coop-v3` unless its parameters say otherwise. */
export const foraging = foragingWorld({
  id: 'foraging',
  strict: false,
  defaults: {},
  card: {
    title: 'Level-based foraging',
    description:
      'Players of different levels gather food of different levels on a grid. A food is loaded when players beside it, all loading at once, have levels that add up to its own. As upstream, players can come to share a cell. Ids such as Foraging-2s-10x10-3p-3f-coop-v3 name the parameters.',
    source:
      'semitable/lb-foraging, lbforaging 2.0.0, ForagingEnv; Albrecht and Ramamoorthy (2013), Papoudakis et al. (2021).',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.0068, standardError: 0.0006 },
      roles: { agent: { mean: 0.0034, standardError: 0.0003 } },
    },
    baseline: {
      policies: { agent: 'greedy-forager' },
      episodes: 1000,
      seed: 0,
      team: { mean: 0.996, standardError: 0.0016 },
      roles: { agent: { mean: 0.498, standardError: 0.0008 } },
    },
    published: {
      result: '1.00 the team (IPPO, MAPPO), the most there is',
      source: 'Mava (instadeepai/Mava), plots of its README.',
    },
    knownAnswer: published,
  },
});

/** Level-based foraging with two of upstream's defects mended. */
export const foragingStrict = foragingWorld({
  id: 'foraging-strict',
  strict: true,
  defaults: {},
  card: {
    title: 'Level-based foraging, strict',
    description:
      'As foraging, but players never share a cell (whoever wants a cell that its owner could not leave is refused too), and players are seen within `sight` only, at every border. Ids: ForagingStrict-8x8-2p-2f-coop-v1.',
    source: 'After semitable/lb-foraging, lbforaging 2.0.0, mended.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.0068, standardError: 0.0006 },
      roles: { agent: { mean: 0.0034, standardError: 0.0003 } },
    },
    baseline: {
      policies: { agent: 'greedy-forager' },
      episodes: 1000,
      seed: 0,
      team: { mean: 0.996, standardError: 0.0016 },
      roles: { agent: { mean: 0.498, standardError: 0.0008 } },
    },
    knownAnswer: 'Clearing the field pays the team 1; the scripted greedy-forager averages 0.99.',
  },
});
