import { bootstrapIntervals, performanceProfile, type ScoreMatrix } from '#math';
import { bootstrapStream, finalScores } from '../comparison.ts';
import { axisTitle, baseLayout, type Figure, legendRoom, type PlotObject, plotText, rounded } from '../figure.ts';
import { type ColourName, colour, seriesName } from '../palette.ts';
import type { RunGroup } from '../run-data.ts';

/** Values at which the share of runs above them is drawn. */
const points = 101;
const resamples = 2000;

/**
 * For every value of a metric, the share of a group's runs that end above it, with the bootstrap band over seeds.
 * Undefined unless some group has two runs with the metric.
 *
 * Source: Agarwal et al. (2021), section 4.2.
 */
export function performanceProfileFigure(
  groups: readonly RunGroup[],
  metric: string,
  title: string,
): Figure | undefined {
  const scored = groups.map((group, i) => ({
    name: group.name,
    scores: finalScores(group, metric),
    own: seriesName(i),
  }));
  const several = scored.filter(({ scores }) => scores.length > 1);
  if (several.length === 0) return undefined;
  const thresholds = thresholdsOf(several.flatMap(({ scores }) => scores.flat()));
  return {
    data: several.flatMap(({ name, scores, own }) => profile(name, scores, own, thresholds)),
    layout: baseLayout(
      320 + legendRoom(several.map(({ name }) => name)),
      { title: axisTitle(title) },
      { title: axisTitle('share of runs above'), range: [-0.03, 1.03] },
      { hovermode: 'x unified', showlegend: true },
    ),
  };
}

/** From a little below the least to a little above the greatest. */
function thresholdsOf(values: readonly number[]): readonly number[] {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const margin = 0.04 * (greatest - least || Math.abs(least) || 1);
  const step = (greatest - least + 2 * margin) / (points - 1);
  return Array.from({ length: points }, (_, i) => least - margin + i * step);
}

function profile(name: string, scores: ScoreMatrix, own: ColourName, thresholds: readonly number[]): PlotObject[] {
  const shares = performanceProfile(scores, thresholds);
  const bands = bootstrapIntervals(
    [scores],
    ([drawn]) => performanceProfile(drawn, thresholds),
    bootstrapStream('profile', name),
    { resamples },
  );
  const x = thresholds.map(rounded);
  const shape = { shape: 'hv' };
  return [
    {
      type: 'scatter',
      mode: 'lines',
      x,
      y: bands.map(([low]) => rounded(low)),
      line: { width: 0, ...shape, color: colour(own, 0) },
      hoverinfo: 'skip',
      showlegend: false,
    },
    {
      type: 'scatter',
      mode: 'lines',
      x,
      y: bands.map(([, high]) => rounded(high)),
      line: { width: 0, ...shape, color: colour(own, 0) },
      fill: 'tonexty',
      fillcolor: colour(own, 0.14),
      hoverinfo: 'skip',
      showlegend: false,
    },
    {
      type: 'scatter',
      mode: 'lines',
      name: plotText(name),
      x,
      y: shares.map(rounded),
      line: { color: colour(own), width: 2.5, ...shape },
      hovertemplate: '%{y:.2f}',
    },
  ];
}
