import { defineEnv, discrete, type Field, fieldBox } from '#core';
import { onceFor } from '#core/once-for';
import { type Instance, instancesOf, utility } from './bargaining/instances.ts';
import { drawTalk, type Talk, talkText } from './bargaining/looks.ts';
import { actionCount, actionNames, agree, items, maxItemValue, maxPoolItems, offerItems } from './bargaining/offers.ts';
import { type BargainingParams, bargainingParams } from './bargaining/params.ts';

export interface BargainingState {
  /** Number in the list of instances that the parameters choose. */
  instance: number;
  /** Ids of the offers made, oldest first, in the first `made` places. Shapes: [maxTurns]. */
  readonly offers: Int32Array;
  made: number;
  agreed: boolean;
  brokenOff: boolean;
  /** What utilities are multiplied by if the standing offer is accepted now. */
  discount: number;
}

const poolBits = maxPoolItems + 1;
const valueBits = maxItemValue + 1;
const parties = 2;

/** Deal or no deal: two parties split books, hats and balls by alternating offers; each knows only its own values. */
export const bargaining = defineEnv<BargainingState, BargainingParams>({
  id: 'bargaining',
  params: bargainingParams,
  card: {
    title: 'Bargaining (Deal or No Deal)',
    description:
      'Two parties with private values split a pool of books, hats and balls: they take turns to offer or to accept, party 0 first. Without an agreement both get nothing.',
    source:
      'google-deepmind/open_spiel 2.0.2, games/bargaining, with its 1000 instances and its generator; game of Lewis et al. (2017), "Deal or No Deal?".',
    licence: 'Rules are facts; the 1000 instances are Apache-2.0, copyright 2019 DeepMind Technologies Limited.',
    tests: 'Splitting under private values: trade-offs across items, concession, use of the last move.',
    rewardScale: {
      agent: 'Utility of the own share, 0 to 10, once, at an agreement; 0 without one.',
      team: 'Sum of both, 0 to 20; an agreement is worth at least 10 if nothing is wasted.',
    },
    horizon: 'At most 10 offers (`maxTurns`); the tenth cannot be accepted. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 3.4815, standardError: 0.0511 },
      roles: { player: { mean: 1.7408, standardError: 0.0256 } },
    },
    baseline: {
      policies: { player: 'fair' },
      episodes: 1000,
      seed: 0,
      team: { mean: 14.326, standardError: 0.0761 },
      roles: { player: { mean: 7.163, standardError: 0.0381 } },
    },
    knownAnswer:
      'Party 1 answers the ninth offer, the last that can be accepted: by backward induction it takes any positive share, so perfect play is an ultimatum by party 0.',
  },

  roles(params) {
    const each = (name: string, size: number): Field[] => items.map((item) => ({ name: `${name}/${item}`, size }));
    const observation = fieldBox(
      [
        { name: 'agreed', size: 1 },
        { name: 'offersMade', size: params.maxTurns + 1 },
        ...each('pool', poolBits),
        ...each('values', valueBits),
        ...each('offer', poolBits),
      ],
      0,
      1,
    );
    return [{ name: 'player', count: parties, observation, action: discrete(actionCount, actionNames) }];
  },

  declares(params) {
    const total = ({ pool, values }: Instance) =>
      Math.max(...values.map((worth) => worth.reduce((sum, value, i) => sum + value * pool[i], 0)));
    const most = choiceOf(params).reduce((best, instance) => Math.max(best, total(instance)), 0);
    return { rewardBounds: [0, most], commonReward: params.reward === 'joint' || params.reward === 1 };
  },

  init(params, rng) {
    return {
      instance: rng.integer(0, choiceOf(params).length),
      offers: new Int32Array(params.maxTurns),
      made: 0,
      agreed: false,
      brokenOff: false,
      discount: 1,
    };
  },

  acting: (state, agent) => agent === state.made % parties,

  observe(state, agent, out, params) {
    const { pool, values } = instanceOf(state, params);
    out.fill(0);
    out[0] = state.agreed ? 1 : 0;
    out[1 + state.made] = 1;
    let at = params.maxTurns + 2;
    for (let i = 0; i < 3; i++, at += poolBits) writeCount(out, at, pool[i]);
    for (let i = 0; i < 3; i++, at += valueBits) writeCount(out, at, values[agent][i]);
    if (state.made > 0) writeOffer(out, at, state.offers[state.made - 1]);
  },

  legal(state, _agent, mask, params) {
    const { legal } = instanceOf(state, params);
    mask.set(legal);
    if (state.made === 0) mask[agree] = 0;
  },

  step(state, actions, rewards, rng, params) {
    const action = actions[state.made % parties];
    if (state.made >= 2) state.discount *= params.discount;
    if (action === agree) {
      state.agreed = true;
      const first = utilityOf(state, 0, params);
      const second = utilityOf(state, 1, params);
      const weight = params.reward === 'own' ? 0 : params.reward === 'joint' ? 1 : params.reward;
      const mean = (first + second) / parties;
      rewards[0] = weight === 1 ? mean : (1 - weight) * first + weight * mean;
      rewards[1] = weight === 1 ? mean : (1 - weight) * second + weight * mean;
      return true;
    }
    state.offers[state.made] = action;
    state.made++;
    if (state.made >= params.maxTurns) return true;
    state.brokenOff = state.made >= 2 && params.probEnd > 0 && rng.random() < params.probEnd;
    return state.brokenOff;
  },

  stateSize: (params) => params.maxTurns + 2 + 6 * poolBits + 6 * valueBits,

  stateVector(state, out, params) {
    const { pool, values } = instanceOf(state, params);
    out.fill(0);
    out[0] = state.agreed ? 1 : 0;
    out[1 + state.made] = 1;
    let at = params.maxTurns + 2;
    for (let i = 0; i < 3; i++, at += poolBits) writeCount(out, at, pool[i]);
    for (let i = 0; i < 6; i++, at += valueBits) writeCount(out, at, values[i < 3 ? 0 : 1][i % 3]);
    if (state.made > 0) writeOffer(out, at, state.offers[state.made - 1]);
  },

  outcome(state, params) {
    return {
      negotiation: {
        agreement: state.agreed,
        utilities: state.agreed ? [utilityOf(state, 0, params), utilityOf(state, 1, params)] : [0, 0],
        disagreement: [0, 0],
        feasible: instanceOf(state, params).feasible,
        rounds: state.made,
        firstProposer: 0,
      },
    };
  },

  text: (state, agent, params) => talkText(talkOf(state, params), agent),
  draw: (state, params) => drawTalk(talkOf(state, params)),
});

