import type { Curve } from '../curve.ts';
import type { Estimate } from '../estimate.ts';
import {
  type AxisOptions,
  baseLayout,
  type Figure,
  legendRoom,
  type PlotObject,
  plotText,
  rounded,
  stepsAxis,
  valueAxis,
} from '../figure.ts';
import { type ColourName, colour } from '../palette.ts';

/** One curve of a figure. */
export interface Series {
  readonly name: string;
  readonly colour: ColourName;
  readonly curve: Curve;
}

export interface CurveFigureOptions extends AxisOptions {
  readonly height?: number;
  /** Horizontal lines, by policy. */
  readonly baselines?: ReadonlyMap<string, Estimate>;
  /** Draw every seed as a thin line under the mean. */
  readonly seeds?: boolean;
}

/** Lines over env-steps with their bands, and baselines as dashed horizontal lines. */
export function curveFigure(series: readonly Series[], options: CurveFigureOptions = {}): Figure {
  const baselines = [...(options.baselines ?? [])];
  const end = Math.max(0, ...series.flatMap(({ curve }) => curve.runs.flatMap(({ x }) => x)));
  const data = [
    ...series.flatMap((one) => band(one)),
    ...(options.seeds === false ? [] : series.flatMap(seedLines)),
    ...baselines.map(([policy, { mean }], i) => baselineLine(policy, mean, end, dashes[i % dashes.length])),
    ...series.map((one) => meanLine(one)),
  ];
  const names = [...baselines.map(([policy]) => policy), ...series.map(({ name }) => name)];
  return {
    data,
    layout: baseLayout((options.height ?? 240) + legendRoom(names), stepsAxis(), valueAxis(options), {
      hovermode: 'x unified',
      showlegend: names.length > 1,
    }),
  };
}

const dashes = ['dash', 'dot', 'dashdot', 'longdash'];

function meanLine({ name, curve, colour: own }: Series): PlotObject {
  return {
    type: 'scatter',
    mode: curve.x.length > 40 ? 'lines' : 'lines+markers',
    name: plotText(name),
    x: curve.x,
    y: curve.mean.map(rounded),
    line: { color: colour(own), width: 2.5 },
    marker: { color: colour(own), size: 5 },
    hovertemplate: '%{y:.4~g}',
    // Lines of learners come last, so that they lie on top, and stand first in the legend.
    legendrank: 1,
  };
}

/** One closed outline per unbroken stretch: a band must not bridge points that have none. */
function band({ name, curve, colour: own }: Series): PlotObject[] {
  const stretches: number[][] = [];
  curve.x.forEach((_, i) => {
    if (curve.low[i] === null || curve.high[i] === null) return;
    const last = stretches[stretches.length - 1];
    if (last !== undefined && last[last.length - 1] === i - 1) last.push(i);
    else stretches.push([i]);
  });
  return stretches
    .filter((points) => points.length > 1)
    .map((points) => {
      const back = [...points].reverse();
      return {
        type: 'scatter',
        mode: 'lines',
        name: plotText(name),
        x: [...points, ...back].map((i) => curve.x[i]),
        y: [...points.map((i) => rounded(curve.high[i]!)), ...back.map((i) => rounded(curve.low[i]!))],
        fill: 'toself',
        fillcolor: colour(own, 0.16),
        line: { width: 0, color: colour(own, 0) },
        hoverinfo: 'skip',
        showlegend: false,
      };
    });
}

function seedLines({ name, curve, colour: own }: Series): PlotObject[] {
  if (curve.runs.length < 2) return [];
  return curve.runs.map(({ x, y }) => ({
    type: 'scatter',
    mode: 'lines',
    name: plotText(name),
    x,
    y: y.map(rounded),
    line: { color: colour(own, 0.3), width: 1 },
    hoverinfo: 'skip',
    showlegend: false,
  }));
}

function baselineLine(policy: string, mean: number, end: number, dash: string): PlotObject {
  return {
    type: 'scatter',
    mode: 'lines',
    name: plotText(policy),
    x: [0, end],
    y: [rounded(mean), rounded(mean)],
    line: { color: colour('muted'), width: 1.8, dash },
    hovertemplate: '%{y:.4~g}',
  };
}
