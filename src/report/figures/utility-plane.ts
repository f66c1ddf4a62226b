import type { EpisodeRecord, NegotiationOutcome } from '#core';
import { distanceToNearest, gainShares, paretoFrontier } from '#metrics';
import { axisTitle, hoverText, type PlotObject, rounded } from '../figure.ts';
import { numberText } from '../number-text.ts';
import { colour } from '../palette.ts';
import { type Encounter, encounters } from './encounters.ts';
import { countPoints, distinct, type PlaneChoice, planeLayout, scatter, sortedByFirst } from './plane-parts.ts';

/**
 * All recorded negotiations between the same two policies in one plane: each party's utility as a share of the most it could
 * have got, so that negotiations over different goods can lie on top of each other. Empty without two-party negotiations.
 */
export function utilityPlanes(episodes: readonly EpisodeRecord[]): readonly PlaneChoice[] {
  return encounters(episodes).map((encounter) => {
    const shares = encounter.outcomes.map((outcome) => gainShares(outcome));
    const known = encounter.outcomes.flatMap((outcome, i) =>
      shares[i] === undefined
        ? []
        : [{ outcome, share: shares[i], efficient: outcome.agreement && isEfficient(outcome) }],
    );
    const agreed = known.filter(({ outcome }) => outcome.agreement);
    const failed = known.length - agreed.length;
    const left = encounter.outcomes.length - known.length;
    const efficient = agreed.filter((negotiation) => negotiation.efficient);
    const wasteful = agreed.filter((negotiation) => !negotiation.efficient);
    const most = Math.max(1, ...countPoints(agreed.map(({ share }) => share)).map(({ count }) => count));
    const dots = (name: string, found: typeof agreed, marker: PlotObject) =>
      found.length === 0 ? [] : [agreements(`${name} (${found.length})`, found, most, encounter, marker)];
    const bothMean = [0, 1].map((party) => agreed.reduce((sum, { share }) => sum + share[party], 0) / agreed.length);
    const summary = [
      `${known.length} negotiations between ${encounter.parties.join(' and ')}: ${agreed.length} ended in agreement (${efficient.length} on the frontier), ${failed} without.`,
      agreed.length === 0
        ? ''
        : `In agreements, ${encounter.parties[0]} got ${numberText(bothMean[0])} of its best on average, ${encounter.parties[1]} ${numberText(bothMean[1])}.`,
      left === 0 ? '' : `${left} more, in which somebody had nothing to gain, have no place in the plane.`,
    ];
    return {
      label: `${encounter.parties.join(' and ')} (${known.length})`,
      summary: summary.filter((sentence) => sentence !== '').join(' '),
      figure: {
        data: [
          ...sharedGround(known.map(({ outcome }) => outcome)),
          equalShares,
          ...dots('efficient agreements', efficient, { color: colour('series0', 0.75) }),
          ...dots('wasteful agreements', wasteful, { color: colour('series1', 0.75), symbol: 'diamond' }),
          ...(failed === 0 ? [] : [failures(failed)]),
        ],
        layout: planeLayout(shareAxis(encounter.parties[0]), shareAxis(encounter.parties[1])),
      },
    };
  });
}

/** What the planes show, for the text beside them. */
export const planeCaption =
  'One mark per distinct agreement, larger where it was reached more often: a disc where nobody could have had more without the other having less, a diamond where value was left on the table. Both axes are shares of the most a party could have got, 0 is what it has without an agreement. Small grey dots are all outcomes that were possible, thin lines the Pareto frontiers of the negotiations. The dotted diagonal is where both get the same share.';

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

function isEfficient({ feasible, disagreement, utilities }: NegotiationOutcome): boolean {
  const frontier = paretoFrontier(feasible, disagreement).map((at) => feasible[at]);
  return frontier.length > 0 && distanceToNearest(utilities, frontier) <= onFrontier;
}

/** As for the metric of Pareto efficiency. */
const onFrontier = 1e-9;

function agreements(
  name: string,
  found: readonly { readonly share: readonly number[] }[],
  most: number,
  { parties }: Encounter,
  marker: PlotObject,
): PlotObject {
  const points = countPoints(found.map(({ share }) => share));
  return {
    ...scatter(
      name,
      points.map(({ at }) => at),
      {
        ...marker,
        size: points.map(({ count }) => rounded(7 + 15 * Math.sqrt((count - 1) / most))),
        line: { color: colour('surface'), width: 1 },
      },
    ),
    customdata: points.map(({ count }) => count),
    hovertemplate: `${hoverText(parties[0])} %{x:.2f}, ${hoverText(parties[1])} %{y:.2f}<br>reached %{customdata} ×<extra></extra>`,
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

function shareAxis(party: string): PlotObject {
  return { title: axisTitle(`${party}, share of its best`), range: [-0.05, 1.05], dtick: 0.25 };
}
