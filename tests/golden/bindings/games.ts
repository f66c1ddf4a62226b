import { parseWith } from '#core';
import { type ExactWorld, type GameName, gameTable, gameTree, isExact, matrixGame, worlds } from '#envs';
import { type FlatTree, flattenTree, normalFormTree, type PayoffTable, profilesOf } from '#math';

/** A game of open_spiel by name, with its parameters as they were written. */
interface GameCall {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Our world for a game, and our parameters for upstream's. */
interface OwnGame {
  readonly world: string;
  params(given: GameCall['params']): object;
  /** What open_spiel calls an information set of ours; absent where no entry names any. */
  upstreamName?(name: string): string;
}

const exactGames: Readonly<Record<string, OwnGame>> = {
  kuhn_poker: {
    world: 'kuhn-poker',
    params: ({ players = '2' }) => ({ players: Number(players) }),
    upstreamName: (name) => {
      const [card, moves = ''] = name.split(' ');
      return `${card}${moves.replaceAll('0', 'p').replaceAll('1', 'b')}`;
    },
  },
  leduc_poker: { world: 'leduc-poker', params: ({ players = '2' }) => ({ players: Number(players) }) },
  tiny_hanabi: { world: 'tiny-hanabi', params: () => ({}) },
  goofspiel: {
    world: 'goofspiel',
    params: ({ players = '2', num_cards = '13', num_turns = '-1', points_order = 'random', ...rest }) => ({
      players: Number(players),
      cards: Number(num_cards),
      turns: num_turns === '-1' ? null : Number(num_turns),
      pointsOrder: points_order,
      returns: (rest.returns_type ?? 'win_loss').replace('_', '-'),
      hidden: rest.imp_info === 'true',
    }),
  },
  sheriff: {
    world: 'sheriff',
    params: ({ max_items = '3', max_bribe = '3', num_rounds = '4', ...rest }) => ({
      maxItems: Number(max_items),
      maxBribe: Number(max_bribe),
      rounds: Number(num_rounds),
      itemValue: Number(rest.item_value ?? 1),
      itemPenalty: Number(rest.item_penalty ?? 2),
      sheriffPenalty: Number(rest.sheriff_penalty ?? 3),
    }),
  },
  first_sealed_auction: {
    world: 'first-price-auction',
    params: ({ players = '2', max_value = '10' }) => ({ players: Number(players), maxValue: Number(max_value) }),
  },
};

const matrixGames: Readonly<Record<string, GameName>> = {
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

/** Whether we have a world for a game, told by its name. */
export function hasGame(text: string): boolean {
  const { name } = gameIn(text);
  return name in exactGames || name in matrixGames;
}

/** The name that open_spiel gives to an information set of a game. */
export function upstreamName(text: string, name: string): string {
  const own = name.slice(name.indexOf('|') + 1);
  return exactGames[gameIn(text).name]?.upstreamName?.(own) ?? own;
}

const trees = new Map<string, FlatTree>();

/** The tree of a game that open_spiel writes as `kuhn_poker(players=3)` or `turn_based_simultaneous_game(game=…)`. */
export function treeOf(text: string): FlatTree {
  const known = trees.get(text);
  if (known !== undefined) return known;
  const tree = build(gameIn(text));
  trees.set(text, tree);
  return tree;
}

function build({ name, params }: GameCall): FlatTree {
  if (name in matrixGames) return flattenTree(normalFormTree(tablesOf(matrixGames[name])));
  const { world, params: own } = exactGames[name];
  const env = worlds.get(world);
  if (!isExact(env)) throw new Error(`${world} has no rules to walk`);
  return walk(env, own(params));
}

function walk<P, S extends object>(env: ExactWorld<P, S>, given: object): FlatTree {
  return flattenTree(gameTree(env.rules, parseWith(env.params, given, env.id)));
}

/** Payoffs of a shipped table, a nested list for each player. */
function tablesOf(game: GameName): PayoffTable[] {
  const { players, counts, payoffs } = gameTable(parseWith(matrixGame.params, { game, rounds: 1 }, game));
  const profiles = profilesOf(counts);
  const nest = (player: number, prefix: readonly number[]): PayoffTable => {
    if (prefix.length < players) {
      return Array.from({ length: counts[prefix.length] }, (_, choice) => nest(player, [...prefix, choice]));
    }
    const row = profiles.findIndex((profile) => profile.every((choice, i) => choice === prefix[i]));
    return payoffs[row * players + player];
  };
  return Array.from({ length: players }, (_, player) => nest(player, []));
}

function gameIn(text: string): GameCall {
  const [, name, inside = ''] = /^(\w+)(?:\((.*)\))?$/.exec(text) ?? [];
  if (name === undefined) throw new Error(`cannot read the game "${text}"`);
  if (name === 'turn_based_simultaneous_game') return gameIn(inside.replace(/^game=/, ''));
  const pairs = inside === '' ? [] : inside.split(',').map((pair) => pair.split('=') as [string, string]);
  return { name, params: Object.fromEntries(pairs) };
}
