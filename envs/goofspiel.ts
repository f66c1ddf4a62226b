import { discrete, fieldBox } from '#core';
import { drawTable, plain } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';
import { observationFields, writeObservation } from './goofspiel/observation.ts';
import {
  allPoints,
  type GoofspielParams,
  type GoofspielState,
  goofspielParams,
  goofspielRules,
  turnsOf,
} from './goofspiel/rules.ts';

/** Goofspiel, the game of pure strategy: sealed bids with one’s own cards for point cards. */
export const goofspiel = exactWorld<GoofspielState, GoofspielParams>(goofspielRules, {
  id: 'goofspiel',
  params: goofspielParams,
  card: {
    title: 'Goofspiel',
    description:
      'Everybody holds the same cards and bids one of them at once for each point card; the single highest bid takes it. With open or hidden bids, any number of cards and turns, two to ten players.',
    source:
      'Ross (1971), "Goofspiel: the game of pure strategy"; rules, options and tensors of google-deepmind/open_spiel 2.0.2, games/goofspiel.',
    licence: 'Rules are facts; open_spiel is Apache-2.0.',
    tests: 'Simultaneous moves, budgeting over a long game, mixing; under hidden bids also inference.',
    rewardScale: {
      agent:
        'At the end: 1 against -1, shared (`win-loss`); or points less the mean; or points, 91 in all with 13 cards.',
      team: '0, except for `total-points`.',
    },
    horizon: 'One step a card but the last: 12 with 13 cards. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0, standardError: 0 },
      roles: { player: { mean: 0, standardError: 0 } },
    },
    knownAnswer:
      'Symmetric, so worth 0. Against a uniformly random opponent the best reply is to bid the value of the point card (Ross 1971, for point differences).',
  },

  roles(params) {
    const { players, cards } = params;
    const labels = Array.from({ length: cards }, (_, card) => `bid ${card + 1}`);
    const observation = fieldBox(observationFields(params), 0, 1);
    return [{ name: 'player', count: players, observation, action: discrete(cards, labels) }];
  },

  declares(params) {
    const { players, returns } = params;
    const sum = allPoints(params);
    if (returns === 'total-points') return { rewardBounds: [0, sum] };
    if (returns === 'win-loss') return { zeroSum: true, rewardBounds: [-1, 1] };
    return { zeroSum: true, rewardBounds: [-sum / players, (sum * (players - 1)) / players] };
  },

  observe: (state, agent, out, params) => writeObservation(state, agent, out, params),

  stateSize: (params) => params.cards * (2 + params.players) + params.players,

  stateVector(state, out, params) {
    const { players, cards } = params;
    out.fill(0);
    if (state.dealt > 0) out[state.pointCards[state.dealt - 1]] = 1;
    for (let i = 0; i < state.dealt; i++) out[cards + state.pointCards[i]] = 1;
    for (let i = 0; i < state.hands.length; i++) out[2 * cards + i] = state.hands[i];
    for (let p = 0; p < players; p++) out[(2 + players) * cards + p] = state.points[p] / allPoints(params);
  },

  metrics: (state, params) => {
    const given = state.points.reduce((sum, points) => sum + points, 0);
    return { tiedTricks: state.winners.filter((winner) => winner < 0).length / turnsOf(params), pointsTaken: given };
  },

  text(state, agent, params) {
    const { players, cards } = params;
    const hand = Array.from({ length: cards }, (_, card) => card).filter(
      (card) => state.hands[agent * cards + card] === 1,
    );
    const lines = [
      `Goofspiel, ${players} players, ${cards} cards. You are player ${agent}.`,
      `Points: ${Array.from(state.points, (points, p) => `player ${p} ${points}`).join(', ')}.`,
      ...Array.from({ length: state.played }, (_, i) => `Trick ${i + 1}: ${trickText(state, i, agent, params)}.`),
    ];
    if (state.played === turnsOf(params))
      lines.push(`The game is over. You get ${plain(wonBy(state, agent, params))}.`);
    else {
      lines.push(`The point card is ${state.pointCards[state.played] + 1}.`);
      lines.push(`Bid one of your cards: ${hand.map((card) => card + 1).join(', ')}.`);
    }
    return lines.join('\n');
  },

  draw(state, params) {
    const { players, cards } = params;
    const row = (name: string, filled: (card: number) => boolean, p?: number) =>
      [
        name,
        ...Array.from({ length: cards }, (_, card) => ({
          label: filled(card) ? String(card + 1) : '',
          ...(filled(card) && p !== undefined ? { fill: `agent${p}` as const } : {}),
        })),
      ] as const;
    const up = state.pointCards.subarray(0, state.dealt);
    const rows = Array.from({ length: players }, (_, p) =>
      row(`player ${p}: ${state.points[p]}`, (card) => state.hands[p * cards + card] === 1, p),
    );
    const current = state.played < state.dealt ? `, point card ${state.pointCards[state.played] + 1}` : '';
    return drawTable([row('points left', (card) => !up.includes(card)), ...rows], `Trick ${state.played}${current}`);
  },
});

export type { GoofspielParams, GoofspielState };

function trickText(state: GoofspielState, trick: number, agent: number, { players, hidden }: GoofspielParams): string {
  const bids = Array.from(state.bids.subarray(trick * players, (trick + 1) * players), (bid, p) => ({
    p,
    bid: bid + 1,
  }));
  const seen = bids.filter(({ p }) => !hidden || p === agent).map(({ p, bid }) => `player ${p} bid ${bid}`);
  const winner = state.winners[trick];
  return `point card ${state.pointCards[trick] + 1}, ${seen.join(', ')}, ${winner < 0 ? 'nobody takes it' : `player ${winner} takes it`}`;
}

function wonBy(state: GoofspielState, agent: number, params: GoofspielParams): number {
  const returns = new Float64Array(params.players);
  goofspielRules.returns(state, returns, params);
  return returns[agent];
}
