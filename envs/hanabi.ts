import { discrete } from '#core';
import { exactWorld } from './exact/world.ts';
import { drawTable, moveNames, tableText } from './hanabi/looks.ts';
import { observationSpace, stateVectorSize, writeObservation, writeStateVector } from './hanabi/observation.ts';
import { type HanabiParams, hanabiParams } from './hanabi/params.ts';
import { type HanabiState, hanabiRules, scoreOf } from './hanabi/rules.ts';

/** Hanabi: everybody sees all hands but the own, and may say little. */
export const hanabi = exactWorld<HanabiState, HanabiParams>(hanabiRules, {
  id: 'hanabi',
  params: hanabiParams,
  card: {
    title: 'Hanabi',
    description:
      'Two to five players lay out cards in order, colour by colour. Everybody sees all cards but its own and learns about those only from hints, which are few.',
    source:
      'Bard et al. (2020), "The Hanabi challenge: a new frontier for AI research"; rules, move numbers and encoding of google-deepmind/hanabi-learning-environment through open_spiel 2.0.2.',
    licence: 'Rules are facts; both are Apache-2.0.',
    tests: 'Conventions under scarce communication, theory of mind, play with unknown partners.',
    rewardScale: {
      agent: '1 for each card laid out, the same for all; everything is lost again with the last life. 0 to 25.',
      team: 'The score once for each player.',
    },
    horizon:
      'Until all is laid out, the lives are lost, or each has had a turn after the deck is empty; about 60 moves in good play. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0, standardError: 0 },
      roles: { player: { mean: 0, standardError: 0 } },
    },
    baseline: {
      policies: { player: 'cautious' },
      episodes: 1000,
      seed: 0,
      team: { mean: 38.138, standardError: 0.1183 },
      roles: { player: { mean: 19.069, standardError: 0.0591 } },
    },
    published: {
      result: '24.10 ± 0.04 (SAD+AUX, self-play)',
      source: 'Other-Play, Hu et al. (2020): means of the matrices in facebookresearch/hanabi_SAD, 12 seeds.',
    },
    knownAnswer: 'The most is 25; random play loses all its lives and so gets 0.',
  },

  roles(params) {
    const names = moveNames(params);
    return [
      {
        name: 'player',
        count: params.players,
        observation: observationSpace(params),
        action: discrete(names.length, names),
      },
    ];
  },

  declares: ({ colors, ranks }) => ({ commonReward: true, rewardBounds: [1 - colors * ranks, 1] }),

  observe: (state, agent, out, params) => writeObservation(state, agent, out, params),
  stateSize: stateVectorSize,
  stateVector: (state, out, params) => writeStateVector(state, out, params),

  metrics(state, { lives, ranks, colors }) {
    const { laid } = state;
    return {
      score: scoreOf(state),
      laidOut: laid,
      mistakes: lives - state.lives,
      complete: laid === ranks * colors ? 1 : 0,
    };
  },

  text: (state, agent, params) => tableText(state, agent, params),
  draw: (state, params) => drawTable(state, params),
});

export type { HanabiParams, HanabiState };
