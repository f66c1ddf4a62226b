import {
  bradleyTerry,
  eloExpected,
  eloOfLogStrength,
  eloUpdate,
  glickoUpdate,
  hodge,
  matchQuality,
  newSkill,
  rateTeams,
  type Skill,
  winProbabilities,
} from '#math';
import { atkinsonIndex, generalisedGiniWelfare, gini, jainIndex, logNashWelfare, theilIndex } from '#metrics';
import { type Binding, binding, type Inputs, type Matrix, type Vector } from '../binding.ts';
import { type Tolerance, tolerance } from '../compare.ts';
import { statistical } from './samples.ts';

/** TrueSkill stops its messages early; the file promises its numbers to 1e-3. */
const skilled: Tolerance = { relative: 0, absolute: 1e-3 };

type Game = readonly [first: string, second: string, score: number];

/** Plays games in order and lists what is noted after each. */
function playThrough<T>(
  games: readonly Game[],
  start: T,
  play: (first: T, second: T, score: number) => readonly [T, T],
) {
  const players = [...new Set(games.flatMap((game) => game.slice(0, 2) as string[]))].sort();
  const table = new Map(players.map((name) => [name, start]));
  return games.map(([first, second, score]) => {
    const before = [table.get(first) as T, table.get(second) as T] as const;
    const [one, other] = play(...before, score);
    table.set(first, one).set(second, other);
    return { before, after: players.map((name) => table.get(name) as T) };
  });
}

const options = (inputs: Inputs) => ({
  performance: inputs.number('beta'),
  drift: inputs.number('tau'),
  drawProbability: inputs.number('drawProbability'),
});
const newcomer = (inputs: Inputs): Skill => ({ mean: inputs.number('mu'), deviation: inputs.number('sigma') });
const skill = ([mean, deviation]: Vector): Skill => ({ mean, deviation });
const pair = ({ mean, deviation }: Skill) => [mean, deviation];
const singles = (teams: readonly (readonly Skill[])[]) => teams.map(([only]) => pair(only));
const placesOf = (score: number) => (score === 1 ? [0, 1] : score === 0 ? [1, 0] : [0, 0]);

function ranksIn(call: string): Vector[] {
  return [...call.matchAll(/ranks=\[([\d, ]+)\]/g)].map(([, list]) => list.split(',').map(Number));
}

/** Undefined where a package, but not the index, can say something. */
const inequality = (x: Vector) => ({
  gini: gini(x),
  jain: jainIndex(x),
  minOverMax: Math.min(...x) / Math.max(...x),
  atkinsonHalf: atkinsonIndex(x, 0.5),
  atkinsonOne: atkinsonIndex(x, 1),
  theil: theilIndex(x),
  equality: 1 - (gini(x) ?? Number.NaN),
  maximin: Math.min(...x),
  nashWelfareLog: logNashWelfare(x),
  generalisedGini: generalisedGiniWelfare(x),
});

interface GlickoInputs {
  readonly player: Vector;
  readonly opponents: Matrix;
}

function glicko(inputs: Inputs): number[] {
  const { player, opponents } = inputs.fields as unknown as GlickoInputs;
  const [rating, deviation, volatility] = player;
  const games = opponents.map(([theirs, spread, score]) => ({
    opponent: { rating: theirs, deviation: spread },
    score,
  }));
  const after = glickoUpdate({ rating, deviation, volatility }, games, inputs.number('tau'));
  return [after.rating, after.deviation, after.volatility];
}

export const ratingBindings: readonly Binding[] = [
  binding('statistics', /^gini, jain, Atkinson/, (inputs) => inequality(inputs.vector('x')), statistical),
  binding(
    'statistics',
    /^Gini\(x\)\.g, Theil\(x\)\.T, atkinson/,
    (inputs, { outputs }) => ({
      ...inequality(inputs.vector('x')),
      // What the package says of itself and the formula.
      agreesWithFormula: (outputs as { agreesWithFormula: unknown }).agreesWithFormula,
    }),
    statistical,
  ),
  binding(
    'statistics',
    /^Elo: E = 1\/\(1\+10\^\(\(Rb-Ra\)\/400\)\)/,
    (inputs, { call }) => {
      const start = Number(/start (\d+)/.exec(call)?.[1]);
      const k = inputs.number('K');
      const games = inputs.get<never>('games') as readonly Game[];
      const rows = playThrough(games, start, (first, second, score) => eloUpdate(first, second, score, k));
      return rows.map(({ before, after }) => [eloExpected(...before), ...after]);
    },
    statistical,
  ),
  binding(
    'statistics',
    /^rate_1vs1\(new, new(, drawn=True)?\)/,
    (inputs, { call }) => {
      const places = call.includes('drawn=True') ? [0, 0] : [0, 1];
      return singles(rateTeams([[newcomer(inputs)], [newcomer(inputs)]], places, options(inputs)));
    },
    skilled,
  ),
  binding(
    'statistics',
    /^rate_1vs1\(first, second\), first wins; then second wins; then draw; quality/,
    (inputs) => {
      const [first, second] = [skill(inputs.vector('first')), skill(inputs.vector('second'))];
      const after = (places: Vector) => singles(rateTeams([[first], [second]], places));
      return {
        firstWins: after([0, 1]),
        secondWins: after([1, 0]),
        draw: after([0, 0]),
        quality: matchQuality(first, second),
      };
    },
    skilled,
  ),
  binding(
    'statistics',
    /^rate\(\[\(new,\), \(new,\), \(new,\)\], ranks=/,
    (inputs, { call }) => {
      const teams = [0, 1, 2].map(() => [newcomer(inputs)]);
      return ranksIn(call).map((places) => singles(rateTeams(teams, places, options(inputs))));
    },
    skilled,
  ),
  binding(
    'statistics',
    /^rate\(\[\(first, second\), \(new,\)\], ranks=/,
    (inputs, { call }) => {
      const teams = [[skill(inputs.vector('first')), skill(inputs.vector('second'))], [newSkill]];
      return rateTeams(teams, ranksIn(call)[0]).map((team) => team.map(pair));
    },
    skilled,
  ),
  binding(
    'statistics',
    /^rate_1vs1 over a sequence/,
    (inputs) => {
      const games = inputs.get<never>('games') as readonly Game[];
      const rows = playThrough(games, newSkill, (first, second, score) => {
        const [[one], [other]] = rateTeams([[first], [second]], placesOf(score));
        return [one, other];
      });
      return rows.map(({ after }) => after.flatMap(pair));
    },
    skilled,
  ),
  binding('statistics', /^Glicko-2 after Glickman/, glicko, statistical),
  // The package departs from the paper in the volatility, so its ratings are near the paper's but not equal.
  binding('statistics', /^Player\(\.\.\.\)\.update_player\(\.\.\.\) {2}NOT the reference/, glicko, {
    relative: 1e-3,
    absolute: 0,
  }),
  binding(
    'statistics',
    /^ilsr_pairwise_dense\(wins\)/,
    (inputs) => {
      const logStrength = bradleyTerry(inputs.matrix('wins'));
      return {
        logStrength,
        eloScale: logStrength.map(eloOfLogStrength),
        winProbability: winProbabilities(logStrength),
      };
    },
    statistical,
  ),
  binding('statistics', /^Hodge decomposition/, (inputs) => hodge(inputs.matrix('a')), tolerance(1e-9)),
];
