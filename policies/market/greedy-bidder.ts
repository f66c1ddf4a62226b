import { defineScripted } from '#core';
import { type BidderSetup, bid, bidderSetup } from './bidding.ts';

/** Asks for far more than a job costs it. */
export const greedyBidder = defineScripted<BidderSetup, null>({
  id: 'greedy-bidder',
  card: {
    title: 'Greedy bidder',
    description:
      'Asks for the middle between what a job costs it and the highest price as long as it has capacity, refuses otherwise, and does what was accepted.',
    source: 'A fixed share of the room above cost; the simplest shading there is.',
    worlds: ['task-market'],
  },
  prepare: (context) => bidderSetup('greedy-bidder', context),
  remember: () => null,
  act(view, out, setup) {
    bid(halfWayUp, view, out, setup);
  },
});

function halfWayUp(cost: number, highest: number): number {
  return cost >= highest ? highest : Math.floor((cost + highest) / 2);
}
