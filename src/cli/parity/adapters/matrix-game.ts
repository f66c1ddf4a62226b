import { z } from 'zod';
import { PolityError, parseWith } from '#core';
import { blotto, type ExactRules, type GameName, gameTable, matrixGame } from '#envs';
import { blottoRules } from '#envs/blotto/rules';
import { type Fact, gameAdapter, type Position } from '../game-adapter.ts';
import type { GameCase } from '../game-case.ts';

const shippedAs: Readonly<Record<string, GameName>> = {
  matrix_pd: 'prisoners-dilemma',
  matrix_sh: 'stag-hunt',
  matrix_cd: 'chicken',
  matrix_bos: 'battle-of-the-sexes',
  matrix_coordination: 'coordination',
  matrix_mp: 'matching-pennies',
  matrix_rps: 'rock-paper-scissors',
  matrix_rpsw: 'rock-paper-scissors-water',
  matrix_brps: 'biased-rock-paper-scissors',
  matrix_shapleys_game: 'shapley',
};

const matrix = z.array(z.array(z.number()));
const spelledOut = z.strictObject({ rowPayoffs: matrix, columnPayoffs: matrix, actionNames: z.array(z.string()) });
const stageGame = z.looseObject({ name: z.string() });
const repeated = z.strictObject({
  num_repetitions: z.int(),
  recall: z.int().default(1),
  stage_game: z.union([stageGame, z.string().transform((name) => ({ name: name.replace(/\(.*$/, '') }))]),
});

type Moment = Position<Parameters<typeof matrixGame.roles>[0], ReturnType<typeof matrixGame.init>>;

/** OpenSpiel's one-shot `matrix_*` games. Its observation is one number: whether the game is over. */
export const matrixAdapter = gameAdapter({
  recorded: ['matrix_*'],
  env: matrixGame,
  params(recorded, where) {
    const table = ownTable(recorded, where);
    const game = shippedAs[recorded.world];
    return { ...(game === undefined ? table : { game }), rounds: 1 };
  },
  observation: ({ driver }) => [driver.isOver(0) ? 1 : 0],
  facts: tableFacts,
});

/** OpenSpiel's `repeated_game` of a matrix game: everybody sees the last joint actions by seat, newest first. */
export const repeatedGameAdapter = gameAdapter({
  recorded: ['repeated_game'],
  env: matrixGame,
  params(recorded, where) {
    const { num_repetitions, recall, stage_game } = parseWith(repeated, recorded.params, where);
    return { ...stageTable(stage_game, `${where}.stage_game`), rounds: num_repetitions, recall, view: 'seats' };
  },
  observation: ({ driver, params }: Moment, player) => {
    const own = driver.observationOf(0, player);
    const { players } = gameTable(params);
    return own.subarray(1 + players);
  },
});

/** Records made with our own names and parameters. */
export const ownMatrixGameAdapter = gameAdapter({
  recorded: ['matrix-game'],
  env: matrixGame,
  params: (recorded) => recorded.params,
});

/** What is played in every round: a matrix game, or another game of one joint move, as a table. */
function stageTable({ name, ...given }: z.infer<typeof stageGame>, where: string): object {
  if (name === 'blotto') return { payoffs: payoffTable(blottoRules, parseWith(blotto.params, given, where)) };
  const game = shippedAs[name];
  if (game !== undefined) return { game };
  throw new PolityError({
    code: 'input',
    where,
    message: 'no such stage game',
    got: name,
    expected: `one of ${[...Object.keys(shippedAs), 'blotto'].join(', ')}`,
  });
}

/** Payoffs of a game of one joint move, the first player's action outermost. */
function payoffTable<P, S>(rules: ExactRules<P, S>, params: P): object[] {
  const players = rules.players(params);
  const chosen: number[] = [];
  const branch = (): object[] =>
    Array.from({ length: rules.actions(params) }, (_, action) => {
      chosen.push(action);
      const below = chosen.length === players ? payoffs() : branch();
      chosen.pop();
      return below;
    });
  const payoffs = (): number[] => {
    const state = rules.start(params);
    rules.play(state, Float64Array.from(chosen), params);
    const out = new Float64Array(players);
    rules.returns(state, out, params);
    return [...out];
  };
  return branch();
}

function ownTable(recorded: GameCase, where: string): object {
  const { rowPayoffs, columnPayoffs, actionNames } = parseWith(spelledOut, recorded.params, where);
  const payoffs = rowPayoffs.map((row, i) => row.map((payoff, j) => [payoff, columnPayoffs[i]?.[j]]));
  const square = rowPayoffs.length === rowPayoffs[0]?.length;
  return { payoffs, ...(square ? { actions: actionNames } : {}) };
}

function tableFacts({ params, recorded }: Moment): readonly Fact[] {
  const { rowPayoffs, columnPayoffs, actionNames } = parseWith(spelledOut, recorded.params, 'params');
  const { payoffs, labels } = gameTable(params);
  const of = (player: number) => Array.from(payoffs).filter((_, i) => i % 2 === player);
  return [
    { field: 'rowPayoffs', expected: rowPayoffs.flat(), got: of(0) },
    { field: 'columnPayoffs', expected: columnPayoffs.flat(), got: of(1) },
    { field: 'actionNames', expected: actionNames, got: labels[0] },
  ];
}
