import { baseLayout, type Figure, hoverText, type PlotObject, plotText, rounded } from '../figure.ts';
import { type ColourName, colour } from '../palette.ts';

/** A value with its interval on a line of its own. */
export interface IntervalRow {
  readonly label: string;
  readonly value: number;
  readonly interval: readonly [low: number, high: number] | null;
  readonly colour: ColourName;
}

/** Marks with whiskers under each other, each below its name; `reference` is a dashed vertical line. */
export function intervalFigure(rows: readonly IntervalRow[], x: PlotObject, reference?: number): Figure {
  const places = rows.map((_, i) => -i);
  return {
    data: rows.map((row, i) => ({
      type: 'scatter',
      mode: 'markers',
      name: plotText(row.label),
      x: [rounded(row.value)],
      y: [places[i]],
      error_x: {
        type: 'data',
        symmetric: false,
        array: [row.interval === null ? 0 : rounded(row.interval[1] - row.value)],
        arrayminus: [row.interval === null ? 0 : rounded(row.value - row.interval[0])],
        color: colour(row.colour),
        thickness: 2,
        width: 5,
      },
      marker: { color: colour(row.colour), size: 10 },
      hovertemplate: `${hoverText(row.label)}: %{x:.4~g}<extra></extra>`,
    })),
    layout: baseLayout(
      60 + 46 * rows.length,
      { ...x, automargin: true },
      { range: [0.75 - rows.length, 0.75], showgrid: false, showticklabels: false, fixedrange: true },
      {
        hovermode: 'closest',
        showlegend: false,
        annotations: rows.map(({ label }, i) => ({
          text: plotText(label),
          xref: 'paper',
          x: 0,
          xanchor: 'left',
          y: places[i],
          yshift: 17,
          showarrow: false,
          font: { size: 12.5, color: colour('muted') },
        })),
        shapes: reference === undefined ? [] : [verticalLine(reference)],
      },
    ),
  };
}

function verticalLine(at: number): PlotObject {
  return {
    type: 'line',
    x0: at,
    x1: at,
    yref: 'paper',
    y0: 0,
    y1: 1,
    layer: 'below',
    line: { color: colour('muted'), width: 1.5, dash: 'dash' },
  };
}
