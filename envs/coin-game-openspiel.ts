import { type Drawing, discrete, fieldBox, type Shape } from '#core';
import {
  type CoinGameOpenSpielParams,
  type CoinGameOpenSpielState,
  coinGameOpenSpielParams,
  coinGameOpenSpielRules,
  coinsInAll,
  collectedOf,
  colorsOf,
  moveNames,
} from './coin-game-openspiel/rules.ts';
import { plain } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';

/** OpenSpiel’s coin game, in which nobody knows which colour the others want. A different game from the Coin Game of LOLA. */
export const coinGameOpenSpiel = exactWorld<CoinGameOpenSpielState, CoinGameOpenSpielParams>(coinGameOpenSpielRules, {
  id: 'coin-game-openspiel',
  params: coinGameOpenSpielParams,
  card: {
    title: 'Coin game with hidden preferences (OpenSpiel)',
    description:
      'Players take turns to walk over a board and collect coins. Coins of anybody’s preferred colour are good for all, the others bad, and everybody knows only its own preference: one learns from watching what the others want. Not the Coin Game of LOLA.',
    source:
      'Raileanu et al. (2018), "Modeling others using oneself in multi-agent reinforcement learning"; rules and moves of google-deepmind/open_spiel 2.0.2, games/coin_game. The observation as numbers is Polity’s; upstream has text only.',
    licence: 'Rules are facts; open_spiel is Apache-2.0.',
    tests: 'Inferring another’s goal from its actions, helping without being told.',
    rewardScale: {
      agent:
        'At the end: (own colour’s coins)² + (others’ colours’ coins)² - (nobody’s coins)²; 0 to 32 for perfect play by two on the default board, at worst -16.',
      team: 'Twice the same for two players; players differ from three on.',
    },
    horizon: '20 moves of all players together (`episodeLength`): a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 1.7386, standardError: 0.0502 },
      roles: { player: { mean: 0.8693, standardError: 0.0251 } },
    },
    baseline: {
      policies: { player: 'coin-collector' },
      episodes: 1000,
      seed: 0,
      team: { mean: 27.138, standardError: 0.344 },
      roles: { player: { mean: 13.569, standardError: 0.172 } },
    },
  },

  roles(params) {
    const { players, rows, columns } = params;
    const colors = colorsOf(params);
    const others = Array.from({ length: players }, (_, k) => (k === 0 ? 'own' : `other${k}`));
    const planes = [...others, ...Array.from({ length: colors }, (_, color) => `coin${color}`)];
    const observation = fieldBox(
      [
        { name: 'preference', size: colors },
        { name: 'seat', size: players },
        { name: 'movesLeft', size: 1 },
        ...others.map((name) => ({ name: `collected/${name}`, size: colors })),
        ...planes.map((name) => ({ name: `board/${name}`, size: rows * columns })),
      ],
      0,
      1,
    );
    return [{ name: 'player', count: players, observation, action: discrete(moveNames.length, moveNames) }];
  },

  declares(params) {
    const most = coinsInAll(params) ** 2;
    return { commonReward: params.players <= 2, rewardBounds: [-most, most] };
  },

  observe(state, agent, out, params) {
    const colors = colorsOf(params);
    out.fill(0);
    out[state.preferences[agent]] = 1;
    out[colors + agent] = 1;
    out[colors + params.players] = 1 - state.moves / params.episodeLength;
    writeBoard(state, agent, out, colors + params.players + 1, params);
  },

  stateSize(params) {
    const colors = colorsOf(params);
    return (
      params.players * colors + 1 + params.players * colors + (params.players + colors) * params.rows * params.columns
    );
  },

  stateVector(state, out, params) {
    const { players, episodeLength } = params;
    const colors = colorsOf(params);
    out.fill(0);
    for (let p = 0; p < players; p++) out[p * colors + state.preferences[p]] = 1;
    out[players * colors] = 1 - state.moves / episodeLength;
    writeBoard(state, 0, out, players * colors + 1, params);
  },

  metrics(state, params) {
    const wanted = Array.from(state.preferences).reduce((sum, color) => sum + collectedOf(state, color, params), 0);
    const all = state.collected.reduce((sum, coins) => sum + coins, 0);
    return { goodCoins: wanted, badCoins: all - wanted };
  },

  text(state, agent, params) {
    const { players, rows, columns, episodeLength } = params;
    const bag = (p: number) => {
      const coins = state.collected.subarray(p * colorsOf(params), (p + 1) * colorsOf(params));
      return Array.from(coins, (n, color) => `${n} ${colorName(color)}`).join(', ');
    };
    const lines = [
      `Coin game on ${rows} x ${columns} cells. You are player ${agent} and prefer coins ${colorName(state.preferences[agent])}.`,
      'Coins of any player’s preferred colour are good for all, the others bad.',
      ...boardText(state, params),
      ...Array.from({ length: players }, (_, p) => `Player ${p} has collected ${bag(p)}.`),
    ];
    if (state.moves >= episodeLength) {
      const returns = new Float64Array(players);
      coinGameOpenSpielRules.returns(state, returns, params);
      lines.push(`The game is over. You get ${plain(returns[agent])}.`);
    } else {
      const mover = state.moves % players;
      lines.push(
        mover === agent
          ? `Move ${state.moves + 1} of ${episodeLength}: ${moveNames.join(', ')}?`
          : `It is player ${mover}’s move.`,
      );
    }
    return lines.join('\n');
  },

  draw: (state, params) => drawBoard(state, params),
});

