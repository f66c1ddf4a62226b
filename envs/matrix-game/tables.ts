/** Payoffs nested one level a player, the first player's action outermost; each innermost list holds one payoff a player. */
export type PayoffTable = readonly (PayoffTable | readonly number[])[];

/** A normal-form game with a name. */
export interface NamedTable {
  readonly title: string;
  readonly payoffs: PayoffTable;
  /** Names of the actions, the same for every player. */
  readonly actions: readonly string[];
  /** The action that means cooperation, where one does. */
  readonly cooperate?: number;
  readonly source: string;
}

const openSpiel = 'open_spiel 2.0.2, games/matrix_games';
const jointLearners = 'Claus and Boutilier (1998), numbers as in uoe-agents/matrix-games';

/** The shipped games; `penalty` is the fine k of the penalty game. Rows are the first player's actions. */
export function namedTable(game: GameName, penalty: number): NamedTable {
  return game === 'penalty' ? penaltyGame(penalty) : tables[game];
}

const tables = {
  'prisoners-dilemma': {
    title: 'Prisoner’s dilemma',
    payoffs: bimatrix([5, 0], [10, 1])([5, 10], [0, 1]),
    actions: ['Cooperate', 'Defect'],
    cooperate: 0,
    source: `${openSpiel}, matrix_pd`,
  },
  'lola-prisoners-dilemma': {
    title: 'Prisoner’s dilemma of the LOLA paper',
    payoffs: bimatrix([-1, -3], [0, -2])([-1, 0], [-3, -2]),
    actions: ['Cooperate', 'Defect'],
    cooperate: 0,
    source: 'Foerster et al. (2018), alshedivat/lola, envs/prisoners_dilemma.py',
  },
  'stag-hunt': {
    title: 'Stag hunt',
    payoffs: bimatrix([2, 0], [1, 1])([2, 1], [0, 1]),
    actions: ['Stag', 'Hare'],
    cooperate: 0,
    source: `${openSpiel}, matrix_sh`,
  },
  chicken: {
    title: 'Chicken',
    payoffs: bimatrix([0, 4], [1, 3])([0, 1], [4, 3]),
    actions: ['Dare', 'Chicken'],
    cooperate: 1,
    source: `${openSpiel}, matrix_cd`,
  },
  'battle-of-the-sexes': {
    title: 'Battle of the sexes',
    payoffs: bimatrix([3, 0], [0, 2])([2, 0], [0, 3]),
    actions: ['Bach', 'Stravinsky'],
    source: `${openSpiel}, matrix_bos`,
  },
  lever: {
    title: 'Lever game',
    payoffs: leverPayoffs(),
    actions: [
      'Lever 1',
      'Lever 2',
      'Lever 3',
      'Lever 4',
      'Lever 5',
      'Lever 6',
      'Lever 7',
      'Lever 8',
      'Lever 9',
      'Lever 10',
    ],
    source: 'Hu et al. (2020), “Other-play for zero-shot coordination”: nine levers that pay 1 and one that pays 0.9',
  },
  coordination: {
    title: 'Pure coordination',
    payoffs: common([1, 0], [0, 1]),
    actions: ['Left', 'Right'],
    source: `${openSpiel}, matrix_coordination`,
  },
  'matching-pennies': {
    title: 'Matching pennies',
    payoffs: zeroSum([1, -1], [-1, 1]),
    actions: ['Heads', 'Tails'],
    source: `${openSpiel}, matrix_mp`,
  },
  'rock-paper-scissors': {
    title: 'Rock, paper, scissors',
    payoffs: zeroSum([0, -1, 1], [1, 0, -1], [-1, 1, 0]),
    actions: ['Rock', 'Paper', 'Scissors'],
    source: `${openSpiel}, matrix_rps`,
  },
  'rock-paper-scissors-water': {
    title: 'Rock, paper, scissors, water',
    payoffs: zeroSum([0, -1, 1, 0], [1, 0, -1, 0], [-1, 1, 0, 0], [0, 0, 0, 0]),
    actions: ['Rock', 'Paper', 'Scissors', 'Water'],
    source: `${openSpiel}, matrix_rpsw`,
  },
  'biased-rock-paper-scissors': {
    title: 'Biased rock, paper, scissors',
    payoffs: zeroSum([0, -25, 50], [25, 0, -5], [-50, 5, 0]),
    actions: ['Rock', 'Paper', 'Scissors'],
    source: `${openSpiel}, matrix_brps`,
  },
  shapley: {
    title: 'Shapley’s game',
    payoffs: bimatrix([0, 0, 1], [1, 0, 0], [0, 1, 0])([0, 1, 0], [0, 0, 1], [1, 0, 0]),
    actions: ['Rock', 'Paper', 'Scissors'],
    source: `${openSpiel}, matrix_shapleys_game`,
  },
  climbing: {
    title: 'Climbing game',
    payoffs: common([11, -30, 0], [-30, 7, 0], [0, 6, 5]),
    actions: ['A', 'B', 'C'],
    source: jointLearners,
  },
} satisfies Record<string, NamedTable>;

export type GameName = keyof typeof tables | 'penalty';

/** Names that the parameter `game` accepts. */
export const gameNames = [...(Object.keys(tables) as (keyof typeof tables)[]), 'penalty'] as const;

function penaltyGame(k: number): NamedTable {
  return {
    title: `Penalty game, k = ${k}`,
    payoffs: common([0 - k, 0, 10], [0, 2, 0], [10, 0, 0 - k]),
    actions: ['A', 'B', 'C'],
    source: jointLearners,
  };
}

/** Two players with payoffs of their own: `bimatrix(...rows of player 0)(...the same rows of player 1)`. */
function bimatrix(...first: number[][]): (...second: number[][]) => PayoffTable {
  return (...second) => first.map((row, i) => row.map((payoff, j) => [payoff, second[i][j]]));
}

/** Levers pay only when both pull the same one; the last pays a little less and so stands out. */
function leverPayoffs(): PayoffTable {
  const pays = (lever: number) => (lever < 9 ? 1 : 0.9);
  const levers = Array.from({ length: 10 }, (_, lever) => lever);
  return common(...levers.map((own) => levers.map((other) => (own === other ? pays(own) : 0))));
}

function common(...rows: number[][]): PayoffTable {
  return rows.map((row) => row.map((payoff) => [payoff, payoff]));
}

function zeroSum(...rows: number[][]): PayoffTable {
  return rows.map((row) => row.map((payoff) => [payoff, payoff === 0 ? 0 : -payoff]));
}
