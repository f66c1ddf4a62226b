import { type AnyEnv, createRegistry } from '#core';
import { bargaining, instanceOf } from './bargaining.ts';
import { kuhnPoker } from './kuhn-poker.ts';
import { leducPoker } from './leduc-poker.ts';
import { gameTable, matrixGame } from './matrix-game.ts';
import { simpleSpread } from './simple-spread.ts';

/** Every world that ships, in the order in which they are listed. */
export const worlds = createRegistry<AnyEnv>('world', [matrixGame, bargaining, simpleSpread, kuhnPoker, leducPoker]);

export { offerItems } from './bargaining/offers.ts';
export * from './exact/index.ts';
export * from './kuhn-poker.ts';
export * from './leduc-poker.ts';
export type { GameName } from './matrix-game/tables.ts';
export * from './random-return.ts';
export { bargaining, gameTable, instanceOf, matrixGame, simpleSpread };
