import {
  type AlphaRankOptions,
  alphaRank,
  type Cfr,
  type CfrVariant,
  createCfr,
  expectedReturns,
  type FlatTree,
  type NashConv,
  nashConv,
  type PayoffTable,
  replicator,
  replicatorOfTwo,
  solveZeroSum,
  type TreePolicy,
  treePolicy,
  uniformTreePolicy,
} from '#math';
import type { Binding, Matrix, Vector } from '../binding.ts';
import { expectClose, tolerance } from '../compare.ts';
import type { Fields, GoldenEntry, Json } from '../entries.ts';
import { hasGame, treeOf, upstreamName } from './games.ts';

/** What the entries of this file have in place of inputs and outputs. */
interface GameEntry {
  readonly kind: string;
  readonly game: string;
  readonly tolerance: number;
  readonly nodes: Readonly<Record<string, number>>;
  readonly informationStates: Vector;
  readonly policy: string;
  readonly nashConv: number;
  readonly improvements: Vector;
  readonly values: Vector;
  readonly algorithm: string;
  readonly iterations: number;
  readonly averagePolicy?: string | Readonly<Record<string, Vector>>;
  readonly payoffs: Json;
  readonly populations: number;
  readonly params: Fields;
  readonly pi: Vector;
  readonly profiles: Matrix;
  readonly rhos: Matrix;
  readonly neutralFixation: number;
  readonly state: Vector;
  readonly derivative: Vector;
  readonly dt: number;
  readonly steps: number;
  readonly euler: Vector;
  readonly value: number;
  readonly exactValue: string;
  readonly row: readonly string[];
  readonly column: readonly string[];
}

/** A binding for all entries of a kind; what it compares is up to `check`, within the entry's own tolerance. */
function ofKind(kind: string, call: RegExp, check: (entry: GameEntry, compare: Compare) => void): Binding {
  return {
    file: 'game-theory',
    call,
    applies: ({ fields }: GoldenEntry) =>
      fields.kind === kind && (fields.game === undefined || hasGame(String(fields.game))),
    check(entry) {
      const fields = entry.fields as unknown as GameEntry;
      const within = tolerance(fields.tolerance);
      check(fields, (actual, key) => expectClose(actual, entry.fields[key], within, key));
    },
  };
}

type Compare = (actual: unknown, key: string) => void;

const rows = (payoffs: Json) => payoffs as Matrix;