export type { CoinGameOpenSpielParams, CoinGameOpenSpielState };

/** Bags and board, players from `first` on. */
function writeBoard(
  { board, collected }: CoinGameOpenSpielState,
  first: number,
  out: Float32Array,
  start: number,
  params: CoinGameOpenSpielParams,
): void {
  const { players, coinsPerColor } = params;
  const colors = colorsOf(params);
  let at = start;
  for (let k = 0; k < players; k++) {
    const p = (first + k) % players;
    for (let color = 0; color < colors; color++) out[at++] = collected[p * colors + color] / coinsPerColor;
  }
  for (let cell = 0; cell < board.length; cell++) {
    const thing = board[cell] - 1;
    if (thing < 0) continue;
    const plane = thing < players ? (players + thing - first) % players : thing;
    out[at + plane * board.length + cell] = 1;
  }
}

function boardText({ board }: CoinGameOpenSpielState, { players, rows, columns }: CoinGameOpenSpielParams): string[] {
  const symbol = (thing: number) => {
    if (thing === 0) return '.';
    return thing <= players ? String(thing - 1) : colorName(thing - 1 - players);
  };
  return Array.from({ length: rows }, (_, row) =>
    Array.from(board.subarray(row * columns, (row + 1) * columns), symbol).join(''),
  );
}

function drawBoard(state: CoinGameOpenSpielState, params: CoinGameOpenSpielParams): Drawing {
  const { players, rows, columns, episodeLength } = params;
  const shapes: Shape[] = [{ kind: 'rect', x: 0, y: 0, width: columns, height: rows, stroke: 'muted' }];
  state.board.forEach((thing, cell) => {
    if (thing === 0) return;
    const place = { x: (cell % columns) + 0.5, y: Math.floor(cell / columns) + 0.5 };
    if (thing <= players) {
      shapes.push({ kind: 'circle', ...place, radius: 0.4, fill: `agent${thing - 1}`, label: String(thing - 1) });
      return;
    }
    const color = thing - 1 - players;
    const owner = state.preferences.indexOf(color);
    const fill = owner < 0 ? 'bad' : (`agent${owner}` as const);
    shapes.push({ kind: 'circle', ...place, radius: 0.2, fill, label: colorName(color) });
  });
  return { width: columns, height: rows, shapes, caption: `Move ${state.moves} of ${episodeLength}` };
}

function colorName(color: number): string {
  return String.fromCharCode(97 + color);
}
