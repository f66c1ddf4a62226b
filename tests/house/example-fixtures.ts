import { createStreams, type EpisodeRecord } from '#core';
import { flattenTree, normalFormTree } from '#math';
import { metrics } from '#metrics';
import { coin } from '../core/worlds.ts';

/** Matching pennies. */
const tree = flattenTree(
  normalFormTree([
    [
      [1, -1],
      [-1, 1],
    ],
    [
      [-1, 1],
      [1, -1],
    ],
  ]),
);

/** Four steps of a speaker and two listeners. */
const episode: EpisodeRecord = {
  format: 'polity-episode/1',
  env: 'talk',
  params: {},
  seed: '1',
  timeLimitSteps: null,
  agents: ['speaker_0', 'listener_0', 'listener_1'],
  seats: { 'speaker[0]': 'random', 'listener[0]': 'random', 'listener[1]': 'random' },
  actions: [],
  rewards: [],
  returns: [1, 2, 3.1],
  length: 4,
  ended: 'terminated',
  metrics: {},
  outcome: {},
};

/** 256 episodes whose team returns are 6.1 on average and spread so that the standard error of that is 0.2. */
const spread = 0.2 * Math.sqrt(255);
const episodes = Array.from({ length: 256 }, (_, i) => ({
  ...episode,
  returns: [1, 2, 3.1 + (i % 2 === 0 ? spread : -spread)],
}));

/** What examples may name without saying where it comes from. */
export const fixtures: Readonly<Record<string, unknown>> = {
  coin,
  episode,
  episodes,
  metrics,
  outcome: { agreement: true, utilities: [], disagreement: [], feasible: [], rounds: 3, firstProposer: 0 },
  rng: createStreams('examples').stream('rng'),
  tree,
};
