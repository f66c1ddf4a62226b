import { baselinePolicies, baselinesOf } from '../baselines.ts';
import { axisTitle, baseLayout, type DescribedFigure, type Figure, plotText, rounded } from '../figure.ts';
import { evaluationRows, finalEstimate, startMean } from '../final-window.ts';
import { numberText } from '../number-text.ts';
import { colour } from '../palette.ts';
import type { ReportedRun } from '../run-data.ts';

const metric = 'game/jointAction';

/** Most joint actions that are drawn as bars. */
const mostBars = 16;

/**
 * How often each combination of actions was played: for two players a heat map each of the first evaluation, the final
 * window and the baselines; for more players bars of the final window. Empty where the runs have no such metric.
 */
export function jointActionFigures(runs: readonly ReportedRun[]): readonly DescribedFigure[] {
  const final = sharesOf(runs, (key) => finalEstimate(runs, key)?.mean);
  if (final.size === 0) return [];
  const labels = labelsOf(runs, [...final.keys()]);
  if (labels === undefined) return [jointActionBars(final)];
  const start = sharesOf(runs, (key) => startMean(runs, key));
  const baselines = baselinePolicies(runs).flatMap((policy) => {
    const shares = sharesOf(runs, (key) => baselinesOf(runs, key).get(policy)?.mean);
    return shares.size === 0 ? [] : [heatMap(`Baseline: ${policy}`, shares, labels)];
  });
  return [
    heatMap('Final window', final, labels),
    ...(start.size === 0 ? [] : [heatMap('At the start', start, labels)]),
    ...baselines,
  ];
}

/** What the heat maps show, for the text beside them. */
export const jointActionCaption =
  'Share of all steps at which each combination of actions was played. Rows are what the first player did, columns what the second did; the cells of a map add up to 1. A dark diagonal means that the players match each other, a dark row or column that one of them always does the same.';

function heatMap(title: string, shares: ReadonlyMap<string, number>, [rows, columns]: Labels): DescribedFigure {
  const z = rows.map((row) => columns.map((column) => rounded(shares.get(`${row},${column}`) ?? 0)));
  const [most, share] = [...shares].reduce((so, one) => (one[1] > so[1] ? one : so));
  const figure: Figure = {
    data: [
      {
        type: 'heatmap',
        x: columns.map(plotText),
        y: rows.map(plotText),
        z,
        zmin: 0,
        zmax: 1,
        colorscale: [
          [0, colour('surface')],
          [1, colour('series0')],
        ],
        showscale: false,
        xgap: 2,
        ygap: 2,
        texttemplate: '%{z:.2f}',
        textfont: { size: rows.length > 6 || columns.length > 6 ? 11 : 15 },
        hovertemplate: 'first %{y}, second %{x}: %{z:.3f}<extra></extra>',
      },
    ],
    layout: baseLayout(
      Math.min(420, 110 + 60 * rows.length),
      { title: axisTitle('second player'), type: 'category', showgrid: false, fixedrange: true },
      {
        title: axisTitle('first player'),
        type: 'category',
        autorange: 'reversed',
        showgrid: false,
        fixedrange: true,
      },
      { hovermode: 'closest', plot_bgcolor: colour('line') },
    ),
  };
  return { title, caption: '', summary: `${title}: ${most} most often, ${numberText(share)} of all steps.`, figure };
}

function jointActionBars(shares: ReadonlyMap<string, number>): DescribedFigure {
  const top = [...shares].sort((a, b) => b[1] - a[1]).slice(0, mostBars);
  const names = top.map(([name]) => name).reverse();
  return {
    title: 'Joint actions, final window',
    caption: `Share of all steps at which each combination of actions was played, players in order; the ${top.length} most frequent of ${shares.size}.`,
    summary: `${top[0][0]} most often, ${numberText(top[0][1])} of all steps.`,
    figure: {
      data: [
        {
          type: 'bar',
          orientation: 'h',
          x: names.map((name) => rounded(shares.get(name)!)),
          y: names.map(plotText),
          marker: { color: colour('series0') },
          hovertemplate: '%{y}: %{x:.3f}<extra></extra>',
        },
      ],
      layout: baseLayout(
        70 + 24 * names.length,
        { title: axisTitle('share of steps'), range: [0, 1] },
        { type: 'category' },
        { hovermode: 'closest', showlegend: false },
      ),
    },
  };
}

type Labels = readonly [rows: readonly string[], columns: readonly string[]];

/** Names of the two players' actions: from a recorded game, else read off the columns. Undefined unless there are two players. */
function labelsOf(runs: readonly ReportedRun[], names: readonly string[]): Labels | undefined {
  for (const { episodes } of runs) {
    const labels = episodes.find(({ outcome }) => outcome.game !== undefined)?.outcome.game?.labels;
    if (labels !== undefined) return labels.length === 2 ? [labels[0], labels[1]] : undefined;
  }
  const parts = names.map((name) => name.split(','));
  if (parts.some((part) => part.length !== 2)) return undefined;
  return [[...new Set(parts.map(([row]) => row))], [...new Set(parts.map(([, column]) => column))]];
}

function sharesOf(
  runs: readonly ReportedRun[],
  meanOf: (key: string) => number | undefined,
): ReadonlyMap<string, number> {
  const names = new Set(
    runs.flatMap(({ rows }) => evaluationRows(rows).flatMap((row) => Object.keys(row).flatMap(nameOf))),
  );
  return new Map(
    [...names].flatMap((name) => {
      const value = meanOf(`${metric}/${name}`);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function nameOf(key: string): readonly string[] {
  return key.startsWith(`${metric}/`) && !key.endsWith('/standardError') ? [key.slice(metric.length + 1)] : [];
}
