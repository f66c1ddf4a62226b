import type { ParityAdapter } from '../adapter.ts';
import { bargainingAdapter } from './bargaining.ts';
import { blottoAdapter } from './blotto.ts';
import { coinGameOpenSpielAdapter } from './coin-game-openspiel.ts';
import { coloredTrailsAdapter } from './colored-trails.ts';
import { firstPriceAuctionAdapter } from './first-price-auction.ts';
import { foragingAdapter } from './foraging.ts';
import { goofspielAdapter } from './goofspiel.ts';
import { hanabiAdapter } from './hanabi.ts';
import { kuhnPokerAdapter } from './kuhn-poker.ts';
import { leducPokerAdapter } from './leduc-poker.ts';
import { lewisSignallingAdapter } from './lewis-signalling.ts';
import { matrixAdapter, ownMatrixGameAdapter, repeatedGameAdapter } from './matrix-game.ts';
import { negotiationOpenSpielAdapter } from './negotiation-openspiel.ts';
import { oshiZumoAdapter } from './oshi-zumo.ts';
import { overcookedAdapter } from './overcooked.ts';
import { rwareAdapter } from './rware.ts';
import { sheriffAdapter } from './sheriff.ts';
import { simpleAdversaryAdapter } from './simple-adversary.ts';
import { simpleReferenceAdapter } from './simple-reference.ts';
import { simpleSpeakerListenerAdapter } from './simple-speaker-listener.ts';
import { simpleSpreadAdapter } from './simple-spread.ts';
import { simpleTagAdapter } from './simple-tag.ts';
import { tinyHanabiAdapter } from './tiny-hanabi.ts';
import { tradeCommAdapter } from './trade-comm.ts';

/** Every recorded world that can be replayed, one adapter each. */
export const parityAdapters: readonly ParityAdapter[] = [
  simpleSpreadAdapter,
  simpleReferenceAdapter,
  simpleSpeakerListenerAdapter,
  simpleTagAdapter,
  simpleAdversaryAdapter,
  foragingAdapter,
  rwareAdapter,
  overcookedAdapter,
  matrixAdapter,
  repeatedGameAdapter,
  ownMatrixGameAdapter,
  bargainingAdapter,
  kuhnPokerAdapter,
  leducPokerAdapter,
  goofspielAdapter,
  blottoAdapter,
  firstPriceAuctionAdapter,
  oshiZumoAdapter,
  tinyHanabiAdapter,
  coinGameOpenSpielAdapter,
  negotiationOpenSpielAdapter,
  coloredTrailsAdapter,
  sheriffAdapter,
  hanabiAdapter,
  lewisSignallingAdapter,
  tradeCommAdapter,
];
