import { z } from 'zod';
import { defineEnv, discrete, fieldBox, type Rng } from '#core';
import { type CoinCounts, cellName, coinMetrics, colorNames, drawTorus, moved, moveNames } from './coin-game/torus.ts';

const shape = z.strictObject({
  size: z.int().min(2).max(64).default(3).describe('Cells along each side; the edges are joined.'),
  steps: z.int().min(1).default(150).describe('Steps after which an episode is cut off.'),
});

export type CoinGameLolaParams = z.infer<typeof shape>;

export interface CoinGameLolaState extends CoinCounts {
  /** Cells of red and blue. Shapes: [2]. */
  readonly players: Int32Array;
  coin: number;
  /** 0 red, 1 blue. */
  color: number;
  step: number;
}

const red = 0;

/** The colours take turns; a coin never lies where somebody stands. */
function nextCoin(state: CoinGameLolaState, rng: Rng, size: number): void {
  state.color = 1 - state.color;
  do state.coin = rng.integer(0, size * size);
  while (state.coin === state.players[0] || state.coin === state.players[1]);
}

/** One coin at a time, red and blue in turn. */
export const coinGameLola = defineEnv<CoinGameLolaState, CoinGameLolaParams>({
  id: 'coin-game-lola',
  params: shape,
  card: {
    title: 'Coin game (LOLA)',
    description:
      'Two players, red and blue, on a torus of 3 x 3. A coin is worth 1 to whoever takes it; its owner loses 2 when the other does. One coin lies at a time, its colour alternates, and red is served first where both arrive.',
    source:
      'Foerster et al. (2018), "Learning with opponent-learning awareness"; rules of alshedivat/lola, lola/envs/coin_game.py, after Lerer and Peysakhovich (2017).',
    licence: 'Rules are facts; the implementation of LOLA is MIT.',
    tests: 'A social dilemma over time: leaving the other’s coins alone pays only if the other does too.',
    rewardScale: {
      agent: '1 for a coin, -2 for an own coin that the other takes.',
      team: '1 for a coin that its owner takes, -1 for any other.',
    },
    horizon: '150 steps (`steps`), a truncation.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -0.0543, standardError: 0.0558 },
      roles: { red: { mean: 1.7962, standardError: 0.0635 }, blue: { mean: -1.8505, standardError: 0.0631 } },
    },
    knownAnswer: 'Where both take every coin that they can, half are the other’s, and nobody gains.',
  },

  roles({ size }) {
    const plane = size * size;
    const observation = fieldBox(
      ['red player', 'blue player', 'red coin', 'blue coin'].map((name) => ({ name, size: plane })),
      0,
      1,
    );
    const action = discrete(4, moveNames.slice(0, 4));
    return colorNames.map((name) => ({ name, count: 1, observation, action }));
  },

  declares: () => ({ rewardBounds: [-2, 1] }),
  timeLimitSteps: ({ steps }) => steps,

  init({ size }, rng) {
    const state = {
      players: new Int32Array(2),
      coin: 0,
      color: rng.integer(0, 2),
      step: 0,
      own: new Int32Array(2),
      others: new Int32Array(2),
    };
    state.players[0] = rng.integer(0, size * size);
    do state.players[1] = rng.integer(0, size * size);
    while (state.players[1] === state.players[0]);
    nextCoin(state, rng, size);
    return state;
  },

  observe({ players, coin, color }, _agent, out, { size }) {
    const plane = size * size;
    out.fill(0);
    out[players[0]] = 1;
    out[plane + players[1]] = 1;
    out[(2 + color) * plane + coin] = 1;
  },

  step(state, actions, rewards, rng, { size }) {
    const { players, own, others } = state;
    for (let p = 0; p < 2; p++) players[p] = moved(players[p], actions[p], size);
    state.step++;
    const taker = players[red] === state.coin ? red : players[1] === state.coin ? 1 : -1;
    if (taker < 0) return false;
    rewards[taker] = 1;
    if (taker === state.color) own[taker]++;
    else {
      others[taker]++;
      rewards[state.color] = -2;
    }
    nextCoin(state, rng, size);
    return false;
  },

  metrics: coinMetrics,

  text({ players, coin, color, step }, agent, { size, steps }) {
    return [
      `Step ${step} of ${steps}, a board of ${size} x ${size} with joined edges. You are ${colorNames[agent]}, at ${cellName(players[agent], size)}; ${colorNames[1 - agent]} is at ${cellName(players[1 - agent], size)}.`,
      `A ${colorNames[color]} coin lies at ${cellName(coin, size)}. Move right, left, down or up.`,
    ].join('\n');
  },

  draw({ players, coin, color, step }, { size, steps }) {
    return drawTorus(size, players, color === red ? [coin, -1] : [-1, coin], `Step ${step} of ${steps}`);
  },
});
