import { discrete, type EnvCard, flatSize } from '#core';
import { type ExactWorld, gameOver } from './exact/rules.ts';
import { drawTable, plain } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';
import { mendedView, type SheriffView, upstreamView } from './sheriff/observation.ts';
import {
  type SheriffParams,
  type SheriffState,
  sheriffParams,
  sheriffRules,
  sheriffSeat,
  smuggler,
} from './sheriff/rules.ts';

const answers = ['let pass', 'inspect'];

function sheriffWorld(id: string, view: SheriffView, card: Partial<EnvCard>): ExactWorld<SheriffParams, SheriffState> {
  return exactWorld<SheriffState, SheriffParams>(sheriffRules, {
    id,
    params: sheriffParams,
    card: {
      licence: 'Rules are facts; open_spiel is Apache-2.0.',
      tests: 'Bargaining with words that bind nobody but the last; correlation without a mediator.',
      rewardScale: {
        agent: 'At the end: bribe and goods, or fines; -6 to 6 by default.',
        team: 'The value of the goods that pass; 0 when the load is inspected.',
      },
      horizon: 'One move to load, then two a round: 9 by default. Always a termination.',
      randomReturn: {
        episodes: 10_000,
        seed: 0,
        team: { mean: 0.7432, standardError: 0.0109 },
        roles: {
          smuggler: { mean: -1.1449, standardError: 0.0285 },
          sheriff: { mean: 1.8881, standardError: 0.0253 },
        },
      },
      baseline: {
        policies: { smuggler: 'half-bribe', sheriff: 'half-bribe' },
        episodes: 1000,
        seed: 0,
        team: { mean: 3, standardError: 0 },
        roles: { smuggler: { mean: 1, standardError: 0 }, sheriff: { mean: 2, standardError: 0 } },
      },
      knownAnswer:
        'The tree has 2341 + 9360 decisions and 16 384 ends; uniform players get -1.125 (smuggler) and 1.875, with a NashConv of 3.1875.',
      ...card,
    },

    roles(params) {
      const observation = view.space(params);
      const { maxItems, maxBribe } = params;
      const loads = Array.from({ length: maxItems + 1 }, (_, n) => `load ${n}`);
      const bribes = Array.from({ length: maxBribe + 1 }, (_, n) => `offer ${n}`);
      const action = discrete(4 + maxItems + maxBribe, [...answers, ...loads, ...bribes]);
      return [
        { name: 'smuggler', count: 1, observation, action },
        { name: 'sheriff', count: 1, observation, action: discrete(2, answers) },
      ];
    },

    declares({ maxItems, maxBribe, itemValue, itemPenalty, sheriffPenalty }) {
      const fine = Math.max(maxItems * itemPenalty, sheriffPenalty);
      const most = Math.max(fine, maxBribe, maxItems * itemValue);
      return { rewardBounds: [-Math.max(fine, maxBribe), most] };
    },

    observe: (state, agent, out, params) => view.write(state, agent, out, params),

    stateSize: (params) => flatSize(mendedView.space(params)),
    stateVector: (state, out, params) => mendedView.write(state, smuggler, out, params),

    metrics({ items, bribes, answers: said }, { rounds }) {
      const changes = said.reduce((sum, answer, round) => sum + (round > 0 && answer !== said[round - 1] ? 1 : 0), 0);
      return { items, bribe: bribes[rounds - 1], inspected: said[rounds - 1], answerChanges: changes };
    },

    text(state, agent, params) {
      const turn = sheriffRules.turn(state, params);
      const load = state.items < 0 ? 'You have not loaded yet.' : `Your load holds ${state.items} illegal items.`;
      const lines = [
        `You are the ${agent === smuggler ? `smuggler. ${load}` : 'sheriff.'}`,
        `An item that passes is worth ${plain(params.itemValue)} to the smuggler; each one found costs it ${plain(params.itemPenalty)}; inspecting an empty load costs the sheriff ${plain(params.sheriffPenalty)}.`,
        ...talkOf(state, params),
      ];
      if (turn === gameOver) {
        const out = new Float64Array(2);
        sheriffRules.returns(state, out, params);
        lines.push(`The last round counts. You get ${plain(out[agent])}.`);
      } else if (turn !== agent) lines.push('It is the other’s turn.');
      else if (agent === sheriffSeat) lines.push('Let it pass, or inspect?');
      else
        lines.push(
          state.items < 0 ? `Load 0 to ${params.maxItems} items.` : `Offer a bribe of 0 to ${params.maxBribe}.`,
        );
      return lines.join('\n');
    },

    draw(state, params) {
      const load = { label: state.items < 0 ? '?' : String(state.items), fill: 'agent0' as const };
      const bribes = Array.from(state.bribes, (bribe) => (bribe < 0 ? '' : String(bribe)));
      const said = Array.from(state.answers, (answer) => (answer < 0 ? '' : answers[answer]));
      return drawTable(
        [
          ['load', load],
          ['bribes', ...bribes],
          ['answers', ...said],
        ],
        `Round ${Math.min(params.rounds, Math.floor((state.moves + 1) / 2))} of ${params.rounds}`,
      );
    },
  });
}

const source =
  'Farina, Ling, Fang and Sandholm (2019), "Correlation in extensive-form games: saddle-point formulation and benchmarks"; rules and action numbers of google-deepmind/open_spiel 2.0.2, games/sheriff.';

/** The Sheriff game with OpenSpiel’s information state as it is. */
export const sheriff = sheriffWorld('sheriff', upstreamView, {
  title: 'Sheriff',
  description:
    'A smuggler loads illegal items unseen; for some rounds it offers bribes and the sheriff says whether it will inspect, and only the last round counts. As upstream, the move number is written into the places of items and bribes.',
  source,
});

/** The same, shown without overlaps. */
export const sheriffMended = sheriffWorld('sheriff-mended', mendedView, {
  title: 'Sheriff (mended observation)',
  description:
    'The Sheriff game, observed with a place for each move, for items and bribes, and for both answers; OpenSpiel’s information state writes them over each other.',
  source: `${source} Observation mended here.`,
});

export type { SheriffParams, SheriffState };

function talkOf({ bribes, answers: said }: SheriffState, { rounds }: SheriffParams): string[] {
  const lines: string[] = [];
  for (let round = 0; round < rounds && bribes[round] >= 0; round++) {
    const answer = said[round] < 0 ? 'no answer yet' : `the sheriff would ${answers[said[round]]}`;
    lines.push(`Round ${round + 1} of ${rounds}: a bribe of ${bribes[round]}, ${answer}.`);
  }
  return lines;
}
