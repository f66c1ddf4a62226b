import { z } from 'zod';
import { parseWith } from '#core';
import { type CoinGameOpenSpielParams, type CoinGameOpenSpielState, coinGameOpenSpiel } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import { ruledChance } from '../ruled-chance.ts';

const upstream = z.strictObject({
  players: z.int().default(2),
  rows: z.int().default(8),
  columns: z.int().default(8),
  num_extra_coin_colors: z.int().default(1),
  num_coins_per_color: z.int().default(4),
  episode_length: z.int().default(20),
});

const params: GameSpec<CoinGameOpenSpielParams, CoinGameOpenSpielState>['params'] = (recorded, where) => {
  const given = parseWith(upstream, recorded.params, where);
  return {
    players: given.players,
    rows: given.rows,
    columns: given.columns,
    extraColors: given.num_extra_coin_colors,
    coinsPerColor: given.num_coins_per_color,
    episodeLength: given.episode_length,
  };
};

/** OpenSpiel's `coin_game`, which shows players a text: own preference, everybody's coins by colour, the board. */
export const coinGameOpenSpielAdapter = gameAdapter({
  recorded: ['coin_game'],
  env: coinGameOpenSpiel,
  params,
  ...ruledChance(coinGameOpenSpiel, params),
  observationString: ({ state, params: own }, player) => boardText(state, player, own),
});

function boardText(state: CoinGameOpenSpielState, player: number, params: CoinGameOpenSpielParams): string {
  const { players, rows, columns, extraColors } = params;
  const colors = players + extraColors;
  const letter = (color: number) => String.fromCharCode(97 + color);
  const symbol = (thing: number) => {
    if (thing === 0) return ' ';
    return thing <= players ? String(thing - 1) : letter(thing - 1 - players);
  };
  const spaced = (cells: readonly (string | number)[]) => cells.map((cell) => `${cell} `).join('');
  const frame = `+${'-'.repeat(columns)}+`;
  const lines = [
    String(state.preferences[player]),
    `        ${spaced(Array.from({ length: colors }, (_, color) => letter(color)))}`,
    ...Array.from(
      { length: players },
      (_, p) => `player${p} ${spaced([...state.collected.subarray(p * colors, (p + 1) * colors)])}`,
    ),
    frame,
    ...Array.from(
      { length: rows },
      (_, row) => `|${Array.from(state.board.subarray(row * columns, (row + 1) * columns), symbol).join('')}|`,
    ),
    frame,
  ];
  return `${lines.join('\n')}\n`;
}
