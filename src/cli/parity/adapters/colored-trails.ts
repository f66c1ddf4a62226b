import { z } from 'zod';
import { parseWith } from '#core';
import { type ColoredTrailsParams, type ColoredTrailsState, coloredTrails, trailsGame } from '#envs';
import { type GameSpec, gameAdapter } from '../game-adapter.ts';
import type { GameCase } from '../game-case.ts';
import { ruledChance } from '../ruled-chance.ts';

const upstream = z.strictObject({
  board_size: z.int().default(4),
  num_colors: z.int().default(5),
  players: z.literal(3).default(3),
});

const setup = z.looseObject({
  board: z.array(z.string()).transform((rows) => rows.filter((row) => row !== '')),
  chips: z.array(z.string()).length(3),
  positions: z.array(z.int().min(0)).length(4),
});

const responder = 2;

const params: GameSpec<ColoredTrailsParams, ColoredTrailsState>['params'] = (recorded, where) => {
  const { board_size, num_colors } = parseWith(upstream, recorded.params, where);
  return { boards: boardsOf(recorded, board_size, num_colors), tradeChips: 8 };
};

/** OpenSpiel's `colored_trails`, in which the responder's three actions have the last numbers. */
export const coloredTrailsAdapter = gameAdapter({
  recorded: ['colored_trails'],
  env: coloredTrails,
  params,
  ...ruledChance(coloredTrails, params),
  actionId: ({ params: own }, player, action) =>
    player === responder ? trailsGame(own).pass - responder + action : action,
  infoState: ({ driver }, player) => driver.observationOf(0, player),
  facts({ state, params: own, recorded }) {
    if (recorded.setup === undefined) return [];
    const { size, cells, chips, places, colors } = trailsGame(own).boards[state.board];
    const letters = (list: Iterable<number>) => Array.from(list, (color) => String.fromCharCode(65 + color)).join('');
    const hand = (p: number) =>
      letters(
        Array.from(chips.subarray(p * colors, (p + 1) * colors)).flatMap((n, color) =>
          new Array<number>(n).fill(color),
        ),
      );
    const got = {
      board: Array.from({ length: size }, (_, row) => letters(cells.subarray(row * size, (row + 1) * size))),
      chips: [hand(0), hand(1), hand(2)],
      positions: [...places],
    };
    return [{ field: 'setup', expected: parseWith(setup, recorded.setup, 'setup'), got }];
  },
});

/** The built-in boards, or those of boards100.txt; of any other file the record holds only the board that was drawn. */
function boardsOf(recorded: GameCase, size: number, colors: number): ColoredTrailsParams['boards'] {
  const { outcomes } = recorded.states[0];
  const count = outcomes === undefined ? 10 : Array.isArray(outcomes) ? outcomes.length : outcomes.n;
  if (recorded.setup === undefined) return count === 100 ? 'hundred' : 'ten';
  const { board, chips, positions } = parseWith(setup, recorded.setup, 'setup');
  const line = [size, colors, 3, board.join(''), ...chips, ...positions].join(' ');
  for (const known of ['ten', 'hundred'] as const) {
    const { boards } = trailsGame(coloredTrails.params.parse({ boards: known }));
    const drawn = boards[recorded.states[0].action as number];
    if (boards.length === count && drawn !== undefined && String(drawn.places) === String(positions)) return known;
  }
  return new Array<string>(count).fill(line);
}
