import { createRegistry } from '#core';
import type { AnyProtocol } from '../protocol.ts';
import { alternatingOffers } from './alternating-offers.ts';
import { cheapTalk } from './cheap-talk.ts';
import { contractNet, iteratedContractNet } from './contract-net.ts';
import { doubleAuction } from './double-auction.ts';
import { request } from './request.ts';
import { sealedBidFirstPrice, sealedBidSecondPrice } from './sealed-bid.ts';
import { subcontractNet } from './subcontract-net.ts';

/** Every protocol that ships, in the order in which they are listed. */
export const protocols = createRegistry<AnyProtocol>('protocol', [
  cheapTalk,
  request,
  alternatingOffers,
  contractNet,
  iteratedContractNet,
  subcontractNet,
  sealedBidFirstPrice,
  sealedBidSecondPrice,
  doubleAuction,
]);
