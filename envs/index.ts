import { createRegistry } from '#core';
import { bargaining } from './bargaining.ts';
import { matrixGame } from './matrix-game.ts';
import { simpleSpread } from './simple-spread.ts';

/** Every world that ships, in the order in which they are listed. */
export const worlds = createRegistry('world', [matrixGame, bargaining, simpleSpread]);

export * from './random-return.ts';
export { bargaining, matrixGame, simpleSpread };
