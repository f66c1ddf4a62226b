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
      traceorder: 'normal',
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
  return { title: axisTitle('env-steps'), tickformat: '~s', nticks: 6, rangemode: 'tozero' };
}

/** An axis of values; a metric with two ends shows its whole range, so that flat and steep mean the same in every figure. */
export function valueAxis({ title, range }: AxisOptions): PlotObject {
  const [low, high] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const named = title === undefined || title === '' ? {} : { title: axisTitle(title) };
  if (Number.isFinite(low) && Number.isFinite(high)) {
    const margin = 0.03 * (high - low);
    return { ...named, range: [low - margin, high + margin] };
  }
  return { ...named, rangemode: low === 0 ? 'tozero' : 'normal' };
}

/**
 * A name as plotly shows it letter by letter: figures read tags and entities in texts.
 *
 * @example
 * plotText('<b>') // '&lt;b>'
 */
export function plotText(name: string): string {
  return name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** A name inside a hover template, where a percent sign can begin a placeholder. */
export function hoverText(name: string): string {
  return plotText(name).replaceAll('%', '&#37;');
}

/** What stands beside an axis. */
export function axisTitle(text: string): PlotObject {
  return { text: plotText(text), standoff: 6, font: { size: 12.5, color: colour('muted') } };
}

/** Pixels that a legend with these names needs beyond its first line, in a figure as narrow as figures get. */
export function legendRoom(names: readonly string[]): number {
  const perLine = Math.max(1, Math.floor(300 / (46 + 6.6 * Math.max(0, ...names.map(({ length }) => length)))));
  return 18 * Math.max(0, Math.ceil(names.length / perLine) - 1);
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
