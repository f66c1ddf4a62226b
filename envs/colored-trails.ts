import { discrete } from '#core';
import { onceFor } from '#core/once-for';
import { responder } from './colored-trails/boards.ts';
import {
  drawTrails,
  observationSpace,
  stateVectorSize,
  trailsText,
  writeObservation,
  writeStateVector,
} from './colored-trails/looks.ts';
import {
  type ColoredTrailsParams,
  type ColoredTrailsState,
  coloredTrailsParams,
  coloredTrailsRules,
  trailsGame,
} from './colored-trails/rules.ts';
import { tradeName } from './colored-trails/trades.ts';
import { exactWorld } from './exact/world.ts';

/** Colored Trails: chips to walk with, two who offer trades and one who may take one of them. */
export const coloredTrails = exactWorld<ColoredTrailsState, ColoredTrailsParams>(coloredTrailsRules, {
  id: 'colored-trails',
  params: coloredTrailsParams,
  card: {
    title: 'Colored Trails',
    description:
      'Three players on a board of coloured cells need chips of the right colours to walk to the flag. Two of them each propose a trade of chips to the third, who takes one or none. Nobody can reach the flag without a trade.',
    source:
      'Ficici and Pfeffer (2008); de Jong, Hennes, Tuyls and Gal (2011), "Metastrategies in the colored trails game"; rules, boards, action numbers and tensor of google-deepmind/open_spiel 2.0.2, games/colored_trails.',
    licence: 'Rules are facts; the boards are Apache-2.0, copyright 2019 DeepMind Technologies Limited.',
    tests: 'Offers in competition: what another needs, how little is enough, who is dealt with.',
    rewardScale: {
      agent:
        'What the trade adds to the own score at the end: 10 a chip left, -25 a cell short of the flag; within 170 either way by default.',
      team: 'Sum of the three.',
    },
    horizon: 'Three moves. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 12.002, standardError: 0.2304 },
      roles: {
        proposer: { mean: 2.044, standardError: 0.1027 },
        responder: { mean: 7.914, standardError: 0.2248 },
      },
    },
    baseline: {
      policies: { proposer: 'greedy-trader', responder: 'greedy-trader' },
      episodes: 1000,
      seed: 0,
      team: { mean: 50.01, standardError: 0.522 },
      roles: { proposer: { mean: 18.565, standardError: 0.19 }, responder: { mean: 12.88, standardError: 0.2757 } },
    },
  },

  roles(params) {
    const observation = observationSpace(params);
    const { pass } = trailsGame(params);
    return [
      { name: 'proposer', count: 2, observation, action: discrete(pass + 1, labelsOf(params)) },
      { name: 'responder', count: 1, observation, action: discrete(3, ['deal with 0', 'deal with 1', 'no deal']) },
    ];
  },

  declares(params) {
    const { size } = trailsGame(params).boards[0];
    // A trade changes how many chips one has by less than `tradeChips`, and what they reach by the width and height of the board at most.
    const most = 10 * (params.tradeChips - 1) + 25 * 2 * (size - 1);
    return { rewardBounds: [-most, most] };
  },

  observe: (state, agent, out, params) => writeObservation(state, agent, out, params),
  stateSize: (params) => stateVectorSize(params),
  stateVector: (state, out, params) => writeStateVector(state, out, params),

  metrics({ decision, gains, proposals }, params) {
    const { pass } = trailsGame(params);
    const dealt = decision < responder && proposals[decision] !== pass;
    return { dealt: dealt ? 1 : 0, welfare: gains[0] + gains[1] + gains[2], responderGain: gains[responder] };
  },

  text: (state, agent, params) => trailsText(state, agent, params),
  draw: (state, params) => drawTrails(state, params),
});

export type { ColoredTrailsParams, ColoredTrailsState };
export { trailsGame };

/** Names of the proposers’ actions by parameters, which never change during a run: made once. */
const labelsOf = onceFor((params: ColoredTrailsParams): readonly string[] => {
  const { trades, boards } = trailsGame(params);
  const names = Array.from({ length: trades.count }, (_, trade) => tradeName(trades, trade, boards[0].colors));
  // Upstream numbers the responder’s two deals here; proposers never choose them.
  return [...names, 'deal with 0', 'deal with 1', 'no trade'];
});
