import { parseWith } from '#core';
import { chanceMoves, type ExactWorld, everybodyMoves } from '#envs';
import type { GameSpec } from './game-adapter.ts';
import { chancePlayer, everybody, type GameCase, type GameMoment } from './game-case.ts';

/** One turn of chance: the outcomes it had, and the draw that gives the recorded one. */
interface ChanceTurn {
  readonly outcomes: GameMoment['outcomes'];
  readonly draw: number;
}

/**
 * Chance by the world's own rules: the record is played through on them, so that each turn of chance shows which outcomes we would
 * give, how likely, and which draw of our generator leads to the recorded one. `begin` sets what upstream draws without saying so.
 */
export function ruledChance<P, S extends object>(
  world: ExactWorld<P, S>,
  params: GameSpec<P, S>['params'],
  begin: (state: S, recorded: GameCase) => void = () => {},
): Required<Pick<GameSpec<P, S>, 'draws' | 'outcomes'>> {
  const known = new WeakMap<GameCase, readonly ChanceTurn[]>();
  const turnsOf = (recorded: GameCase) => {
    const found =
      known.get(recorded) ??
      chanceTurns(world, parseWith(world.params, params(recorded, 'params'), 'params'), recorded, begin);
    known.set(recorded, found);
    return found;
  };
  return {
    outcomes: (recorded, k) => turnsOf(recorded)[k]?.outcomes,
    draws: (recorded, k) => [turnsOf(recorded)[k]?.draw ?? Number.NaN],
  };
}

/** Plays the record as far as it is legal; where our rules leave it, the comparison says so. */
function chanceTurns<P, S extends object>(
  { rules }: ExactWorld<P, S>,
  params: P,
  recorded: GameCase,
  begin: (state: S, recorded: GameCase) => void,
): ChanceTurn[] {
  const state = rules.start(params);
  begin(state, recorded);
  const weights = new Int32Array(rules.outcomes(params));
  const actions = new Float64Array(rules.players(params));
  const turns: ChanceTurn[] = [];
  for (const { player, action } of recorded.states) {
    const turn = rules.turn(state, params);
    if (player === chancePlayer) {
      if (turn !== chanceMoves || typeof action !== 'number') break;
      const total = rules.weigh(state, weights.fill(0), params);
      turns.push({ outcomes: asRecorded(weights, total), draw: drawOf(weights, action) });
      if (!(weights[action] > 0)) break;
      rules.draw(state, action, params);
    } else if (player === everybody) {
      if (turn !== everybodyMoves || !Array.isArray(action)) break;
      actions.set(action);
      rules.play(state, actions, params);
    } else {
      if (turn !== player || typeof action !== 'number') break;
      actions[player] = action;
      rules.play(state, actions, params);
    }
  }
  return turns;
}

/** The first draw that gives an outcome; not a number where it cannot come. */
function drawOf(weights: Int32Array, outcome: number): number {
  if (!(weights[outcome] > 0)) return Number.NaN;
  return weights.subarray(0, outcome).reduce((sum, weight) => sum + weight, 0);
}

/** Outcomes as the records write them: `{ n, p }` where more than three, numbered from 0 on, are alike. */
function asRecorded(weights: Int32Array, total: number): GameMoment['outcomes'] {
  const pairs = Array.from(weights, (weight, id): [number, number] => [id, weight / total]).filter(([, p]) => p > 0);
  const alike = pairs.length > 3 && pairs.every(([id, p], i) => id === i && p === pairs[0][1]);
  return alike ? { n: pairs.length, p: pairs[0][1] } : pairs;
}
