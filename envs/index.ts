import { type AnyEnv, createRegistry } from '#core';
import { bargaining, instanceOf } from './bargaining.ts';
import { blotto } from './blotto.ts';
import { caoNegotiation } from './cao-negotiation.ts';
import { cleanUp } from './clean-up.ts';
import { coinGameJaxmarl } from './coin-game-jaxmarl.ts';
import { coinGameLola } from './coin-game-lola.ts';
import { coinGameOpenSpiel } from './coin-game-openspiel.ts';
import { coloredTrails } from './colored-trails.ts';
import { commonsHarvest } from './commons-harvest.ts';
import { exchange } from './exchange.ts';
import { firstPriceAuction } from './first-price-auction.ts';
import { foragingFamily, foragingStrictFamily } from './foraging/ids.ts';
import { foraging, foragingStrict } from './foraging.ts';
import { goofspiel } from './goofspiel.ts';
import { hanabi } from './hanabi.ts';
import { kuhnPoker } from './kuhn-poker.ts';
import { leducPoker } from './leduc-poker.ts';
import { lewisSignalling } from './lewis-signalling.ts';
import { gameTable, matrixGame } from './matrix-game.ts';
import { negotiation } from './negotiation.ts';
import { negotiationOpenSpiel, negotiationOpenSpielMended } from './negotiation-openspiel.ts';
import { oshiZumo } from './oshi-zumo.ts';
import { overcooked } from './overcooked.ts';
import { publicGoods } from './public-goods.ts';
import { referentialGame } from './referential-game.ts';
import { rwareFamily } from './rware/ids.ts';
import { rware, rwareMended } from './rware.ts';
import * as sanity from './sanity/index.ts';
import { sheriff, sheriffMended } from './sheriff.ts';
import { simpleAdversary } from './simple-adversary.ts';
import { simpleReference } from './simple-reference.ts';
import { simpleSpeakerListener } from './simple-speaker-listener.ts';
import { simpleSpread } from './simple-spread.ts';
import { simpleTag } from './simple-tag.ts';
import { switchRiddle } from './switch-riddle.ts';
import { taskMarket } from './task-market.ts';
import { tinyHanabi } from './tiny-hanabi.ts';
import { tradeComm } from './trade-comm.ts';
import { withFamilies } from './world-family.ts';
import { withWrappers, wrappers } from './wrappers/index.ts';

const shelf = createRegistry<AnyEnv>('world', [
  matrixGame,
  bargaining,
  simpleSpread,
  simpleReference,
  simpleSpeakerListener,
  simpleTag,
  simpleAdversary,
  foraging,
  foragingStrict,
  rware,
  rwareMended,
  overcooked,
  kuhnPoker,
  leducPoker,
  goofspiel,
  blotto,
  firstPriceAuction,
  oshiZumo,
  tinyHanabi,
  coinGameOpenSpiel,
  coinGameLola,
  coinGameJaxmarl,
  cleanUp,
  commonsHarvest,
  publicGoods,
  negotiation,
  negotiationOpenSpiel,
  negotiationOpenSpielMended,
  coloredTrails,
  sheriff,
  sheriffMended,
  hanabi,
  lewisSignalling,
  tradeComm,
  referentialGame,
  switchRiddle,
  caoNegotiation,
  taskMarket,
  exchange,
  ...Object.values(sanity),
]);

/**
 * Every world that ships, in the order in which they are listed; members of families and wrapped worlds are found by their ids
 * and not listed.
 */
export const worlds = withWrappers(withFamilies(shelf, [foragingFamily, foragingStrictFamily, rwareFamily]), wrappers);

export { offerItems } from './bargaining/offers.ts';
export * from './blotto.ts';
export * from './cao-negotiation.ts';
export * from './clean-up.ts';
export * from './coin-game-jaxmarl.ts';
export * from './coin-game-lola.ts';
export * from './coin-game-openspiel.ts';
export * from './colored-trails.ts';
export { commonsColours } from './commons/sight.ts';
export * from './commons-harvest.ts';
export * from './exact/index.ts';
export * from './exchange.ts';
export * from './first-price-auction.ts';
export * from './foraging.ts';
export * from './goofspiel.ts';
export * from './hanabi.ts';
export * from './kuhn-poker.ts';
export * from './leduc-poker.ts';
export * from './lewis-signalling.ts';
export type { GameName } from './matrix-game/tables.ts';
export { NegotiationFacts } from './negotiation/facts.ts';
export * from './negotiation.ts';
export * from './negotiation-openspiel.ts';
export * from './oshi-zumo.ts';
export * from './overcooked.ts';
export * from './public-goods.ts';
export * from './random-play.ts';
export * from './random-return.ts';
export * from './referential-game.ts';
export * from './rware.ts';
export * from './sanity/index.ts';
export * from './sheriff.ts';
export * from './simple-adversary.ts';
export * from './simple-reference.ts';
export * from './simple-speaker-listener.ts';
export * from './simple-tag.ts';
export * from './switch-riddle.ts';
export * from './task-market.ts';
export * from './tiny-hanabi.ts';
export * from './trade-comm.ts';
export * from './world-family.ts';
export * from './wrappers/index.ts';
export { bargaining, gameTable, instanceOf, matrixGame, simpleSpread };
