import { defineScripted } from '#core';
import { findField, hotIndex, refusal, type Stretch } from '../refusal.ts';

interface Setup {
  readonly value: Stretch;
  readonly bidders: number;
}

/** Bids the share of its value that is an equilibrium when values are spread evenly. */
export const shadingBidder = defineScripted<Setup, null>({
  id: 'shading-bidder',
  card: {
    title: 'Shading bidder',
    description: 'Bids (bidders - 1) / bidders of its value, rounded down.',
    source: 'Vickrey (1961): equilibrium of the first-price auction with values drawn evenly from an interval.',
    worlds: ['first-price-auction'],
  },
  prepare(context) {
    const value = findField(context.role.observation, 'value');
    if (context.env.id !== 'first-price-auction' || value === undefined) {
      throw refusal('shading-bidder', context, { got: context.env.id, expected: 'first-price-auction' });
    }
    return { value, bidders: context.role.count };
  },
  remember: () => null,
  act({ observation }, out, { value, bidders }) {
    const worth = hotIndex(observation, value) + 1;
    out[0] = Math.floor((worth * (bidders - 1)) / bidders);
  },
});
