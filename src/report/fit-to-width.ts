import type { Figure, PlotObject } from './figure.ts';

/** Below this many pixels a figure is laid out for a phone. */
export const narrowWidth = 420;

/**
 * The same figure for a place of this width, in pixels: on a phone with smaller type, fewer ticks and tighter margins.
 *
 * @example
 * fitToWidth(figure, 900) === figure // true
 */
export function fitToWidth(figure: Figure, width: number): Figure {
  if (width >= narrowWidth) return figure;
  const { layout } = figure;
  return {
    ...figure,
    layout: {
      ...layout,
      font: { ...object(layout.font), size: 12 },
      margin: { ...object(layout.margin), l: 4, r: 8 },
      legend: { ...object(layout.legend), font: { size: 11.5 } },
      xaxis: { ...object(layout.xaxis), nticks: 5 },
    },
  };
}

function object(value: unknown): PlotObject {
  return (value ?? {}) as PlotObject;
}