function nodeCounts({ movers }: FlatTree): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const mover of movers) {
    const name = mover === -1 ? 'chance' : mover < 0 ? 'terminal' : `player ${mover}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const policies: Readonly<Record<string, (tree: FlatTree) => TreePolicy>> = {
  uniform: uniformTreePolicy,
  skewed: (tree) => treePolicy(tree, ({ actions }) => actions.map((action) => action + 1)),
};

/** Runs that were begun for an entry with fewer iterations go on from there. */
const running = new Map<string, Cfr>();

function runTo({ game, algorithm, iterations }: GameEntry): Cfr {
  const key = `${algorithm} ${game}`;
  let cfr = running.get(key);
  if (cfr === undefined || cfr.iterations > iterations) {
    cfr = createCfr(treeOf(game), algorithm === 'CFR+' ? 'cfr+' : ('cfr' satisfies CfrVariant));
    running.set(key, cfr);
  }
  cfr.run(iterations - cfr.iterations);
  return cfr;
}

/** The shares of the information set that open_spiel calls `name`. */
function sharesOf(game: string, policy: TreePolicy, name: string): number[] {
  const found = treeOf(game).sets.filter((set) => upstreamName(game, set.name) === name);
  if (found.length !== 1) throw new Error(`${found.length} information sets are called "${name}"`);
  const { offset, actions } = found[0];
  return Array.from(policy.subarray(offset, offset + actions.length));
}

function fraction(text: string): number {
  const [above, below = '1'] = text.split('/');
  return Number(above) / Number(below);
}

/** What the row player can be sure of with a mixture, and what the column player cannot be held below. */
function bounds(payoffs: Matrix, row: Vector, column: Vector): [low: number, high: number] {
  const ofColumns = payoffs[0].map((_, j) => payoffs.reduce((sum, line, i) => sum + line[j] * row[i], 0));
  const ofRows = payoffs.map((line) => line.reduce((sum, value, j) => sum + value * column[j], 0));
  return [Math.min(...ofColumns), Math.max(...ofRows)];
}

function alphaRankOptions(params: Fields): AlphaRankOptions {
  const { m, alpha, use_local_selection_model: local, use_inf_alpha: infinite, inf_alpha_eps: noise } = params;
  return {
    ...(m === undefined ? {} : { populationSize: Number(m) }),
    ...(infinite === true ? { selection: 'infinite' } : { selection: Number(alpha) }),
    ...(noise === undefined ? {} : { noise: Number(noise) }),
    localEncounters: local !== false,
  };
}

/** The derivative of shares that are listed one population after the other. */
function derivative({ populations, payoffs }: GameEntry, state: Vector): number[] {
  if (populations === 1) return replicator(rows(payoffs), state);
  const [a, b] = payoffs as unknown as readonly Matrix[];
  return replicatorOfTwo(a, b, state.slice(0, a.length), state.slice(a.length)).flat();
}

export const gameTheoryBindings: readonly Binding[] = [
  ofKind('tree', /^walk over state\.legal_actions\(\)/, ({ game }, compare) => {
    const tree = treeOf(game);
    compare(nodeCounts(tree), 'nodes');
    const sets = Array.from({ length: tree.players }, (_, p) => tree.sets.filter(({ player }) => player === p).length);
    compare(sets, 'informationStates');
  }),
  ofKind('policy', /^exploitability\.nash_conv/, ({ game, policy }, compare) => {
    const tree = treeOf(game);
    const result = nashConv(tree, policies[policy](tree));
    compare(result.nashConv, 'nashConv');
    compare(result.improvements, 'improvements');
    compare(result.values, 'values');
  }),
  ofKind('cfr', /^pyspiel\.CFR(Plus)?Solver\(game\)/, (entry, compare) => {
    const tree = treeOf(entry.game);
    const average = runTo(entry).averagePolicy();
    compare(nashConv(tree, average).nashConv, 'nashConv');
    compare(Array.from(expectedReturns(tree, average)), 'values');
    if (entry.averagePolicy === undefined) return;
    const theirs = entry.averagePolicy;
    const listed = typeof theirs === 'string' ? (JSON.parse(theirs) as Readonly<Record<string, Vector>>) : theirs;
    for (const [name, shares] of Object.entries(listed)) {
      expectClose(sharesOf(entry.game, average, name), shares, tolerance(entry.tolerance), `averagePolicy.${name}`);
    }
  }),
  ofKind('value', /^sequence_form_lp\.solve_zero_sum_game/, ({ game, values, tolerance: size }, compare) => {
    const tree = treeOf(game);
    const cfr = createCfr(tree, 'cfr+');
    let found: NashConv;
    // The value of CFR+'s average comes close to the game's long before the policy does; both are asked for.
    do {
      cfr.run(250);
      found = nashConv(tree, cfr.averagePolicy());
    } while (cfr.iterations < 6000 && (Math.abs(found.values[0] - values[0]) > size || found.nashConv > 2e-3));
    compare(found.values, 'values');
  }),
  ofKind('zero-sum', /^lp_solver\.solve_zero_sum_matrix_game/, (entry, compare) => {
    const payoffs = rows(entry.payoffs);
    const { value, row, column } = solveZeroSum(payoffs);
    compare(value, 'value');
    const exact = fraction(entry.exactValue);
    expectClose(value, exact, tolerance(1e-12), 'exact value');
    // Optimal strategies need not be the only ones: what counts is what they guarantee.
    expectClose(bounds(payoffs, row, column), [exact, exact], tolerance(1e-12), 'bounds');
    const theirs = bounds(payoffs, entry.row.map(fraction), entry.column.map(fraction));
    expectClose(theirs, [exact, exact], tolerance(1e-12), 'their bounds');
  }),
  ofKind('alpha-rank', /^alpharank\.compute/, (entry, compare) => {
    const tables = (entry.populations === 1 ? [entry.payoffs] : entry.payoffs) as readonly PayoffTable[];
    const options = alphaRankOptions(entry.params);
    const { profiles, stationary, fixation } = alphaRank(tables, options);
    compare(profiles, 'profiles');
    compare(stationary, 'pi');
    // In the limit upstream leaves its fixation probabilities at 0.
    if (options.selection === 'infinite') return;
    compare(fixation, 'rhos');
    compare(1 / (options.populationSize ?? 0), 'neutralFixation');
  }),
  ofKind('replicator', /^dynamics\.(Single|Multi)PopulationDynamics/, (entry, compare) => {
    compare(derivative(entry, entry.state), 'derivative');
    let state = [...entry.state];
    for (let step = 0; step < entry.steps; step++) {
      const change = derivative(entry, state);
      state = state.map((share, i) => share + entry.dt * change[i]);
    }
    compare(state, 'euler');
  }),
];
