import { z } from 'zod';
import type { MoveSpec } from '../declaration.ts';
import { defineProtocol } from '../protocol.ts';
import type { Rule, RuleView } from '../rule.ts';
import { prices } from './words.ts';

/** Buyers and sellers quote prices and take each other's at any time. */
export const doubleAuction = defineProtocol({
  id: 'double-auction',
  card: {
    title: 'Continuous double auction',
    description:
      'Buyers bid, sellers ask, whenever they like and for all to hear. A new quote has to better the best on its side and may not cross the other side: who wants that price takes the best quote there, and the trade is at that quote’s price. Quotes can be withdrawn. The market closes at the deadline.',
    source:
      'Smith (1962), "An experimental study of competitive market behavior"; improvement rule as in Gode and Sunder (1993).',
  },
  options: z.strictObject({
    buyers: z.int().min(1).max(100).default(3).describe('How many buy.'),
    sellers: z.int().min(1).max(100).default(3).describe('How many sell.'),
    highestPrice: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(20)
      .describe('The highest price that can be quoted; the lowest is 0.'),
    units: z.int().min(1).default(1).describe('How many units each can trade.'),
    ticks: z.int().min(1).default(100).describe('Ticks until the market closes.'),
  }),
  declare: ({ buyers, sellers, highestPrice, units, ticks }) => ({
    roles: [
      { name: 'buyer', count: buyers },
      { name: 'seller', count: sellers },
    ],
    threads: ['buyer', 'seller'],
    parameters: {
      quote: { says: 'number of the quote', key: true },
      price: { says: 'what is bid or asked', content: prices(highestPrice), under: 'quote' },
    },
    states: [{ name: 'idle' }, { name: 'quoting' }, { name: 'closed', ends: 'success' }],
    moves: [
      ...sideMoves('buyer', 'bid', 'buy', 'withdraw-bid', 'seller'),
      ...sideMoves('seller', 'ask', 'sell', 'withdraw-ask', 'buyer'),
    ],
    rules: rulesOf(buyers, units),
    deadline: { ticks, to: 'closed' },
  }),
});

/** What one side can say: quote, take the other side's quote, withdraw. */
function sideMoves(by: string, quote: string, take: string, withdraw: string, addressee: string): readonly MoveSpec[] {
  const live = ['idle', 'quoting'];
  const said = { by, heardBy: 'all', reply: false, oncePerTick: true } as const;
  return [
    { ...said, id: quote, performative: 'propose', from: live, to: 'quoting', out: ['quote', 'price'] },
    {
      ...said,
      id: take,
      performative: 'accept-proposal',
      from: ['quoting'],
      to: 'idle',
      thread: 'addressed',
      addressee,
      in: ['quote', 'price'],
      reply: true,
      oncePerTick: false,
      sender: { from: live, to: 'idle' },
    },
    { ...said, id: withdraw, performative: 'cancel', from: ['quoting'], to: 'idle', in: ['quote'] },
  ];
}

/** Threads of buyers come first: those below `buyers`. */
function rulesOf(buyers: number, units: number): readonly Rule[] {
  const trades = (view: RuleView, thread: number) => view.uses(thread, 'buy') + view.uses(thread, 'sell');
  return [
    {
      id: 'units-left',
      says: `Nobody trades, or offers to, more than ${units} unit${units === 1 ? '' : 's'}.`,
      moves: ['bid', 'ask', 'buy', 'sell'],
      permits: (view) => trades(view, view.sender) < units,
    },
    {
      id: 'bid-improves',
      says: 'A bid is above the best bid and below the best ask.',
      moves: ['bid'],
      parameter: 'price',
      permits: (view, value) => value > bestBid(view, buyers) && value < bestAsk(view, buyers),
      narrow: (view, bounds) => betweenQuotes(view, buyers, bounds),
    },
    {
      id: 'ask-improves',
      says: 'An ask is below the best ask and above the best bid.',
      moves: ['ask'],
      parameter: 'price',
      permits: (view, value) => value < bestAsk(view, buyers) && value > bestBid(view, buyers),
      narrow: (view, bounds) => betweenQuotes(view, buyers, bounds),
    },
    {
      id: 'best-quote',
      says: 'Only the best quote of the other side is taken.',
      moves: ['buy', 'sell'],
      permits(view) {
        const price = view.value(view.thread, 'price');
        return view.thread < buyers ? price === bestBid(view, buyers) : price === bestAsk(view, buyers);
      },
    },
  ];
}

function betweenQuotes(view: RuleView, buyers: number, bounds: Int32Array): void {
  bounds[0] = Math.max(bounds[0], bestBid(view, buyers) + 1);
  bounds[1] = Math.min(bounds[1], bestAsk(view, buyers) - 1);
}

function bestBid(view: RuleView, buyers: number): number {
  let best = -1;
  for (let thread = 0; thread < buyers; thread++) {
    if (view.inState(thread, 'quoting')) best = Math.max(best, view.value(thread, 'price'));
  }
  return best;
}

function bestAsk(view: RuleView, buyers: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let thread = buyers; thread < view.threads; thread++) {
    if (view.inState(thread, 'quoting')) best = Math.min(best, view.value(thread, 'price'));
  }
  return best;
}
