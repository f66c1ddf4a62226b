import type { EpisodeRecord, NegotiationOutcome } from '#core';
import { bargainingPoints } from '#metrics';
import { axisTitle, type Figure, type PlotObject, rounded } from '../figure.ts';
import { numberText } from '../number-text.ts';
import { colour } from '../palette.ts';
import { encounters } from './encounters.ts';
import { distinct, type PlaneChoice, planeLayout, scatter, sortedByFirst } from './plane-parts.ts';

/** Recorded negotiations one by one in their own utilities, with the frontier and the solutions of bargaining theory. */
export function singleNegotiations(episodes: readonly EpisodeRecord[], most: number): readonly PlaneChoice[] {
  return encounters(episodes)
    .flatMap(({ outcomes, parties }) => outcomes.map((outcome) => ({ outcome, parties })))
    .slice(0, most)
    .map(({ outcome, parties }, i) => {
      const got = outcome.utilities.map(numberText).join(' and ');
      const end = outcome.agreement
        ? `agreement after ${outcome.rounds} ${outcome.rounds === 1 ? 'offer' : 'offers'}, utilities ${got}`
        : `no agreement, utilities ${got}`;
      return {
        label: `${i + 1}. ${parties.join(' and ')}: ${end}`,
        summary: `${parties.join(' and ')}: ${end}.`,
        figure: singlePlane(outcome, parties),
      };
    });
}

/** What a single negotiation's figure shows, for the text beside it. */
export const singleCaption =
  'The outcomes that were possible in one recorded negotiation, in the parties’ own utilities. The line is the Pareto frontier; the marks on it are where Nash (greatest product of gains), Kalai–Smorodinsky (equal shares of each one’s best) and the egalitarian rule (greatest smallest gain) would settle. The filled dot is what the parties got; where delay costs, it may lie off every outcome.';

function singlePlane(outcome: NegotiationOutcome, parties: readonly [string, string]): Figure {
  const { feasible, disagreement, utilities, agreement } = outcome;
  const solutions = bargainingPoints(feasible, disagreement);
  const frontier = solutions.frontier.map((at) => feasible[at]);
  const marks = [
    ['Nash', solutions.nash, 'diamond-open', 'series1'],
    ['Kalai–Smorodinsky', solutions.kalaiSmorodinsky, 'square-open', 'series2'],
    ['egalitarian', solutions.egalitarian, 'triangle-up-open', 'series3'],
  ] as const;
  const possible = distinct(feasible);
  const axis = (party: 0 | 1) =>
    utilityAxis(parties[party], [...feasible.map((at) => at[party]), disagreement[party], utilities[party]]);
  const got = { x: [rounded(utilities[0])], y: [rounded(utilities[1])] };
  return {
    data: [
      scatter('possible outcomes', possible, { color: colour('muted', 0.55), size: 6 }),
      {
        ...scatter('Pareto frontier', sortedByFirst(distinct(frontier)), { color: colour('ink'), size: 5 }),
        mode: 'lines+markers',
        line: { color: colour('ink', 0.55), width: 1.5 },
      },
      ...marks.map(([name, outcomes, symbol, paint], i) =>
        scatter(name, distinct(outcomes.map((at) => feasible[at])), {
          color: colour(paint),
          symbol,
          size: 15 + 5 * i,
          line: { width: 2 },
        }),
      ),
      scatter('without agreement', [disagreement], {
        color: colour('bad'),
        symbol: 'x-thin',
        size: 11,
        line: { width: 2, color: colour('bad') },
      }),
      {
        ...scatter(agreement ? 'agreement' : 'no agreement', [], { color: colour('series0'), size: 12 }),
        ...got,
      },
    ],
    layout: planeLayout(axis(0), axis(1), 460),
  };
}

function utilityAxis(party: string, utilities: readonly number[]): PlotObject {
  const low = Math.min(0, ...utilities);
  const high = Math.max(0, ...utilities);
  // Room for the marks that lie on an axis.
  const margin = 0.06 * (high - low || 1);
  return { title: axisTitle(`utility of ${party}`), range: [rounded(low - margin), rounded(high + margin)] };
}
