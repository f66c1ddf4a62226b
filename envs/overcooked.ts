import { defineEnv, discrete } from '#core';
import { encodingSpace, writeEncoding } from './overcooked/encoding.ts';
import { featureSpace, writeFeatures } from './overcooked/features.ts';
import { kitchenOf } from './overcooked/kitchen.ts';
import { type OvercookedParams, overcookedParams } from './overcooked/params.ts';
import { drawKitchen, kitchenText } from './overcooked/scene.ts';
import { type OvercookedState, openKitchen } from './overcooked/start.ts';
import { actionNames, cook, resolveInteracts, resolveMovement } from './overcooked/turn.ts';

export { readOvercookedLayout } from './overcooked/layout-file.ts';
export type { OvercookedParams, OvercookedState };

/** Two cooks in a kitchen, as upstream plays it. */
export const overcooked = defineEnv<OvercookedState, OvercookedParams>({
  id: 'overcooked',
  params: overcookedParams,
  card: {
    title: 'Overcooked',
    description:
      'Two cooks put onions or tomatoes into pots, cook, fetch the soup with a dish and serve it. The five classic kitchens, or a map of one’s own; old and new dynamics; shaped rewards on request (`shapingWeight`).',
    source:
      'HumanCompatibleAI/overcooked_ai 1.1.0, OvercookedGridworld (old dynamics: HEAD 739950a); Carroll et al. (2019), "On the utility of learning about humans for human-AI coordination".',
    licence: 'Rules and maps are facts; overcooked_ai is MIT.',
    tests:
      'Coordination in close quarters: sharing out work, keeping out of each other’s way, conventions that strangers know too.',
    rewardScale: {
      agent: '20 for each ordered soup that either cook serves, plus own shaping times `shapingWeight`.',
      team: 'Twice that for soups: both cooks are paid.',
    },
    horizon: '400 steps (`horizon`), a truncation; never a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.212, standardError: 0.029 },
      roles: { player: { mean: 0.106, standardError: 0.0145 } },
    },
    baseline: {
      policies: { player: 'greedy-cook' },
      episodes: 1000,
      seed: 0,
      team: { mean: 343.2, standardError: 0.6448 },
      roles: { player: { mean: 171.6, standardError: 0.3224 } },
    },
    published: {
      result: '240 an agent (IPPO, 5 million steps)',
      source: 'JaxMARL 0.2.0, its configuration of cramped_room as shipped, run for comparison.',
    },
    knownAnswer:
      'Two of the scripted greedy-cook average, in the order in which the layouts are listed, 170, 278, 200, 260 and 198 an agent. JaxMARL’s IPPO (old dynamics, own start cells, 5 million steps) reaches 240 in cramped_room and 220 in coordination_ring.',
  },

  roles(params) {
    const kitchen = kitchenOf(params);
    const observation = params.observation === 'lossless' ? encodingSpace(kitchen) : featureSpace(kitchen, params);
    return [{ name: 'player', count: 2, observation, action: discrete(actionNames.length, actionNames) }];
  },

  declares(params) {
    const { value } = kitchenOf(params).menu;
    const { potPlacement, dishPickup, soupPickup } = params.shaping;
    const extremes = (list: Iterable<number>) =>
      [...list].reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [0, 0]);
    const [low, high] = extremes(value);
    const [least, most] = extremes([potPlacement, dishPickup, soupPickup]);
    const weight = params.shapingWeight;
    return { commonReward: weight === 0, rewardBounds: [2 * low + weight * least, 2 * high + weight * most] };
  },

  timeLimitSteps: ({ horizon, start }) => horizon - (start?.step ?? 0),

  init: openKitchen,

  observe(state, agent, out, params) {
    const kitchen = kitchenOf(params);
    if (params.observation === 'lossless') writeEncoding(state, agent, out, kitchen, params.horizon);
    else writeFeatures(state, agent, out, kitchen, params.featurePots);
  },

  step(state, actions, rewards, _rng, params) {
    const kitchen = kitchenOf(params);
    resolveInteracts(state, actions, kitchen, params);
    resolveMovement(state, actions, kitchen);
    cook(state, kitchen, params.oldDynamics);
    const { sparse, shaped, shapedSum } = state;
    for (let p = 0; p < 2; p++) {
      rewards[p] = sparse[0] + sparse[1] + params.shapingWeight * shaped[p];
      shapedSum[p] += shaped[p];
    }
    return false;
  },

  stateSize: (params) => encodingSpace(kitchenOf(params)).low.length,

  stateVector: (state, out, params) => writeEncoding(state, 0, out, kitchenOf(params), params.horizon),

  metrics({ served, shapedSum, step }) {
    const soups = served[0] + served[1];
    return {
      soups,
      shaped: shapedSum[0] + shapedSum[1],
      soupsPer100Steps: (100 * soups) / step,
      ...(soups === 0 ? {} : { servedByFirst: served[0] / soups }),
    };
  },

  text: kitchenText,
  draw: drawKitchen,
});
