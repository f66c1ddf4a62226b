import { protocols } from '#protocol';

/** Every protocol that ships under its defaults, and some under other options. */
export const variants: readonly (readonly [id: string, options: object])[] = [
  ...protocols.ids.map((id) => [id, {}] as const),
  ['cheap-talk', { agents: 4, symbols: 3, length: 3 }],
  ['request', { participants: 3 }],
  ['alternating-offers', { parties: 4, issues: [3, 2], rounds: 6, rejectedMayReturn: false }],
  ['alternating-offers', { parties: 3, issues: [2], offeringIsAccepting: false }],
  ['contract-net', { participants: 5, awards: 2, tasks: 3, highestPrice: 3 }],
  ['iterated-contract-net', { participants: 2, calls: 2, highestPrice: 2 }],
  ['subcontract-net', { participants: 5, tasks: 2, highestPrice: 3, transfers: 3 }],
  ['subcontract-net', { participants: 1 }],
  ['sealed-bid-first-price', { bidders: 1, reserve: 7, highestPrice: 9 }],
  ['sealed-bid-second-price', { bidders: 5, reserve: 2, highestPrice: 5 }],
  ['double-auction', { buyers: 2, sellers: 4, units: 3, highestPrice: 6, ticks: 40 }],
];
