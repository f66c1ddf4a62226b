import { defineEnv, discrete, type Role } from '#core';
import { onceFor } from '#core/once-for';
import { type NormalForm, normalForm } from './matrix-game/normal-form.ts';
import { observationSpace, writeObservation } from './matrix-game/observation.ts';
import { type MatrixGameParams, matrixGameParams } from './matrix-game/params.ts';
import { cellOf, drawGame, payoffText } from './matrix-game/scene.ts';
import { matrixSymmetries } from './matrix-game/symmetries.ts';

/** Shapes: recent [max(1, recall), n], joint actions by seat, newest first, -1 where nothing was played yet. */
export interface MatrixGameState {
  round: number;
  readonly recent: Int32Array;
  readonly totals: Float64Array;
}

/**
 * One-shot and repeated normal-form games: everybody chooses at once, the table pays, and what was played is seen afterwards.
 * LOLA's iterated prisoner's dilemma is `{ game: 'lola-prisoners-dilemma', rounds: 150, endless: true, encoding: 'joint' }`.
 */
export const matrixGame = defineEnv<MatrixGameState, MatrixGameParams>({
  id: 'matrix-game',
  params: matrixGameParams,
  card: {
    title: 'Normal-form games, one-shot and repeated',
    description:
      'Two or more players choose at once and are paid from a table; the last joint actions are observed. Fourteen shipped games, or a table of your own.',
    source:
      'Payoffs and observations: google-deepmind/open_spiel 2.0.2 (matrix_games, repeated_game). Climbing and penalty: Claus and Boutilier (1998), as in uoe-agents/matrix-games. Iterated dilemma: Foerster et al. (2018), alshedivat/lola.',
    licence: 'Rules and payoffs are facts; open_spiel is Apache-2.0, lola MIT.',
    tests: 'Cooperation and reciprocity, equilibrium selection, coordination without talk, cycling in zero-sum games.',
    rewardScale: {
      agent: 'One payoff a round; prisoner’s dilemma 0 to 10, so 0 to 100 over the 10 rounds of an episode.',
      team: 'Sum of all payoffs; prisoner’s dilemma 2 to 10 a round, 20 to 100 an episode.',
    },
    horizon: '10 rounds by default (`rounds`), and then the game is over; with `endless` it is cut off instead.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 80.016, standardError: 0.1101 },
      roles: { player: { mean: 40.008, standardError: 0.0551 } },
    },
    baseline: {
      policies: { player: 'tit-for-tat' },
      episodes: 1000,
      seed: 0,
      team: { mean: 100, standardError: 0 },
      roles: { player: { mean: 50, standardError: 0 } },
    },
    knownAnswer:
      'Prisoner’s dilemma: defecting is dominant, so 1 a round each; always cooperating pays 5 each. Climbing: best joint action pays 11 a round to each, the safe one 5.',
  },

  roles(params) {
    const game = gameTable(params);
    const role = (name: string, agent: number, count: number): Role => ({
      name,
      count,
      observation: observationSpace(game, agent, params),
      action: discrete(game.counts[agent], game.labels[agent]),
    });
    if (game.counts.every((count) => count === game.counts[0])) return [role('player', 0, game.players)];
    if (game.players === 2) return [role('row', 0, 1), role('column', 1, 1)];
    return game.counts.map((_, agent) => role(`player_${String.fromCharCode(97 + agent)}`, agent, 1));
  },

  declares(params) {
    const { zeroSum, commonReward, symmetric, bounds } = gameTable(params);
    return { zeroSum, commonReward, symmetric, rewardBounds: bounds };
  },

  symmetries: (params) => matrixSymmetries(gameTable(params), params),

  timeLimitSteps: (params) => (params.endless ? params.rounds : Number.POSITIVE_INFINITY),

  init(params) {
    const { players } = gameTable(params);
    return {
      round: 0,
      recent: new Int32Array(Math.max(1, params.recall) * players).fill(-1),
      totals: new Float64Array(players),
    };
  },

  observe(state, agent, out, params) {
    writeObservation(gameTable(params), agent, params, state.recent, out);
  },

  step(state, actions, rewards, rng, params) {
    const { players, strides, payoffs, rewards: table } = gameTable(params);
    const { recent } = state;
    recent.copyWithin(players, 0, recent.length - players);
    let cell = 0;
    for (let p = 0; p < players; p++) {
      recent[p] = actions[p];
      cell += actions[p] * strides[p];
    }
    for (let p = 0; p < players; p++) {
      rewards[p] = table[cell * players + p];
      state.totals[p] += payoffs[cell * players + p];
    }
    state.round++;
    if (!params.endless && state.round >= params.rounds) return true;
    return params.continuation < 1 && rng.random() >= params.continuation;
  },

  stateSize(params) {
    const perRound = gameTable(params).counts.reduce((sum, count) => sum + count, 0);
    return 1 + Math.max(1, params.recall) * perRound;
  },

  stateVector({ round, recent }, out, params) {
    const { counts } = gameTable(params);
    out.fill(0);
    out[0] = round / params.rounds;
    let at = 1;
    for (let i = 0; i < recent.length; i++) {
      if (recent[i] >= 0) out[at + recent[i]] = 1;
      at += counts[i % counts.length];
    }
  },

  outcome(_state, params) {
    const { labels, cooperate } = gameTable(params);
    return { game: cooperate === undefined ? { labels } : { labels, cooperate } };
  },

  text(state, agent, params) {
    const game = gameTable(params);
    const lines = [
      `${game.title}, ${roundText(state, params)}. You are player ${agent} of ${game.players}.`,
      `Your actions: ${game.labels[agent].join(', ')}.`,
    ];
    if (game.players === 2 && game.payoffs.length <= 64)
      lines.push('Payoffs (player 0, player 1):', ...tableText(game));
    for (let r = 0; r < params.recall && state.recent[r * game.players] >= 0; r++) {
      const played = game.labels.map((labels, p) => `player ${p} ${labels[state.recent[r * game.players + p]]}`);
      const paid = payoffText(game, cellOf(game, state.recent, r * game.players));
      lines.push(`${r === 0 ? 'Last round' : `${r + 1} rounds ago`}: ${played.join(', ')}; payoffs ${paid}.`);
    }
    return lines.join('\n');
  },

  draw(state, params) {
    const game = gameTable(params);
    const totals = Array.from(state.totals, (total) => Math.round(total * 1000) / 1000).join(', ');
    return drawGame(game, state.recent, `${game.title}, ${roundText(state, params)}. Totals: ${totals}`);
  },
});

/** The game that parameters describe, which never change during a run: worked out once, for play. */
export const gameTable = onceFor((params: MatrixGameParams): NormalForm => normalForm(params));

function roundText({ round }: MatrixGameState, params: MatrixGameParams): string {
  if (round === 0) return params.endless ? 'before the first round' : `before the first of ${params.rounds} rounds`;
  return params.endless ? `${round} rounds played` : `${round} of ${params.rounds} rounds played`;
}

function tableText(game: NormalForm): string[] {
  return game.labels[0].flatMap((row, i) =>
    game.labels[1].map((column, j) => `  ${row}, ${column}: ${payoffText(game, i * game.strides[0] + j)}`),
  );
}
