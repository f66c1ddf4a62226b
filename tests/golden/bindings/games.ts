import { parseWith } from '#core';
import { type ExactWorld, type GameName, gameTable, gameTree, isExact, matrixGame, worlds } from '#envs';
import { type FlatTree, flattenTree, normalFormTree, type PayoffTable, profilesOf } from '#math';

/** A game of open_spiel by name, with its parameters as they were written. */
interface GameCall {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
}

type Value = string | number | boolean;

/** Our world for a game. A parameter of upstream's has our name in camel case and the same value, unless `renamed` says otherwise. */
interface OwnGame {
  readonly world: string;
  readonly renamed?: Readonly<Record<string, string | ((value: Value) => object)>>;
  /** What open_spiel calls an information set of ours; absent where no entry names any. */
  upstreamName?(name: string): string;
}

const exactGames: Readonly<Record<string, OwnGame>> = {
  kuhn_poker: {
    world: 'kuhn-poker',
    upstreamName: (name) => {
      const [card, moves = ''] = name.split(' ');
      return `${card}${moves.replaceAll('0', 'p').replaceAll('1', 'b')}`;
    },
  },
  leduc_poker: {
    world: 'leduc-poker',
    renamed: { suit_isomorphism: (merged) => ({ suits: !merged }), action_mapping: 'mapActions' },
  },
  tiny_hanabi: {
    world: 'tiny-hanabi',
    renamed: {
      num_players: 'players',
      num_chance: 'cards',
      num_actions: 'actions',
      payoff: (listed) => ({ payoffs: String(listed).split(';').map(Number) }),
    },
  },
  goofspiel: {
    world: 'goofspiel',
    renamed: {
      num_cards: 'cards',
      num_turns: (turns) => ({ turns: turns === -1 ? null : turns }),
      returns_type: (type) => ({ returns: String(type).replace('_', '-') }),
      imp_info: 'hidden',
      egocentric: 'relativeWinners',
    },
  },
  sheriff: { world: 'sheriff', renamed: { num_rounds: 'rounds' } },
  first_sealed_auction: { world: 'first-price-auction' },
  blotto: { world: 'blotto' },
  oshi_zumo: { world: 'oshi-zumo' },
  lewis_signaling: {
    world: 'lewis-signalling',
    renamed: {
      num_states: 'states',
      num_messages: 'messages',
      payoffs: (listed) => ({ payoffs: String(listed).split(',').map(Number) }),
    },
  },
};

function ownParams({ renamed = {} }: OwnGame, given: GameCall['params']): object {
  const parts = Object.entries(given).map(([key, text]) => {
    const value = numberOrFlag(text);
    const name = renamed[key] ?? key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    return typeof name === 'string' ? { [name]: value } : name(value);
  });
  return Object.assign({}, ...parts);
}

function numberOrFlag(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true';
  return Number.isNaN(Number(text)) ? text : Number(text);
}

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
  const own = exactGames[name];
  const env = worlds.get(own.world);
  if (!isExact(env)) throw new Error(`${own.world} has no rules to walk`);
  return walk(env, ownParams(own, params));
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
