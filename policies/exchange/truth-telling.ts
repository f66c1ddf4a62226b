import { defineScripted } from '#core';
import { firstLegal } from '../market/first-legal.ts';
import { limitOf, type TraderSetup, tradeAt, traderSetup } from './quoting.ts';

/** Quotes what the unit is worth to it, or costs it. */
export const truthTelling = defineScripted<TraderSetup, null>({
  id: 'truth-telling',
  card: {
    title: 'Truth-telling trader',
    description:
      'Quotes its value or cost itself, and takes whatever quote of the other side is at least as good. It gains only by quotes of others.',
    source: 'Truthful bidding, as in Vickrey (1961); here nothing makes it the best reply.',
    worlds: ['exchange'],
  },
  prepare: (context) => traderSetup('truth-telling', context),
  remember: () => null,
  act(view, out, setup) {
    const limit = limitOf(view.observation, setup);
    if (limit < 0) firstLegal(view.mask, setup.sizes, out);
    else tradeAt(limit, view, out, setup);
  },
});
