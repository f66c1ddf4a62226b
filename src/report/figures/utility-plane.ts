import type { EpisodeRecord, NegotiationOutcome } from '#core';
import { bargainingPoints, gainShares, paretoFrontier } from '#metrics';
import { baseLayout, type DescribedFigure, type Figure, type PlotObject, rounded } from '../figure.ts';
import { numberText } from '../number-text.ts';
import { colour } from '../palette.ts';
import { type Encounter, encounters } from './encounters.ts';

/** A figure that a reader picks among others of its kind. */
export interface PlaneChoice {
  readonly label: string;
  readonly summary: string;
  readonly figure: Figure;
}

/**
 * All recorded negotiations between the same two policies in one plane: each party's utility as a share of the most it could
 * have got, so that negotiations over different goods can lie on top of each other. Empty without two-party negotiations.
 */
export function utilityPlanes(episodes: readonly EpisodeRecord[]): readonly PlaneChoice[] {
  return encounters(episodes).map((encounter) => {
    const shares = encounter.outcomes.map((outcome) => gainShares(outcome));
    const known = encounter.outcomes.flatMap((outcome, i) =>
      shares[i] === undefined ? [] : [{ outcome, share: shares[i] }],
    );
    const agreed = known.filter(({ outcome }) => outcome.agreement);
    const failed = known.length - agreed.length;
    const points = countPoints(agreed.map(({ share }) => share));
    const bothMean = [0, 1].map((party) => agreed.reduce((sum, { share }) => sum + share[party], 0) / agreed.length);
    const summary = [
      `${known.length} negotiations between ${encounter.parties.join(' and ')}: ${agreed.length} agreements, ${failed} failures.`,
      agreed.length === 0
        ? ''
        : `In agreements, ${encounter.parties[0]} got ${numberText(bothMean[0])} of its best on average, ${encounter.parties[1]} ${numberText(bothMean[1])}.`,
    ];
    return {
      label: `${encounter.parties.join(' and ')} (${known.length})`,
      summary: summary.join(' ').trim(),
      figure: {
        data: [
          ...sharedGround(known.map(({ outcome }) => outcome)),
          equalShares,
          agreements(points, encounter),
          ...(failed === 0 ? [] : [failures(failed)]),
        ],
        layout: planeLayout(shareAxis(encounter.parties[0]), shareAxis(encounter.parties[1])),
      },
    };
  });
}

/** What the planes show, for the text beside them. */
export const planeCaption =
  'One dot per distinct agreement, larger where it was reached more often; both axes are shares of the most a party could have got, 0 is what it has without an agreement. Small grey dots are all outcomes that were possible, thin lines the Pareto frontiers: an agreement on a line wastes nothing, one below it leaves value on the table. The dotted diagonal is where both get the same share.';

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

/** The figure of one or more planes with what a page says beside it; undefined where there is nothing to draw. */
export function describedPlane(choice: PlaneChoice, title: string): DescribedFigure {
  return { title, caption: planeCaption, summary: choice.summary, figure: choice.figure };
}

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
    layout: planeLayout(utilityAxis(parties[0]), utilityAxis(parties[1]), 460),
  };
}

function sharedGround(outcomes: readonly NegotiationOutcome[]): PlotObject[] {
  const instances = [
    ...new Map(outcomes.map((outcome) => [JSON.stringify([outcome.feasible, outcome.disagreement]), outcome])).values(),
  ];
  const inShares = instances.map((outcome) => ({
    all: outcome.feasible.map((utilities) => gainShares({ ...outcome, utilities })!),
    frontier: paretoFrontier(outcome.feasible, outcome.disagreement).map(
      (at) => gainShares({ ...outcome, utilities: outcome.feasible[at] })!,
    ),
  }));
  const possible = distinct(inShares.flatMap(({ all }) => all));
  const lines = inShares.flatMap(({ frontier }) => [...sortedByFirst(distinct(frontier)), null]);
  return [
    { ...scatter('possible outcomes', possible, { color: colour('muted', 0.28), size: 4 }), hoverinfo: 'skip' },
    {
      type: 'scatter',
      mode: 'lines',
      name: instances.length === 1 ? 'Pareto frontier' : 'Pareto frontiers',
      x: lines.map((point) => point && rounded(point[0])),
      y: lines.map((point) => point && rounded(point[1])),
      // Many frontiers lie over each other: the more there are, the fainter each.
      line: { color: colour('ink', Math.max(0.1, Math.round(60 / Math.sqrt(instances.length)) / 100)), width: 1.2 },
      hoverinfo: 'skip',
    },
  ];
}

const equalShares: PlotObject = {
  type: 'scatter',
  mode: 'lines',
  name: 'equal shares',
  x: [0, 1],
  y: [0, 1],
  line: { color: colour('muted'), width: 1.2, dash: 'dot' },
  hoverinfo: 'skip',
  showlegend: false,
};

function agreements(points: readonly { at: readonly number[]; count: number }[], { parties }: Encounter): PlotObject {
  const most = Math.max(1, ...points.map(({ count }) => count));
  return {
    ...scatter(
      'agreements',
      points.map(({ at }) => at),
      {
        color: colour('series0', 0.75),
        size: points.map(({ count }) => rounded(7 + 15 * Math.sqrt((count - 1) / Math.max(1, most)))),
        line: { color: colour('surface'), width: 1 },
      },
    ),
    customdata: points.map(({ count }) => count),
    hovertemplate: `${escapeTemplate(parties[0])} %{x:.2f}, ${escapeTemplate(parties[1])} %{y:.2f}<br>reached %{customdata} ×<extra></extra>`,
  };
}

function failures(count: number): PlotObject {
  return {
    ...scatter(`no agreement (${count})`, [[0, 0]], {
      color: colour('bad'),
      symbol: 'x-thin',
      size: 12,
      line: { width: 3, color: colour('bad') },
    }),
    hovertemplate: `no agreement: ${count} ×<extra></extra>`,
  };
}

function scatter(name: string, points: readonly (readonly number[])[], marker: PlotObject): PlotObject {
  return {
    type: 'scatter',
    mode: 'markers',
    name,
    x: points.map((point) => rounded(point[0])),
    y: points.map((point) => rounded(point[1])),
    marker,
    hovertemplate: '%{x:.4~g}, %{y:.4~g}',
  };
}

function planeLayout(x: PlotObject, y: PlotObject, height = 480): PlotObject {
  return baseLayout(height, x, y, { hovermode: 'closest', showlegend: true });
}

function shareAxis(party: string): PlotObject {
  return { title: { text: `${party}, share of its best`, standoff: 6 }, range: [-0.05, 1.05], dtick: 0.25 };
}

function utilityAxis(party: string): PlotObject {
  return { title: { text: `utility of ${party}`, standoff: 6 }, rangemode: 'tozero' };
}

function countPoints(points: readonly (readonly number[])[]): readonly { at: readonly number[]; count: number }[] {
  const counts = new Map<string, { at: readonly number[]; count: number }>();
  for (const point of points) {
    const at = point.map((value) => Number(value.toFixed(4)));
    const before = counts.get(at.join());
    counts.set(at.join(), { at, count: (before?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

function distinct(points: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return countPoints(points).map(({ at }) => at);
}

function sortedByFirst(points: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return [...points].sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

/** In hover templates `%{` begins a placeholder and `<` a tag. */
function escapeTemplate(text: string): string {
  return text.replaceAll('%{', '% {').replaceAll('<', '&lt;');
}
