import { defineScripted } from '#core';
import { firstLegal } from '../market/first-legal.ts';
import { limitOf, type TraderSetup, tradeAt, traderSetup } from './quoting.ts';

/** Names prices at random, but none at which it would lose. */
export const zeroIntelligence = defineScripted<TraderSetup, null>({
  id: 'zero-intelligence',
  card: {
    title: 'Zero intelligence, constrained',
    description:
      'Draws a price evenly among those at which it does not lose; trades at once where the other side has quoted as well, quotes it where it betters its own side, and waits otherwise. The bar for traders: markets of these alone are nearly efficient.',
    source:
      'Gode and Sunder (1993), "Allocative efficiency of markets with zero-intelligence traders: market as a partial substitute for individual rationality": ZI-C.',
    worlds: ['exchange'],
  },
  prepare: (context) => traderSetup('zero-intelligence', context),
  remember: () => null,
  act(view, out, setup) {
    const limit = limitOf(view.observation, setup);
    if (limit < 0) {
      firstLegal(view.mask, setup.sizes, out);
      return;
    }
    const { buying, highest } = setup;
    tradeAt(buying ? view.rng.integer(0, limit + 1) : view.rng.integer(limit, highest + 1), view, out, setup);
  },
});
