import { colour } from './palette.ts';

/** What plotly figures are made of: JSON. */
export type PlotValue = string | number | boolean | null | readonly PlotValue[] | PlotObject;

export interface PlotObject {
  readonly [key: string]: PlotValue;
}

/** A plotly figure as plain data, ready for `Plotly.newPlot` or for `application/vnd.plotly.v1+json` in a notebook. */
export interface Figure {
  readonly data: readonly PlotObject[];
  readonly layout: PlotObject;
}

/** A figure with what a reader needs to understand it. */
export interface DescribedFigure {
  readonly title: string;
  /** What it shows and how to read it, in a sentence or two. */
  readonly caption: string;
  /** What it comes to, in numbers, for readers who do not see it. */
  readonly summary: string;
  readonly figure: Figure;
}

export interface AxisOptions {
  readonly title?: string;
  /** Ends of what the values can be; infinite where they have no end. */
  readonly range?: readonly [low: number, high: number];
}

/** Layout that all figures share; `height` in pixels, the width follows the page. */
export function baseLayout(height: number, x: PlotObject, y: PlotObject, more: PlotObject = {}): PlotObject {
  return {
    height,
    autosize: true,
    margin: { l: 12, r: 12, t: 10, b: 12 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: fontFamily, size: 13, color: colour('ink') },
    hoverlabel: { bgcolor: colour('surface'), bordercolor: colour('line'), font: { color: colour('ink'), size: 13 } },
    legend: {
      orientation: 'h',
      x: 0,
      xanchor: 'left',
      y: 1.02,
      yanchor: 'bottom',
      bgcolor: 'rgba(0,0,0,0)',
      font: { size: 12.5 },
    },
    xaxis: { ...axis(), ...x },
    yaxis: { ...axis(), ...y },
    ...more,
  };
}

/** The axis that training runs along. */
export function stepsAxis(): PlotObject {
  return { title: { text: 'env-steps', standoff: 6 }, tickformat: '~s', nticks: 6, rangemode: 'tozero' };
}

/** An axis of values; a metric with two ends shows its whole range, so that flat and steep mean the same in every figure. */
export function valueAxis({ title, range }: AxisOptions): PlotObject {
  const [low, high] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const named = title === undefined || title === '' ? {} : { title: { text: title, standoff: 6 } };
  if (Number.isFinite(low) && Number.isFinite(high)) {
    const margin = 0.03 * (high - low);
    return { ...named, range: [low - margin, high + margin] };
  }
  return { ...named, rangemode: low === 0 ? 'tozero' : 'normal' };
}

/** Six significant digits: more cannot be seen and makes pages heavy. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

export const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

function axis(): PlotObject {
  return {
    automargin: true,
    gridcolor: colour('line'),
    linecolor: colour('line'),
    zeroline: false,
    ticks: '',
    tickfont: { color: colour('muted'), size: 12 },
    fixedrange: false,
  };
}
