import { z } from 'zod';
import { defineEnv, discrete, fieldBox, type Rng } from '#core';
import { type CoinCounts, cellName, coinMetrics, colorNames, drawTorus, moved, moveNames } from './coin-game/torus.ts';

const payoff = z.tuple([z.number(), z.number(), z.number()]);

const shape = z.strictObject({
  innerSteps: z.int().min(1).default(10).describe('Steps after which players and coins are placed anew.'),
  outerSteps: z.int().min(1).default(10).describe('How many such games an episode has.'),
  egocentric: z.boolean().default(false).describe('Show the board with the observing player in the middle.'),
  sharedRewards: z.boolean().default(false).describe('Both get the sum.'),
  payoffs: z
    .tuple([payoff, payoff])
    .default([
      [1, 1, -2],
      [1, 1, -2],
    ])
    .describe(
      'For red and for blue: for taking a red coin, for taking a blue coin, when the other takes the own coin.',
    ),
});

export type CoinGameJaxmarlParams = z.infer<typeof shape>;

export interface CoinGameJaxmarlState extends CoinCounts {
  /** Cells of red and blue, and of their coins. Shapes: [2]. */
  readonly players: Int32Array;
  readonly coins: Int32Array;
  step: number;
}

const size = 3;
const cells = size * size;
const planes = 4;

function place({ players, coins }: CoinGameJaxmarlState, rng: Rng): void {
  for (let p = 0; p < 2; p++) players[p] = rng.integer(0, cells);
  for (let c = 0; c < 2; c++) coins[c] = rng.integer(0, cells);
}

/** A cell as seen with another in the middle. */
function seenFrom(cell: number, middle: number): number {
  const row = (Math.floor(cell / size) - Math.floor(middle / size) + 1 + size) % size;
  const column = ((cell % size) - (middle % size) + 1 + size) % size;
  return row * size + column;
}

/** Two coins at a time, and several games in a row. */
export const coinGameJaxmarl = defineEnv<CoinGameJaxmarlState, CoinGameJaxmarlParams>({
  id: 'coin-game-jaxmarl',
  params: shape,
  card: {
    title: 'Coin game (JaxMARL)',
    description:
      'Two players, red and blue, on a torus of 3 x 3 with a coin of each colour. A coin is worth 1 to whoever steps on it (to both who do), and its owner loses 2 when the other does; it then lies anywhere. After every 10 steps all are placed anew, and, as upstream, what that step brings is not paid. Each player sees itself as the first.',
    source: 'FLAIROx/JaxMARL 0.2.0, coin_game; after Lerer and Peysakhovich (2017) and Foerster et al. (2018).',
    licence: 'Rules are facts; JaxMARL is Apache-2.0.',
    tests: 'A social dilemma over several games, where players can shape each other.',
    rewardScale: {
      agent: '1 for a coin, -2 for an own coin that the other takes (`payoffs`).',
      team: 'The sum over both.',
    },
    horizon: '100 steps (`innerSteps` x `outerSteps`), a truncation.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -0.0175, standardError: 0.0543 },
      roles: { player: { mean: -0.0088, standardError: 0.0271 } },
    },
    knownAnswer: 'Where both step on every coin that they can, half are the other’s, and nobody gains.',
  },

  roles: () => [
    {
      name: 'player',
      count: 2,
      observation: fieldBox(
        Array.from({ length: cells }, (_, cell) =>
          ['self', 'other', 'own coin', 'other’s coin'].map((name) => ({ name: `${name} ${cell}`, size: 1 })),
        ).flat(),
        0,
        1,
      ),
      action: discrete(moveNames.length, moveNames),
    },
  ],

  declares({ payoffs, sharedRewards }) {
    const highest = payoffs.map(([a, b, loss]) => Math.max(0, a) + Math.max(0, b) + Math.max(0, loss));
    const lowest = payoffs.map(([a, b, loss]) => Math.min(0, a) + Math.min(0, b) + Math.min(0, loss));
    const sum = (list: readonly number[]) => list[0] + list[1];
    return {
      commonReward: sharedRewards,
      symmetric: String(payoffs[0]) === String([payoffs[1][1], payoffs[1][0], payoffs[1][2]]),
      rewardBounds: sharedRewards ? [sum(lowest), sum(highest)] : [Math.min(...lowest), Math.max(...highest)],
    };
  },

  timeLimitSteps: ({ innerSteps, outerSteps }) => innerSteps * outerSteps,

  init(_params, rng) {
    const state = {
      players: new Int32Array(2),
      coins: new Int32Array(2),
      step: 0,
      own: new Int32Array(2),
      others: new Int32Array(2),
    };
    place(state, rng);
    return state;
  },

  observe({ players, coins }, agent, out, { egocentric }) {
    const middle = players[agent];
    out.fill(0);
    for (let k = 0; k < 2; k++) {
      const who = k === 0 ? agent : 1 - agent;
      out[(egocentric ? seenFrom(players[who], middle) : players[who]) * planes + k] = 1;
      out[(egocentric ? seenFrom(coins[who], middle) : coins[who]) * planes + 2 + k] = 1;
    }
  },

  step(state, actions, rewards, rng, { innerSteps, payoffs, sharedRewards }) {
    const { players, coins, own, others } = state;
    for (let p = 0; p < 2; p++) players[p] = moved(players[p], actions[p], size);
    state.step++;
    const isLast = state.step % innerSteps === 0;
    for (let c = 0; c < 2; c++) {
      const coin = coins[c];
      let isTaken = false;
      for (let p = 0; p < 2; p++) {
        if (players[p] !== coin) continue;
        isTaken = true;
        if (p === c) own[p]++;
        else others[p]++;
        if (isLast) continue;
        rewards[p] += payoffs[p][c];
        if (p !== c) rewards[c] += payoffs[c][2];
      }
      if (isTaken) coins[c] = rng.integer(0, cells);
    }
    if (sharedRewards) rewards.fill(rewards[0] + rewards[1]);
    if (isLast) place(state, rng);
    return false;
  },

  stateSize: () => cells * planes,

  stateVector({ players, coins }, out) {
    out.fill(0);
    for (let k = 0; k < 2; k++) {
      out[players[k] * planes + k] = 1;
      out[coins[k] * planes + 2 + k] = 1;
    }
  },

  metrics: coinMetrics,

  text({ players, coins, step }, agent, { innerSteps, outerSteps }) {
    const at = (cell: number) => cellName(cell, size);
    return [
      `Step ${step} of ${innerSteps * outerSteps}; all are placed anew after every ${innerSteps}. The board is 3 x 3 with joined edges.`,
      `You are ${colorNames[agent]}, at ${at(players[agent])}; your coin lies at ${at(coins[agent])}. ${colorNames[1 - agent]} is at ${at(players[1 - agent])}, its coin at ${at(coins[1 - agent])}.`,
      'Move right, left, down or up, or stay.',
    ].join('\n');
  },

  draw: ({ players, coins, step }, { innerSteps, outerSteps }) =>
    drawTorus(size, players, coins, `Step ${step} of ${innerSteps * outerSteps}`),
});
