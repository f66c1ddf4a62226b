import type { Comparison, Improvement } from '../comparison.ts';
import type { DescribedFigure } from '../figure.ts';
import { axisTitle } from '../figure.ts';
import { intervalFigure } from '../figures/interval-figure.ts';
import { performanceProfileFigure } from '../figures/performance-profile-figure.ts';
import { directionText, lookOf, type MetricLook, parseMetricName } from '../metric-name.ts';
import { intervalText, meanText, numberText } from '../number-text.ts';
import { type Block, type Cell, type Section, section } from '../page-model.ts';
import { seriesName } from '../palette.ts';
import type { RunGroup } from '../run-data.ts';
import { settingDifferences } from '../settings.ts';

/** How the groups did in the metric that they are compared by. */
export function comparing(groups: readonly RunGroup[], comparison: Comparison): readonly Section[] {
  const title = metricTitle(comparison.metric);
  return section('comparison', title, [
    ...scales(groups),
    { kind: 'text', text: comparisonText(groups, comparison.metric) },
    { kind: 'table', table: groupTable(comparison) },
    { kind: 'figures', width: 'half', figures: intervals(comparison, title) },
    ...improvementBlocks(comparison),
    ...profiles(groups, comparison.metric, title),
  ]);
}

/** A metric's name as headings have it. */
export function metricTitle(metric: string): string {
  const { id, member, policy } = parseMetricName(metric);
  return `${lookOf(id).title}${member === '' ? '' : `: ${member}`}${policy === '' ? '' : ` against ${policy}`}`;
}

function scales(groups: readonly RunGroup[]): readonly Block[] {
  const text = scaleWarning(groups);
  return text === undefined ? [] : [{ kind: 'notice', tone: 'warning', text }];
}

/** What to beware of where the same number does not mean the same thing in every group; undefined where it does. */
export function scaleWarning(groups: readonly RunGroup[]): string | undefined {
  const worlds = settingDifferences(groups.map(({ runs }) => runs[0].config.env));
  if (worlds.length === 0) return undefined;
  return worlds.some(({ path }) => path === 'id')
    ? 'The groups play different worlds: their numbers are on different scales, and a greater one need not be a better one.'
    : `The groups differ in settings of the world (${worlds.map(({ path }) => `\`env.${path}\``).join(', ')}): rewards, and so returns, may not mean the same in each.`;
}

function comparisonText(groups: readonly RunGroup[], metric: string): string {
  const fewest = Math.min(...groups.map(({ runs }) => runs.length));
  const few = fewest < 10 ? ' Some groups have fewer than ten seeds: take differences as hints, not as findings.' : '';
  const direction = directionText(lookOf(parseMetricName(metric).id).better);
  return `\`${metric}\`, over the last tenth of each run’s evaluations, never the best ones. The interquartile mean leaves out the best and the worst quarter of the seeds; its interval is a 95 % stratified bootstrap over seeds, that of the mean a 95 % t interval. A single seed has no interval. ${direction}${few}`.trim();
}

function groupTable({ groups, metric }: Comparison) {
  const numeric = (label: string) => ({ label, numeric: true });
  return {
    caption: `${metricTitle(metric)} by group of runs`,
    columns: [{ label: 'Group', numeric: false }, ...['Seeds', 'Mean', 'Interquartile mean'].map(numeric)],
    rows: groups.map(({ name, seeds, finalWindow, iqm, iqmInterval }, i): readonly Cell[] => [
      { text: name, swatch: seriesName(i) },
      String(seeds.length),
      finalWindow === null ? 'not measured' : valueCell(finalWindow.mean, finalWindow.interval),
      iqm === null ? 'not measured' : valueCell(iqm, iqmInterval),
    ]),
  };
}

/** Few pairs are read at once; many are looked up. */
function improvementBlocks(comparison: Comparison): readonly Block[] {
  const pairs = comparison.improvement.length;
  if (pairs === 0) return [];
  const table: Block = { kind: 'table', table: improvementTable(comparison) };
  return pairs <= mostPairs
    ? [table]
    : [{ kind: 'details', summary: `All ${pairs} pairs in numbers`, blocks: [table] }];
}

/** Most pairs that are not folded away. */
const mostPairs = 6;

function improvementTable({ improvement, metric }: Comparison) {
  return {
    caption:
      'Probability that a run of the first group ends with a greater value than a run of the second; ties count half',
    columns: [
      { label: 'First', numeric: false },
      { label: 'Second', numeric: false },
      { label: 'Probability', numeric: true },
      { label: '', numeric: false },
    ],
    rows: improvement.map((pair): readonly Cell[] => [
      pair.a,
      pair.b,
      valueCell(pair.probability, pair.interval),
      verdict(pair, lookOf(parseMetricName(metric).id).better),
    ]),
  };
}

/** With the scale's direction unknown, greater is all that can be said. */
function verdict({ interval }: Improvement, better: MetricLook['better']): string {
  if (interval === null) return 'a single seed says nothing';
  const [first, second] = [interval[0] > 0.5, interval[1] < 0.5];
  if (!first && !second) return 'not told apart';
  if (better === undefined) return first ? 'first is greater' : 'second is greater';
  return first === (better === 'higher') ? 'first is better' : 'second is better';
}

function valueCell(value: number, interval: readonly [number, number] | null): Cell {
  if (interval === null) return { text: numberText(value), note: '' };
  const [low, high] = interval;
  return { text: meanText({ mean: value, low, high }), note: intervalText({ low, high }) };
}

function intervals(comparison: Comparison, title: string): readonly DescribedFigure[] {
  const rows = comparison.groups.flatMap(({ name, iqm, iqmInterval }, i) =>
    iqm === null ? [] : [{ label: name, value: iqm, interval: iqmInterval, colour: seriesName(i) }],
  );
  const pairs = comparison.improvement.map(({ a, b, probability, interval }) => ({
    label: `${a} over ${b}`,
    value: probability,
    interval,
    colour: seriesName(comparison.groups.findIndex(({ name }) => name === a)),
  }));
  return [
    {
      title: 'Interquartile means',
      caption: 'The mean of the middle half of the seeds, with its bootstrap interval.',
      summary: rows.map(({ label, value }) => `${label} ${numberText(value)}`).join('; '),
      figure: intervalFigure(rows, { title: axisTitle(title) }),
    },
    ...(pairs.length === 0
      ? []
      : [
          {
            title: 'Probability of improvement',
            caption:
              'How probable it is that a run of one group ends with a greater value than a run of the other. At the dashed line neither does; an interval that crosses it leaves the question open.',
            summary: pairs.map(({ label, value }) => `${label}: ${numberText(value)}`).join('; '),
            figure: intervalFigure(pairs, { title: axisTitle('probability'), range: [-0.03, 1.03] }, 0.5),
          },
        ]),
  ];
}

function profiles(groups: readonly RunGroup[], metric: string, title: string): readonly Block[] {
  const figure = performanceProfileFigure(groups, metric, title);
  if (figure === undefined) {
    return [{ kind: 'notice', tone: 'note', text: 'There are no performance profiles: no group has two seeds.' }];
  }
  const described: DescribedFigure = {
    title: 'Performance profiles',
    caption:
      'For every value, the share of a group’s runs that end above it, with its bootstrap band. A group whose line lies above another’s everywhere has the greater values however one looks at it; where lines cross, it depends on what one asks for.',
    summary: `Shares of runs above each value of ${title}, for ${groups.map(({ name }) => name).join(', ')}.`,
    figure,
  };
  return [{ kind: 'figures', width: 'full', figures: [described] }];
}
