import { z } from 'zod';
import type { DeclarationSpec } from '../declaration.ts';
import { defineProtocol } from '../protocol.ts';
import type { Rule, RuleView } from '../rule.ts';
import { prices } from './words.ts';

const options = z.strictObject({
  bidders: z.int().min(1).max(100).default(3).describe('How many can bid.'),
  highestPrice: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(20)
    .describe('The highest bid that can be made; the lowest is 0.'),
  reserve: z.int().min(0).default(0).describe('Bids below are not accepted.'),
  callWithin: z.int().min(1).default(4).describe('Ticks until it is over where the auction is not opened.'),
  bidWithin: z.int().min(1).default(4).describe('Ticks in which bids are taken.'),
  decideWithin: z.int().min(1).default(200).describe('Ticks in which the auctioneer has to decide.'),
  payWithin: z.int().min(1).default(4).describe('Ticks in which the winner has to pay.'),
  price: z.number().min(0).default(5).describe('What a winner pays that does not pay its bid.'),
});

type Options = z.infer<typeof options>;

const description =
  'The auctioneer opens; every bidder makes one bid that only the auctioneer sees, or stays out. When all have answered or run out of time, the highest bid that reaches the reserve wins (the first of equals), all others are turned down, and the winner pays';

/** The highest sealed bid wins and pays what it bid. */
export const sealedBidFirstPrice = defineProtocol<Options>({
  id: 'sealed-bid-first-price',
  card: {
    title: 'Sealed-bid auction, first price',
    description: `${description} its own bid.`,
    source: 'Vickrey (1961), "Counterspeculation, auctions, and competitive sealed tenders".',
  },
  options,
  declare: (chosen) => declareSealedBid(chosen, (view) => view.value(view.thread, 'bid')),
});

/** The highest sealed bid wins and pays the second-highest. */
export const sealedBidSecondPrice = defineProtocol<Options>({
  id: 'sealed-bid-second-price',
  card: {
    title: 'Sealed-bid auction, second price',
    description: `${description} the highest of the other bids, the reserve at least.`,
    source: 'Vickrey (1961), "Counterspeculation, auctions, and competitive sealed tenders".',
  },
  options,
  declare: (chosen) =>
    declareSealedBid(chosen, (view) => {
      let second = chosen.reserve;
      for (let thread = 0; thread < view.threads; thread++) {
        if (thread !== view.thread && view.known(thread, 'bid')) second = Math.max(second, view.value(thread, 'bid'));
      }
      return second;
    }),
});

function declareSealedBid(chosen: Options, payment: (view: RuleView) => number): Omit<DeclarationSpec, 'id'> {
  return {
    roles: [
      { name: 'auctioneer', count: 1 },
      { name: 'bidder', count: chosen.bidders },
    ],
    threads: ['bidder'],
    parameters: {
      bid: { says: 'what the bidder offers to pay', content: prices(chosen.highestPrice) },
      payment: { says: 'what the winner has to pay', content: prices(chosen.highestPrice) },
    },
    states: [
      { name: 'idle', within: chosen.callWithin, late: 'uncalled' },
      { name: 'called', within: chosen.bidWithin, late: 'silent' },
      { name: 'bid', within: chosen.decideWithin, late: 'undecided' },
      { name: 'won', within: chosen.payWithin, late: 'unpaid' },
      { name: 'paid', ends: 'success' },
      { name: 'lost', ends: 'failure' },
      { name: 'out', ends: 'failure' },
      { name: 'uncalled', ends: 'failure' },
      { name: 'silent', ends: 'failure' },
      { name: 'undecided', ends: 'failure' },
      { name: 'unpaid', ends: 'failure' },
    ],
    moves: [
      { id: 'open', performative: 'cfp', by: 'auctioneer', from: ['idle'], to: 'called', thread: 'all' },
      { id: 'bid', performative: 'propose', by: 'bidder', from: ['called'], to: 'bid', out: ['bid'] },
      { id: 'stay-out', performative: 'refuse', by: 'bidder', from: ['called'], to: 'out' },
      {
        id: 'award',
        performative: 'accept-proposal',
        by: 'auctioneer',
        from: ['bid'],
        to: 'won',
        in: ['bid'],
        out: ['payment'],
      },
      { id: 'turn-down', performative: 'reject-proposal', by: 'auctioneer', from: ['bid'], to: 'lost', in: ['bid'] },
      { id: 'pay', performative: 'inform', by: 'bidder', from: ['won'], to: 'paid', in: ['payment'] },
      { id: 'default', performative: 'failure', by: 'bidder', from: ['won'], to: 'unpaid' },
    ],
    commitments: [
      {
        id: 'payment',
        says: 'pays, if its bid wins',
        debtor: 'owner',
        creditor: 'auctioneer',
        creates: ['bid'],
        detaches: ['award'],
        discharges: ['pay'],
        releases: ['turn-down'],
        cancels: ['default'],
        within: chosen.payWithin,
        price: chosen.price,
      },
    ],
    rules: rulesOf(chosen.reserve, payment),
  };
}

function rulesOf(reserve: number, payment: (view: RuleView) => number): readonly Rule[] {
  return [
    {
      id: 'all-bids-in',
      says: 'Nothing is decided while somebody may still bid.',
      moves: ['award', 'turn-down'],
      permits(view) {
        for (let thread = 0; thread < view.threads; thread++) if (view.inState(thread, 'called')) return false;
        return true;
      },
    },
    {
      id: 'highest-wins',
      says: 'The first of the highest bids wins, if it reaches the reserve.',
      moves: ['award'],
      permits: (view) => winner(view, reserve) === view.thread,
    },
    {
      id: 'winner-stays',
      says: 'The bid that wins is not turned down.',
      moves: ['turn-down'],
      permits: (view) => winner(view, reserve) !== view.thread,
    },
    {
      id: 'price',
      says: 'The winner pays what the auction says.',
      moves: ['award'],
      parameter: 'payment',
      permits: (view, value) => value === payment(view),
    },
  ];
}

/** Thread of the first of the highest bids; -1 where none reaches the reserve. */
function winner(view: RuleView, reserve: number): number {
  let best = -1;
  for (let thread = 0; thread < view.threads; thread++) {
    if (!view.known(thread, 'bid') || view.value(thread, 'bid') < reserve) continue;
    if (best < 0 || view.value(thread, 'bid') > view.value(best, 'bid')) best = thread;
  }
  return best;
}
