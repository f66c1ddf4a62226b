import { defineEnv, discrete, type EnvCard, type EnvDef } from '#core';
import { onceFor } from '#core/once-for';
import {
  drawTalk,
  keptText,
  observationSpace,
  stateVectorSize,
  symbolsText,
  talkText,
  writeObservation,
  writeStateVector,
} from './negotiation-openspiel/looks.ts';
import {
  acceptOf,
  actionCount,
  mostItems,
  mostValue,
  type NegotiationOpenSpielParams,
  negotiationOpenSpielParams,
} from './negotiation-openspiel/params.ts';
import {
  beginTalk,
  feasibleOf,
  isOver,
  move,
  type NegotiationOpenSpielState,
  utilityOf,
  writeLegal,
} from './negotiation-openspiel/talk.ts';

/** Most items for which the outcome lists every possible agreement. */
const mostListedItems = 4;

/** What the mended world does otherwise. */
interface Mends {
  /** Utilities that are all zero are drawn again. */
  readonly redraw: boolean;
  /** Without the proposal channel, the other's proposals are not seen. */
  readonly hideProposals: boolean;
}

function negotiation(
  id: string,
  { redraw, hideProposals }: Mends,
  card: Partial<EnvCard>,
): EnvDef<NegotiationOpenSpielParams, NegotiationOpenSpielState> {
  const sees = (params: NegotiationOpenSpielParams, agent: number, proposer: number) =>
    !hideProposals || params.proposals || agent === proposer;
  return defineEnv<NegotiationOpenSpielState, NegotiationOpenSpielParams>({
    id,
    params: negotiationOpenSpielParams,
    card: {
      licence: 'Rules are facts; open_spiel is Apache-2.0.',
      rewardScale: {
        agent: 'Utility of the own share, once, at an agreement: 0 to 150 with three items; 0 without one.',
        team: 'Sum of both.',
      },
      horizon: '4 to 10 proposals (unknown to the parties), each followed by an utterance. Always a termination.',
      ...card,
    },

    roles(params) {
      const action = discrete(actionCount(params), labelsOf(params));
      return [{ name: 'player', count: 2, observation: observationSpace(params), action }];
    },

    declares: ({ items, reward }) => ({
      rewardBounds: [0, mostItems * mostValue * items],
      commonReward: reward === 'joint' || reward === 1,
    }),

    init: (params, rng) => beginTalk(params, rng, redraw),

    acting: (state, agent, params) => agent === state.mover && !isOver(state, params),

    observe(state, agent, out, params) {
      writeObservation(state, agent, out, params, sees(params, agent, (state.proposed + 1) % 2));
    },

    legal: (state, _agent, mask, params) => writeLegal(state, mask, params),

    step(state, actions, rewards, _rng, params) {
      move(state, actions[state.mover], params);
      if (!isOver(state, params)) return false;
      if (!state.agreed) return true;
      const first = utilityOf(state, 0, params);
      const second = utilityOf(state, 1, params);
      const weight = params.reward === 'own' ? 0 : params.reward === 'joint' ? 1 : params.reward;
      const mean = (first + second) / 2;
      rewards[0] = weight === 1 ? mean : (1 - weight) * first + weight * mean;
      rewards[1] = weight === 1 ? mean : (1 - weight) * second + weight * mean;
      return true;
    },

    stateSize: stateVectorSize,
    stateVector: (state, out, params) => writeStateVector(state, out, params),

    outcome(state, params) {
      if (params.items > mostListedItems) return {};
      return {
        negotiation: {
          agreement: state.agreed,
          utilities: state.agreed ? [utilityOf(state, 0, params), utilityOf(state, 1, params)] : [0, 0],
          disagreement: [0, 0],
          feasible: feasibleOf(state, params),
          rounds: state.proposed,
          firstProposer: 0,
        },
      };
    },

    text: (state, agent, params) => talkText(state, agent, params, (proposer) => sees(params, agent, proposer)),
    draw: (state, params) => drawTalk(state, params),
  });
}

const source =
  'Cao et al. (2018), "Emergent communication through negotiation"; rules, action numbers and tensor of google-deepmind/open_spiel 2.0.2, games/negotiation.';

/** OpenSpiel’s negotiation, its two defects included. */
export const negotiationOpenSpiel = negotiation(
  'negotiation-openspiel',
  { redraw: false, hideProposals: false },
  {
    title: 'Negotiation with utterances (OpenSpiel)',
    description:
      'Two parties with private values split a pool: in turn each proposes what it keeps, or accepts, and then utters a few symbols. As upstream: the proposal channel cannot be closed, and a party may value nothing at all.',
    source,
    tests: 'Splitting under private values; whether cheap talk beside proposals is used.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 6.5872, standardError: 0.1442 },
      roles: { player: { mean: 3.2936, standardError: 0.0721 } },
    },
    baseline: {
      policies: { player: 'haggler' },
      episodes: 1000,
      seed: 0,
      team: { mean: 43.348, standardError: 0.7231 },
      roles: { player: { mean: 21.674, standardError: 0.3615 } },
    },
  },
);

/** The same with channels that really open and close, and with parties that always value something. */
export const negotiationOpenSpielMended = negotiation(
  'negotiation-openspiel-mended',
  { redraw: true, hideProposals: true },
  {
    title: 'Negotiation with utterances (OpenSpiel’s, mended)',
    description:
      'OpenSpiel’s negotiation with its two defects mended: `proposals: false` hides proposals from the other, so that only utterances (or nothing) can tell what is wanted; and utilities that are all zero are drawn again, as the paper has it.',
    source: `${source} Mended here.`,
    tests: 'Emergent communication: talk as the only channel, beside proposals, or none.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 6.8043, standardError: 0.1467 },
      roles: { player: { mean: 3.4022, standardError: 0.0733 } },
    },
    baseline: {
      policies: { player: 'haggler' },
      episodes: 1000,
      seed: 0,
      team: { mean: 43.341, standardError: 0.7233 },
      roles: { player: { mean: 21.6705, standardError: 0.3616 } },
    },
  },
);

export type { NegotiationOpenSpielParams, NegotiationOpenSpielState };

/** Names of actions by parameters, which never change during a run: made once. */
const labelsOf = onceFor((params: NegotiationOpenSpielParams): readonly string[] => {
  const accept = acceptOf(params);
  return Array.from({ length: actionCount(params) }, (_, action) => {
    if (action === accept) return 'accept';
    return action < accept ? `keep ${keptText(action, params)}` : `say ${symbolsText(action, params)}`;
  });
});
