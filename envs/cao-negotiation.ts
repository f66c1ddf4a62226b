import { defineEnv, finiteNumbers, multiDiscrete } from '#core';
import {
  drawGame,
  gameText,
  observationSpace,
  stateVectorSize,
  writeObservation,
  writeStateVector,
} from './cao-negotiation/looks.ts';
import { messagesOf } from './cao-negotiation/messages.ts';
import { type CaoNegotiationParams, caoNegotiationParams, speaks } from './cao-negotiation/params.ts';
import {
  beginGame,
  bestJoint,
  type CaoNegotiationState,
  isHeldOutGame,
  takeTurn,
  talkOf,
  utilityOf,
  worthOf,
} from './cao-negotiation/rules.ts';
import { mostItems } from './negotiation-openspiel/params.ts';

/** Cao's negotiation: proposals and utterances at once, each reaching the other or not. */
export const caoNegotiation = defineEnv<CaoNegotiationState, CaoNegotiationParams>({
  id: 'cao-negotiation',
  params: caoNegotiationParams,
  card: {
    title: 'Negotiation with or without talk (Cao et al.)',
    description:
      'Two parties with private values split a pool. In turn each accepts what the other proposed, or proposes what it keeps and utters a few symbols without a meaning; proposals, utterances, both or neither reach the other. How many turns there are is drawn and not told. Rewards are shares: selfish of what the whole pool is worth to oneself, prosocial of the best that both can get together.',
    source:
      'Cao et al. (2018), "Emergent communication through negotiation" (arXiv 1804.03980), section 2: pool, values, turns, channels, rewards.',
    licence: 'Rules are facts; own work, under the licence of this project.',
    tests: 'Whether cheap talk is used, by parties whose interests differ and by parties with one interest.',
    rewardScale: {
      agent: 'A share from 0 to 1, once, at an agreement; 0 without one.',
      team: 'Sum of both: 2 at most where prosocial.',
    },
    horizon: '4 to 10 turns, by a Poisson distribution with mean 7 cut to these. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 0.9666, standardError: 0.0027 },
      roles: { party: { mean: 0.4833, standardError: 0.0013 } },
    },
    published: {
      result:
        'Share of the best joint utility: selfish with proposals 0.87, with talk 0.75; prosocial with talk 0.99, with neither 0.95. An independent reproduction found some 0.83 for prosocial parties with talk.',
      source: 'Cao et al. (2018), table 1, mean of 20 runs; github.com/asappresearch/emergent-comms-negotiation.',
    },
    knownAnswer:
      'Parties that know each other’s values get all of the best joint utility (metric `jointShare` is the share of it).',
  },

  roles(params) {
    const { items, symbols, utteranceLength } = params;
    const kept = Array.from({ length: items }, (_, i) => `keep${i}`);
    const said = speaks(params) ? Array.from({ length: utteranceLength }, (_, i) => `symbol${i}`) : [];
    const action = multiDiscrete(
      [2, ...kept.map(() => mostItems + 1), ...said.map(() => symbols)],
      ['accept', ...kept, ...said],
    );
    return [{ name: 'party', count: 2, observation: observationSpace(params), action }];
  },

  declares: ({ reward }) => ({ rewardBounds: [0, 1], commonReward: reward === 'joint' }),

  init: beginGame,

  acting: ({ turn, over }, agent) => !over && turn % 2 === agent,

  observe: writeObservation,

  legal({ pool, turn }, _agent, mask) {
    if (turn === 0) mask[1] = 0;
    for (let i = 0; i < pool.length; i++) {
      const at = 2 + i * (mostItems + 1);
      for (let kept = pool[i] + 1; kept <= mostItems; kept++) mask[at + kept] = 0;
    }
  },

  step(state, actions, rewards, rng, params) {
    const mover = state.turn % 2;
    if (!takeTurn(state, actions, (mover * actions.length) / 2, params, rng)) return false;
    if (!state.agreed) return true;
    if (params.reward === 'joint') rewards.fill((utilityOf(state, 0) + utilityOf(state, 1)) / bestJoint(state));
    else for (let party = 0; party < 2; party++) rewards[party] = utilityOf(state, party) / worthOf(state, party);
    return true;
  },

  stateSize: stateVectorSize,
  stateVector: writeStateVector,

  metrics(state, params) {
    const { agreed, turn } = state;
    const shares = [0, 1].map((party) => (agreed ? utilityOf(state, party) / worthOf(state, party) : 0));
    const joint = agreed ? (utilityOf(state, 0) + utilityOf(state, 1)) / bestJoint(state) : 0;
    return finiteNumbers({
      jointShare: joint,
      agreedJointShare: agreed ? joint : Number.NaN,
      firstShare: shares[0],
      secondShare: shares[1],
      heldOut: isHeldOutGame(state, params) ? 1 : 0,
      turns: agreed ? turn + 1 : turn,
    });
  },

  outcome(state, params) {
    return {
      ...(speaks(params) ? { talk: talkOf(state, params) } : {}),
      negotiation: {
        agreement: state.agreed,
        utilities: state.agreed ? [utilityOf(state, 0), utilityOf(state, 1)] : [0, 0],
        disagreement: [0, 0],
        feasible: splitsOf(state),
        rounds: state.turn,
        firstProposer: 0,
      },
    };
  },

  messages: (state, actions, _rng, params) => messagesOf(state, actions, params),

  text: gameText,
  draw: drawGame,
});

/** Utilities of both parties for every split of the pool. */
function splitsOf({ pool, utilities }: CaoNegotiationState): number[][] {
  const items = pool.length;
  let splits = [[0, 0]];
  for (let i = 0; i < items; i++) {
    splits = splits.flatMap(([first, second]) =>
      Array.from({ length: pool[i] + 1 }, (_, kept) => [
        first + kept * utilities[i],
        second + (pool[i] - kept) * utilities[items + i],
      ]),
    );
  }
  return splits;
}

export { type CaoNegotiationParams, type CaoNegotiationState, isHeldOutGame };
