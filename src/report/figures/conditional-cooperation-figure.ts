import { baselinesOf } from '../baselines.ts';
import type { Estimate } from '../estimate.ts';
import { baseLayout, type DescribedFigure, type PlotObject, plotText, rounded, valueAxis } from '../figure.ts';
import { finalKeys } from '../final-table.ts';
import { finalEstimate } from '../final-window.ts';
import { numberText } from '../number-text.ts';
import { type ColourName, colour, seriesName } from '../palette.ts';
import type { RunGroup } from '../run-data.ts';

const prefix = 'game/conditionalCooperation/';

/**
 * Probability of cooperating after each last joint action, a bar each with its interval, one colour per group of runs; with
 * one group, its baselines beside it. Undefined where no run has the metric.
 */
export function conditionalCooperationFigure(groups: readonly RunGroup[]): DescribedFigure | undefined {
  const names = [
    ...new Set(
      groups.flatMap(({ runs }) =>
        finalKeys(runs).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
      ),
    ),
  ].sort();
  if (names.length === 0) return undefined;
  const labels = names.map((name) => `after ${name}`);
  const measured = groups
    .map(({ name, runs }, i) => ({ name, runs, own: seriesName(i) }))
    .filter(({ runs }) => names.some((last) => finalEstimate(runs, prefix + last) !== undefined));
  const bars = measured.map(({ name, runs, own }) =>
    bar(
      groups.length === 1 ? 'final window' : name,
      labels,
      names.map((last) => finalEstimate(runs, prefix + last)),
      own,
    ),
  );
  const summary = measured.map(({ name, runs }) => {
    const values = names.flatMap((last) => {
      const estimate = finalEstimate(runs, prefix + last);
      return estimate === undefined ? [] : [`${numberText(estimate.mean)} after ${last}`];
    });
    return `${groups.length === 1 ? '' : `${name}: `}p(cooperate) is ${values.join(', ')}.`;
  });
  return {
    title: 'Conditional cooperation',
    caption:
      'Probability of cooperating given what was just played, own action named first. Tit-for-tat would be 1 wherever the other cooperated and 0 elsewhere; grim trigger 1 only after mutual cooperation; win-stay-lose-shift 1 where both did the same. Whiskers are 95 % intervals; a situation that never came up has no bar.',
    summary: summary.join(' '),
    figure: {
      data: [...bars, ...(groups.length === 1 ? baselineBars(groups[0], names, labels) : [])],
      layout: baseLayout(
        340,
        { type: 'category', showgrid: false },
        valueAxis({ title: 'p(cooperate)', range: [0, 1] }),
        { barmode: 'group', bargap: 0.25, hovermode: 'closest', showlegend: true },
      ),
    },
  };
}

function baselineBars({ runs }: RunGroup, names: readonly string[], labels: readonly string[]): PlotObject[] {
  const policies = new Set(names.flatMap((last) => [...baselinesOf(runs, prefix + last).keys()]));
  return [...policies].map((policy, i) => ({
    ...bar(
      policy,
      labels,
      names.map((last) => baselinesOf(runs, prefix + last).get(policy)),
      'muted',
    ),
    opacity: Math.max(0.3, 0.7 - 0.2 * i),
  }));
}

function bar(
  name: string,
  labels: readonly string[],
  values: readonly (Estimate | undefined)[],
  own: ColourName,
): PlotObject {
  return {
    type: 'bar',
    name: plotText(name),
    x: labels.map(plotText),
    y: values.map((value) => (value === undefined ? null : rounded(value.mean))),
    error_y: {
      type: 'data',
      symmetric: false,
      array: values.map((value) => (value?.high === undefined ? 0 : rounded(value.high - value.mean))),
      arrayminus: values.map((value) => (value?.low === undefined ? 0 : rounded(value.mean - value.low))),
      color: colour('ink', 0.6),
      thickness: 1.3,
      width: 4,
    },
    marker: { color: colour(own) },
    hovertemplate: '%{x}: %{y:.3f}',
  };
}
