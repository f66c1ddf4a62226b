import { baselinesOf } from '../baselines.ts';
import { evaluationCurve } from '../curve.ts';
import type { DescribedFigure } from '../figure.ts';
import { curveFigure, type Series } from '../figures/curve-figure.ts';
import { captionOf, lookOf, parseMetricName, rangeOf } from '../metric-name.ts';
import { type Section, section } from '../page-model.ts';
import { seriesName } from '../palette.ts';
import type { RunGroup } from '../run-data.ts';
import { settingDifferences } from '../settings.ts';
import { metricTitle } from './comparing.ts';
import { bandText, curveSummary } from './wording.ts';

/** The compared metrics over training, a line per group. */
export function comparedLearning(groups: readonly RunGroup[], metrics: readonly string[]): readonly Section[] {
  const figures = metrics.flatMap((metric) => comparedCurves(groups, metric));
  if (figures.length === 0) return [];
  return section('learning', 'Learning curves', [
    { kind: 'text', text: bandText(groups) },
    { kind: 'figures', width: figures.length === 1 ? 'full' : 'half', figures },
  ]);
}

function comparedCurves(groups: readonly RunGroup[], metric: string): readonly DescribedFigure[] {
  const series = groups.flatMap(({ name, runs }, i): Series[] => {
    const curve = evaluationCurve(runs, metric);
    return curve === undefined ? [] : [{ name, colour: seriesName(i), curve }];
  });
  if (series.length === 0) return [];
  const runs = groups.flatMap((group) => group.runs);
  // A baseline is a line for all groups only where all of them play the same.
  const comparable = settingDifferences(runs.map(({ config }) => config.env)).length === 0;
  const look = lookOf(parseMetricName(metric).id);
  return [
    {
      title: metricTitle(metric),
      caption: `${captionOf(look)}${comparable ? '' : ' No baselines are drawn: the groups play under different settings of the world.'}`,
      summary: series.map(({ name, curve }) => curveSummary(name, curve)).join(' '),
      figure: curveFigure(series, {
        height: 320,
        title: look.unit,
        range: rangeOf(metric),
        seeds: groups.length <= 4,
        ...(comparable ? { baselines: baselinesOf(runs, metric) } : {}),
      }),
    },
  ];
}
