import type { ParityAdapter } from '../adapter.ts';
import { bargainingAdapter } from './bargaining.ts';
import { kuhnPokerAdapter } from './kuhn-poker.ts';
import { leducPokerAdapter } from './leduc-poker.ts';
import { matrixAdapter, ownMatrixGameAdapter, repeatedGameAdapter } from './matrix-game.ts';
import { simpleSpreadAdapter } from './simple-spread.ts';

/** Every recorded world that can be replayed, one adapter each. */
export const parityAdapters: readonly ParityAdapter[] = [
  simpleSpreadAdapter,
  matrixAdapter,
  repeatedGameAdapter,
  ownMatrixGameAdapter,
  bargainingAdapter,
  kuhnPokerAdapter,
  leducPokerAdapter,
];
