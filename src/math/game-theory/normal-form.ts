import type { GameTree } from './tree.ts';

/** A table of numbers with an axis for each player: nested lists, the first player's choice outermost. */
export type PayoffTable = number | readonly PayoffTable[];

/**
 * The tree of a game in which all choose once at the same time: players move one after the other, unseen by each other.
 *
 * Shapes: payoffs[player][choice of player 0][choice of player 1]…
 * Source: the conversion is that of open_spiel's `turn_based_simultaneous_game`.
 *
 * @example
 * normalFormTree([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]).actions([]) // [0, 1]
 */
export function normalFormTree(payoffs: readonly PayoffTable[]): GameTree<readonly number[]> {
  const players = payoffs.length;
  const sizes = sizesOf(payoffs[0]);
  return {
    players,
    root: [],
    mover: (chosen) => (chosen.length < players ? chosen.length : -2),
    actions: (chosen) => Array.from({ length: sizes[chosen.length] ?? 0 }, (_, i) => i),
    probabilities: () => [],
    child: (chosen, action) => [...chosen, action],
    returns: (chosen) => payoffs.map((table) => payoffAt(table, chosen)),
    informationState: (chosen) => `player ${chosen.length}`,
  };
}

/**
 * How many choices each player has.
 *
 * @example
 * sizesOf([[1, 2, 3], [4, 5, 6]]) // [2, 3]
 */
export function sizesOf(table: PayoffTable): number[] {
  return typeof table === 'number' ? [] : [table.length, ...sizesOf(table[0])];
}

/** The entry of a table at one choice a player. */
export function payoffAt(table: PayoffTable, choices: readonly number[]): number {
  let part = table;
  for (const choice of choices) part = (part as readonly PayoffTable[])[choice];
  return part as number;
}

/**
 * Every combination of one choice a player, the last player's changing fastest.
 *
 * @example
 * profilesOf([2, 2]) // [[0, 0], [0, 1], [1, 0], [1, 1]]
 */
export function profilesOf(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (profiles, size) => profiles.flatMap((profile) => Array.from({ length: size }, (_, i) => [...profile, i])),
    [[]],
  );
}
