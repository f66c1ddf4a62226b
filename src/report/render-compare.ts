import { type Comparison, compareGroups, defaultMetric } from './comparison.ts';
import { evaluationKeys } from './final-table.ts';
import { parseMetricName } from './metric-name.ts';
import { type PageAssets, pageHtml } from './page-html.ts';
import type { PageModel } from './page-model.ts';
import { groupRuns, type ReportedConfig, type ReportedRun, type RunGroup, wrappersText } from './run-data.ts';
import { behaviour } from './sections/behaviour.ts';
import { comparedLearning } from './sections/compared-learning.ts';
import { comparedResults } from './sections/compared-results.ts';
import { comparedSamples } from './sections/compared-samples.ts';
import { comparing, metricTitle } from './sections/comparing.ts';
import { configuration } from './sections/configuration.ts';
import { games } from './sections/games.ts';
import { gaps } from './sections/gaps.ts';
import { unfinished } from './sections/headline.ts';
import { comparedNegotiations } from './sections/negotiations.ts';
import { provenance } from './sections/provenance.ts';

/**
 * The page that compares runs, grouped by experiment and variant.
 *
 * Throws: PolityError (input) without runs, for the same run twice, and for a metric that no run has.
 */
export function comparePage(runs: readonly ReportedRun[], metric = defaultMetric): PageModel {
  const groups = groupRuns(runs);
  const comparison: Comparison = compareGroups(groups, metric);
  const incomplete = unfinished(runs);
  return {
    title: groups.length <= mostNamed ? groups.map(({ name }) => name).join(', ') : `${groups.length} groups of runs`,
    kind: 'Polity comparison',
    lead: `Compared by ${metricTitle(metric).toLowerCase()} at the end of training.`,
    facts: facts(groups),
    sections: [
      ...(incomplete.length === 0 ? [] : [{ id: 'unfinished', heading: 'Unfinished runs', blocks: incomplete }]),
      ...comparing(groups, comparison),
      ...comparedLearning(groups, curveMetrics(runs, metric)),
      ...comparedSamples(groups, curveMetrics(runs, metric)),
      ...comparedNegotiations(groups),
      ...games(groups),
      ...behaviour(groups),
      ...comparedResults(groups),
      ...gaps(groups),
      ...configuration(groups),
      ...provenance(groups),
    ],
  };
}

/** Most groups that the title names. */
const mostNamed = 3;

/** `comparePage`, written down as one self-contained file. */
export function renderCompare(runs: readonly ReportedRun[], assets: PageAssets, metric = defaultMetric): string {
  return pageHtml(comparePage(runs, metric), assets);
}

/** The metric that is compared, the return of an episode, and what the learner's seat got against each opponent. */
function curveMetrics(runs: readonly ReportedRun[], metric: string): readonly string[] {
  const versus = evaluationKeys(runs).filter((key) => {
    const { setting, id, member } = parseMetricName(key);
    return setting === 'versus' && id === 'return' && member === '';
  });
  return [...new Set([metric, defaultMetric, ...versus])];
}

/** `simple-spread in frame-stack:frames=4`. */
function worldText(config: ReportedConfig): string {
  const wrappers = wrappersText(config);
  return wrappers === '' ? config.env.id : `${config.env.id} in ${wrappers}`;
}

function facts(groups: readonly RunGroup[]): PageModel['facts'] {
  const configs = groups.flatMap(({ runs }) => runs.map(({ config }) => config));
  const distinct = (values: readonly string[]) => [...new Set(values)].join(', ');
  return [
    ['Worlds', distinct(configs.map(worldText))],
    ['Algorithms', distinct(configs.map(({ learner }) => learner.algorithm))],
    ['Groups', String(groups.length)],
    ['Runs', String(configs.length)],
  ];
}