/** The pool and values that are being bargained over. */
export function instanceOf(state: BargainingState, params: BargainingParams): Instance {
  return choiceOf(params)[state.instance];
}

/** The list of instances of parameters, which never change during a run: made once. */
const choiceOf = onceFor((params: BargainingParams): readonly Instance[] => instancesOf(params.instances));

/** What the standing offer is worth to a party, discount included. */
function utilityOf(state: BargainingState, party: number, params: BargainingParams): number {
  const offer = state.offers[state.made - 1];
  return utility(instanceOf(state, params), party, (state.made - 1) % parties, offer) * state.discount;
}

/** A thermometer: the first count + 1 bits, so that no offer yet (all zero) differs from an offer that keeps nothing. */
function writeCount(out: Float32Array, at: number, count: number): void {
  for (let i = at; i <= at + count; i++) out[i] = 1;
}

function writeOffer(out: Float32Array, start: number, offer: number): void {
  for (let i = 0; i < 3; i++) writeCount(out, start + i * poolBits, offerItems[3 * offer + i]);
}

function talkOf(state: BargainingState, params: BargainingParams): Talk {
  const { agreed, brokenOff, made } = state;
  const closed = brokenOff ? 'broken off' : made >= params.maxTurns ? 'out of turns' : 'open';
  return {
    instance: instanceOf(state, params),
    offers: Array.from(state.offers.subarray(0, made)),
    maxTurns: params.maxTurns,
    end: agreed ? 'agreed' : closed,
    utilities: agreed ? [utilityOf(state, 0, params), utilityOf(state, 1, params)] : [0, 0],
  };
}
