import { defineScripted } from '#core';
import { type BidderSetup, bid, bidderSetup } from './bidding.ts';

/** Asks for what a job costs it. */
export const truthfulBidder = defineScripted<BidderSetup, null>({
  id: 'truthful-bidder',
  card: {
    title: 'Truthful bidder',
    description:
      'Asks for just what a job costs it as long as it has capacity, refuses otherwise, and does what was accepted. It gains nothing.',
    source: 'Marginal cost bidding, as in Sandholm (1993), "An implementation of the contract net protocol".',
    worlds: ['task-market'],
  },
  prepare: (context) => bidderSetup('truthful-bidder', context),
  remember: () => null,
  act(view, out, setup) {
    bid(ownCost, view, out, setup);
  },
});

function ownCost(cost: number, highest: number): number {
  return Math.min(cost, highest);
}
