import { defineEnv, finiteNumbers } from '#core';
import { competitiveEquilibrium, smithsAlpha } from '#math';
import { messageOf } from '#protocol';
import {
  drawMarket,
  marketText,
  observationSpace,
  stateVectorSize,
  writeObservation,
  writeStateVector,
} from './exchange/looks.ts';
import { type ExchangeState, marketOf, openDay, protocolOf, takeTurn } from './exchange/market.ts';
import { type ExchangeParams, exchangeParams } from './exchange/params.ts';

/** A continuous double auction among traders with private values. */
export const exchange = defineEnv<ExchangeState, ExchangeParams>({
  id: 'exchange',
  params: exchangeParams,
  card: {
    title: 'Exchange (continuous double auction)',
    description:
      'Buyers with private values and sellers with private costs trade single units. At each turn a trader drawn at random may quote a price that betters the best on its side, take the best quote of the other side, withdraw its own, or wait. A trade is at the price of the quote that was taken.',
    source:
      'Smith (1962), "An experimental study of competitive market behavior"; turns and zero intelligence as in Gode and Sunder (1993), "Allocative efficiency of markets with zero-intelligence traders". Protocol: double-auction.',
    licence: 'Own work, under the licence of this project.',
    tests: 'Finding prices under private values: profit for each, efficiency for all.',
    rewardScale: {
      agent:
        'Value less price to the buyer, price less cost to the seller, at each trade; fines where losses are priced.',
      team: 'The surplus that was realised, at most that of the competitive equilibrium.',
    },
    horizon: '60 turns of one trader each, or until one side has nothing left to trade. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: -0.2632, standardError: 0.1484 },
      roles: {
        buyer: { mean: -0.1067, standardError: 0.0573 },
        seller: { mean: 0.0189, standardError: 0.0576 },
      },
    },
    baseline: {
      policies: { buyer: 'zero-intelligence', seller: 'zero-intelligence' },
      episodes: 1000,
      seed: 0,
      team: { mean: 12.981, standardError: 0.2658 },
      roles: {
        buyer: { mean: 2.1877, standardError: 0.0587 },
        seller: { mean: 2.1393, standardError: 0.0585 },
      },
    },
    knownAnswer:
      'No play realises more than the surplus of the competitive equilibrium (metric `efficiency` is the share of it).',
  },

  roles(params) {
    const { talk } = marketOf(params);
    const role = (name: string, count: number, number: number) => ({
      name,
      count,
      observation: observationSpace(params, number),
      action: talk.space(number),
    });
    return [role('buyer', params.buyers, 0), role('seller', params.sellers, 1)];
  },

  declares: ({ highestPrice, losses, fine }) => ({
    // What breaks the rule may be an act at its best price that is also the trade at a loss.
    rewardBounds: [-highestPrice - (losses === 'priced' ? 2 * fine : 0), highestPrice],
  }),

  init: (params, rng) => openDay(params, rng),

  acting: (state, agent) => state.mover === agent,

  observe: writeObservation,

  legal(state, agent, mask, params) {
    const { talk, facts } = marketOf(params);
    facts.state = state;
    talk.writeMask(state.talk, agent, mask, 0, facts);
  },

  step: takeTurn,

  stateSize: stateVectorSize,
  stateVector: writeStateVector,

  metrics(state, params) {
    const { buyers, units, turns } = params;
    const { limits, prices, trades, profit, fines, talk } = state;
    const market = marketOf(params);
    const values = Array.from(limits.subarray(0, buyers * units));
    const costs = Array.from(limits.subarray(buyers * units));
    const best = competitiveEquilibrium(values, costs);
    const paid = Array.from(prices.subarray(0, trades));
    const middle = best.prices === undefined ? Number.NaN : (best.prices[0] + best.prices[1]) / 2;
    const surplus = profit.reduce((sum, gain) => sum + gain, 0);
    return finiteNumbers({
      efficiency: surplus / best.surplus,
      priceDeviation: smithsAlpha(paid, middle),
      volume: trades,
      volumeShare: trades / best.quantity,
      lengthShare: talk.tick / turns,
      ...(params.losses === 'priced' ? { fines } : {}),
      ...market.judge.rates(state),
    });
  },

  closedBy(state, agent, params) {
    const { judge, facts } = marketOf(params);
    facts.state = state;
    return judge.closing(state.talk, agent, facts);
  },

  messages(state, actions, _rng, params) {
    const { talk, traders } = marketOf(params);
    const offset = state.mover * (actions.length / traders);
    const message = messageOf(talk, state.talk, state.mover, actions, 'exchange', offset);
    return message === undefined ? [] : [message];
  },

  protocol: protocolOf,

  text: marketText,
  draw: drawMarket,
});

export type { ExchangeParams, ExchangeState };
