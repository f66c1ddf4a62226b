import { type BoxSpace, type Drawing, type Field, fieldBox, type Shape } from '#core';
import { bestQuote, type ExchangeState, marketOf } from './market.ts';
import type { ExchangeParams } from './params.ts';

/** What a trader sees: its own limits, the best quotes, the last price, and what was said. */
export function observationSpace(params: ExchangeParams, role: number): BoxSpace {
  const fields: Field[] = [
    { name: 'limits', size: params.units },
    { name: 'next limit', size: 1 },
    { name: 'units left', size: 1 },
    { name: 'best bid', size: 2 },
    { name: 'best ask', size: 2 },
    { name: 'last price', size: 2 },
    ...marketOf(params).talk.inbox.fields(role),
  ];
  return fieldBox(fields, 0, 1);
}

export function writeObservation(state: ExchangeState, agent: number, out: Float32Array, params: ExchangeParams): void {
  const market = marketOf(params);
  const { units, highestPrice } = params;
  const { limits, traded, prices, trades } = state;
  for (let unit = 0; unit < units; unit++) out[unit] = limits[agent * units + unit] / highestPrice;
  const next = traded[agent];
  out[units] = next < units ? limits[agent * units + next] / highestPrice : 0;
  out[units + 1] = 1 - next / units;
  writePrice(out, units + 2, bestQuote(state, market, 0), highestPrice);
  writePrice(out, units + 4, bestQuote(state, market, 1), highestPrice);
  writePrice(out, units + 6, trades === 0 ? -1 : prices[trades - 1], highestPrice);
  market.talk.inbox.write(state.talk, agent, out, units + 8);
}

/** All limits, what is left to each, and the best quotes. */
export function stateVectorSize({ buyers, sellers, units }: ExchangeParams): number {
  return (buyers + sellers) * (units + 1) + 5;
}

export function writeStateVector(state: ExchangeState, out: Float32Array, params: ExchangeParams): void {
  const { limits, traded, talk } = state;
  const { units, highestPrice, turns } = params;
  const market = marketOf(params);
  for (let i = 0; i < limits.length; i++) out[i] = limits[i] / highestPrice;
  const at = limits.length;
  for (let agent = 0; agent < traded.length; agent++) out[at + agent] = 1 - traded[agent] / units;
  const next = at + traded.length;
  writePrice(out, next, bestQuote(state, market, 0), highestPrice);
  writePrice(out, next + 2, bestQuote(state, market, 1), highestPrice);
  out[next + 4] = talk.tick / turns;
}

function writePrice(out: Float32Array, at: number, price: number, highest: number): void {
  out[at] = price < 0 ? 0 : 1;
  out[at + 1] = price < 0 ? 0 : price / highest;
}

export function marketText(state: ExchangeState, agent: number, params: ExchangeParams): string {
  const market = marketOf(params);
  const { units, turns, buyers } = params;
  const { talk } = market;
  const quote = (side: number) => {
    const price = bestQuote(state, market, side);
    return price < 0 ? 'none' : String(price);
  };
  const own = Array.from(state.limits.subarray(agent * units, (agent + 1) * units));
  const left = own.slice(state.traded[agent]);
  const buying = agent < buyers;
  const lines = [
    `A double auction, turn ${Math.min(state.talk.tick + 1, turns)} of ${turns}. You are ${talk.participants.names[agent]}, a ${buying ? 'buyer' : 'seller'}.`,
    left.length === 0
      ? 'You have traded all your units.'
      : `${buying ? 'A unit is worth to you' : 'A unit costs you'}, one after the other: ${left.join(', ')}.`,
    `Best bid: ${quote(0)}. Best ask: ${quote(1)}. Prices so far: ${state.trades === 0 ? 'none' : Array.from(state.prices.subarray(0, state.trades)).join(', ')}.`,
    `Your gain so far: ${state.profit[agent]}.`,
  ];
  if (state.mover === agent) {
    const says = talk.utteranceLabels(talk.participants.roleOf[agent]).join(', ');
    lines.push(`It is your turn. Choose one of: ${says}; then the price where you quote one.`);
  }
  return lines.join('\n');
}

/** Traders in two rows with their limits, quotes and gains; prices below. */
export function drawMarket(state: ExchangeState, params: ExchangeParams): Drawing {
  const market = marketOf(params);
  const { buyers, sellers, units, turns } = params;
  const parameters = market.talk.tables.parameters.length;
  const shapes = Array.from({ length: buyers + sellers }, (_, agent): Shape[] => {
    const buying = agent < buyers;
    const x = 2 * (buying ? agent : agent - buyers) + 2;
    const y = buying ? 0.5 : 3.5;
    const quoting = state.talk.states[agent] === market.quoting;
    const quote = quoting ? String(state.talk.values[agent * parameters + market.price]) : '-';
    const limits = Array.from(state.limits.subarray(agent * units, (agent + 1) * units)).join(' ');
    const fill = state.mover === agent ? 'accent' : (`agent${agent}` as const);
    return [
      { kind: 'rect', x, y, width: 1.8, height: 1.6, fill, stroke: 'muted', label: quote },
      { kind: 'text', x: x + 0.9, y: y + 2, text: limits, size: 0.3, anchor: 'middle' },
      {
        kind: 'text',
        x: x + 0.9,
        y: y + 2.4,
        text: `+${state.profit[agent]}`,
        size: 0.3,
        fill: 'good',
        anchor: 'middle',
      },
    ];
  }).flat();
  const names: Shape[] = ['bids', 'asks'].map((text, side) => ({
    kind: 'text',
    x: 0.2,
    y: 1.5 + 3 * side,
    text,
    size: 0.4,
  }));
  const prices = Array.from(state.prices.subarray(0, state.trades)).join(', ') || 'none';
  return {
    width: 2 * Math.max(buyers, sellers) + 3,
    height: 6.5,
    shapes: [...names, ...shapes],
    caption: `Turn ${state.talk.tick} of ${turns}; prices: ${prices}`,
  };
}
