import type { Rng } from '#core';
import { onceFor } from '#core/once-for';
import {
  bargainingRules,
  createTalk,
  declarationOf,
  type Facts,
  Judge,
  noFacts,
  protocols,
  type RuleCounts,
  type Talk,
  type TalkState,
  withRules,
} from '#protocol';
import type { ExchangeParams } from './params.ts';

/**
 * Buyers come first among agents, as their threads do.
 *
 * Shapes: A traders; limits [A, units]; traded, profit [A]; prices [most trades].
 */
export interface ExchangeState extends RuleCounts {
  readonly talk: TalkState;
  /** Trader whose turn it is; -1 where nobody can say anything any more. */
  mover: number;
  /** Values of buyers (falling) and costs of sellers (rising), unit by unit. */
  readonly limits: Int32Array;
  readonly traded: Int32Array;
  readonly profit: Float64Array;
  readonly prices: Int32Array;
  trades: number;
  /** Fines paid, by all. */
  fines: number;
}

/** What does not change while a market of these parameters is open. */
export interface Market {
  readonly talk: Talk;
  readonly judge: Judge;
  readonly facts: MarketFacts;
  readonly traders: number;
  readonly buyers: number;
  readonly quoting: number;
  readonly price: number;
  /** Numbers of the moves that close a trade. */
  readonly buy: number;
  readonly sell: number;
}

/** What a trader would gain by the unit that it trades next. */
class MarketFacts implements Facts {
  state: ExchangeState | null = null;
  readonly #buyers: number;
  readonly #units: number;

  constructor({ buyers, units }: ExchangeParams) {
    this.#buyers = buyers;
    this.#units = units;
  }

  gain(agent: number, price: number): number {
    const { traded, limits } = this.state as ExchangeState;
    if (traded[agent] >= this.#units) return Number.NEGATIVE_INFINITY;
    const limit = limits[agent * this.#units + traded[agent]];
    return agent < this.#buyers ? limit - price : price - limit;
  }

  lastGain = noFacts.lastGain;
  offered = noFacts.offered;
  affords = noFacts.affords;
  holds = noFacts.holds;
}

/** The market of parameters, which never change during a run: made once. */
export const marketOf = onceFor(openMarket);

/** The grammar of what is said, before any rules. */
export function protocolOf({ buyers, sellers, units, highestPrice, turns }: ExchangeParams) {
  const options = { buyers, sellers, units, highestPrice, ticks: turns };
  return { id: 'double-auction', options, conversations: ['exchange'] as const };
}

function openMarket(params: ExchangeParams): Market {
  const { buyers, sellers, losses } = params;
  const { id, options } = protocolOf(params);
  const plain = declarationOf(protocols.get(id), options);
  const moves = { offers: ['bid', 'ask'], accepts: ['buy', 'sell'], parameter: 'price' };
  const rules = losses === 'open' ? [] : bargainingRules(['R1'], moves, losses === 'priced');
  const talk = createTalk(withRules(plain, rules));
  const { stateIndex, parameterIndex, moveIndex } = talk.tables;
  return {
    talk,
    judge: new Judge(talk),
    facts: new MarketFacts(params),
    traders: buyers + sellers,
    buyers,
    quoting: stateIndex.get('quoting') as number,
    price: parameterIndex.get('price') as number,
    buy: moveIndex.get('buy') as number,
    sell: moveIndex.get('sell') as number,
  };
}

/** A new trading day: values and costs are drawn, each trader's in the order in which it trades them. */
export function openDay(params: ExchangeParams, rng: Rng): ExchangeState {
  const { talk, traders, judge } = marketOf(params);
  const { buyers, units, highestPrice } = params;
  const limits = new Int32Array(traders * units);
  for (let i = 0; i < limits.length; i++) limits[i] = rng.integer(0, highestPrice + 1);
  for (let agent = 0; agent < traders; agent++) {
    const own = limits.subarray(agent * units, (agent + 1) * units).sort();
    if (agent < buyers) own.reverse();
  }
  const state: ExchangeState = {
    talk: talk.begin(),
    mover: 0,
    limits,
    traded: new Int32Array(traders),
    profit: new Float64Array(traders),
    prices: new Int32Array(Math.min(buyers, params.sellers) * units),
    trades: 0,
    fines: 0,
    ...judge.begin(),
  };
  state.mover = nextMover(state, params, rng);
  return state;
}

/**
 * Whose turn it is: one of those that still have units, all alike likely; -1 where one side has none left.
 *
 * Source: Gode and Sunder (1993), who draw the trader of every turn.
 */
export function nextMover({ traded }: ExchangeState, { buyers, units }: ExchangeParams, rng: Rng): number {
  let buying = 0;
  let selling = 0;
  for (let agent = 0; agent < traded.length; agent++) {
    if (traded[agent] >= units) continue;
    if (agent < buyers) buying++;
    else selling++;
  }
  if (buying === 0 || selling === 0) return -1;
  let left = rng.integer(0, buying + selling);
  for (let agent = 0; agent < traded.length; agent++) {
    if (traded[agent] >= units) continue;
    if (left === 0) return agent;
    left--;
  }
  return -1;
}

/** The best bid (`side` 0) or ask (1); -1 where there is none. */
export function bestQuote({ talk }: ExchangeState, market: Market, side: number): number {
  const { buyers, traders, quoting, price } = market;
  const parameters = market.talk.tables.parameters.length;
  let best = -1;
  for (let thread = side === 0 ? 0 : buyers; thread < (side === 0 ? buyers : traders); thread++) {
    if (talk.states[thread] !== quoting) continue;
    const quoted = talk.values[thread * parameters + price];
    if (best < 0 || (side === 0 ? quoted > best : quoted < best)) best = quoted;
  }
  return best;
}

/** The mover speaks; a trade pays both sides at once. Returns whether the market is closed. */
export function takeTurn(
  state: ExchangeState,
  actions: Float64Array,
  rewards: Float64Array,
  rng: Rng,
  params: ExchangeParams,
): boolean {
  const market = marketOf(params);
  const { talk, judge, facts } = market;
  const { mover } = state;
  const stride = actions.length / market.traders;
  const offset = mover * stride;
  facts.state = state;
  if (params.losses !== 'open') {
    const fine = params.fine * judge.weigh(state.talk, mover, actions, offset, state, facts);
    rewards[mover] -= fine;
    state.fines += fine;
  }
  const choice = actions[offset];
  const said = talk.say(state.talk, mover, actions, offset, facts);
  if (said === market.buy || said === market.sell) {
    const { thread } = talk.tables.roles[talk.participants.roleOf[mover]].utterances[choice - 1];
    settle(state, mover, thread, rewards, params);
  }
  const closed = talk.advance(state.talk);
  state.mover = closed ? -1 : nextMover(state, params, rng);
  return state.mover < 0;
}

function settle(
  state: ExchangeState,
  mover: number,
  owner: number,
  rewards: Float64Array,
  params: ExchangeParams,
): void {
  const market = marketOf(params);
  const price = state.talk.values[owner * market.talk.tables.parameters.length + market.price];
  for (let i = 0; i < 2; i++) {
    const agent = i === 0 ? mover : owner;
    const gain = market.facts.gain(agent, price);
    rewards[agent] += gain;
    state.profit[agent] += gain;
  }
  state.traded[mover]++;
  state.traded[owner]++;
  state.prices[state.trades++] = price;
}
