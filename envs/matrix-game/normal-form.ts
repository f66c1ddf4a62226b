import { type GameName, type NamedTable, namedTable, type PayoffTable } from './tables.ts';

/** What is wrong with a payoff table, and where in it. */
export interface TableProblem {
  readonly path: readonly number[];
  readonly expected: string;
}

/**
 * A normal-form game worked out for play.
 *
 * Shapes: n players, C joint actions: counts [n], strides [n], payoffs and rewards [C, n].
 */
export interface NormalForm {
  readonly title: string;
  readonly players: number;
  /** Actions of each player. */
  readonly counts: readonly number[];
  /** By how many rows each player's action moves through `payoffs`; the first player's moves furthest. */
  readonly strides: Int32Array;
  readonly payoffs: Float64Array;
  /** Payoffs after the reward transform: what players learn from. */
  readonly rewards: Float64Array;
  readonly labels: readonly (readonly string[])[];
  readonly cooperate: number | undefined;
  readonly commonReward: boolean;
  readonly zeroSum: boolean;
  /** Exchanging any two players exchanges their payoffs and leaves everybody else's. */
  readonly symmetric: boolean;
  readonly bounds: readonly [low: number, high: number];
}

/** The parts of the parameters that decide which game is played. */
export interface GameChoice {
  readonly game: GameName;
  readonly penalty: number;
  readonly payoffs: readonly unknown[] | null;
  readonly actions: readonly (string | readonly string[])[] | null;
  readonly cooperate: number | null;
  readonly reward: 'own' | 'joint' | number;
}

/**
 * Finds the first fault of a payoff table: ragged, too shallow, a cell with the wrong number of payoffs, not a number.
 *
 * @example
 * tableProblem([[[1, 1], [0]], [[0, 0], [1, 1]]]) // { path: [0, 1], expected: 'a list of 2 payoffs, one for each player' }
 */
export function tableProblem(table: readonly unknown[]): TableProblem | undefined {
  const shape = shapeOf(table);
  if (shape.length < 3) {
    return {
      path: [],
      expected: 'a table nested one level for each of at least 2 players, each cell a list of payoffs',
    };
  }
  return problemAt(table, shape, 0, []);
}

/** How many lists the first entries of a table go down through, and how long each is. */
function shapeOf(table: readonly unknown[]): number[] {
  const shape: number[] = [];
  let level: unknown = table;
  while (Array.isArray(level)) {
    shape.push(level.length);
    level = level[0];
  }
  return shape;
}

function problemAt(value: unknown, shape: readonly number[], depth: number, path: number[]): TableProblem | undefined {
  const players = shape.length - 1;
  if (depth === shape.length) {
    return typeof value === 'number' && Number.isFinite(value) ? undefined : { path, expected: 'a finite payoff' };
  }
  if (depth === players) {
    const expected = `a list of ${players} payoffs, one for each player`;
    if (!Array.isArray(value) || value.length !== players) return { path, expected };
  } else {
    const expected = `a list of ${Math.max(1, shape[depth])} entries, one for each action of player ${depth}`;
    if (!Array.isArray(value) || value.length === 0 || value.length !== shape[depth]) return { path, expected };
  }
  for (const [i, entry] of value.entries()) {
    const problem = problemAt(entry, shape, depth + 1, [...path, i]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** How many actions each player of a sound table has. */
export function actionCounts(table: readonly unknown[]): number[] {
  return shapeOf(table).slice(0, -1);
}

/** Names of every player's actions: as given for all, as given for each, or numbers. */
export function actionLabels(counts: readonly number[], actions: GameChoice['actions']): string[][] {
  return counts.map((count, player) => {
    const own = actions?.every((name) => typeof name === 'string') ? actions : (actions?.[player] ?? []);
    return Array.from({ length: count }, (_, action) => String(own[action] ?? action));
  });
}

/** Works a game out of its parameters. */
export function normalForm(choice: GameChoice): NormalForm {
  const named: NamedTable = namedTable(choice.game, choice.penalty);
  const table = (choice.payoffs as PayoffTable | null) ?? named.payoffs;
  const counts = actionCounts(table);
  const players = counts.length;
  const strides = new Int32Array(players);
  for (let p = players - 1, stride = 1; p >= 0; stride *= counts[p], p--) strides[p] = stride;
  const payoffs = Float64Array.from((table as readonly unknown[]).flat(players as 1) as number[]);
  const rewards = transformed(payoffs, players, choice.reward);
  const shipped = choice.payoffs === null;
  return {
    title: shipped ? named.title : 'Own payoff table',
    players,
    counts,
    strides,
    payoffs,
    rewards,
    labels: actionLabels(counts, choice.actions ?? (shipped ? named.actions : null)),
    cooperate: choice.cooperate ?? (shipped ? named.cooperate : undefined),
    commonReward: everyCell(rewards, players, (cell) => cell.every((reward) => reward === cell[0])),
    zeroSum: everyCell(rewards, players, (cell) => Math.abs(cell.reduce((sum, reward) => sum + reward, 0)) < 1e-9),
    symmetric: isSymmetric(payoffs, counts, strides),
    bounds: [rewards.reduce((a, b) => Math.min(a, b)), rewards.reduce((a, b) => Math.max(a, b))],
  };
}

/** Blends each payoff with the mean of its cell, which keeps the sum over players. */
function transformed(payoffs: Float64Array, players: number, reward: GameChoice['reward']): Float64Array {
  const weight = reward === 'own' ? 0 : reward === 'joint' ? 1 : reward;
  if (weight === 0) return payoffs;
  return payoffs.map((own, i) => {
    const first = i - (i % players);
    const mean = payoffs.subarray(first, first + players).reduce((sum, payoff) => sum + payoff, 0) / players;
    return weight === 1 ? mean : (1 - weight) * own + weight * mean;
  });
}

function everyCell(rewards: Float64Array, players: number, holds: (cell: Float64Array) => boolean): boolean {
  for (let at = 0; at < rewards.length; at += players) if (!holds(rewards.subarray(at, at + players))) return false;
  return true;
}

/** Exchanges of neighbours generate all permutations, so they are enough to look at. */
function isSymmetric(payoffs: Float64Array, counts: readonly number[], strides: Int32Array): boolean {
  const players = counts.length;
  if (counts.some((count) => count !== counts[0])) return false;
  for (let cell = 0; cell * players < payoffs.length; cell++) {
    for (let p = 0; p + 1 < players; p++) {
      const first = Math.floor(cell / strides[p]) % counts[p];
      const second = Math.floor(cell / strides[p + 1]) % counts[p + 1];
      const exchanged = cell + (second - first) * strides[p] + (first - second) * strides[p + 1];
      for (let q = 0; q < players; q++) {
        const other = q === p ? p + 1 : q === p + 1 ? p : q;
        if (payoffs[cell * players + q] !== payoffs[exchanged * players + other]) return false;
      }
    }
  }
  return true;
}
