import { baselinePolicies } from '../baselines.ts';
import { evaluationKeys, finalKeys } from '../final-table.ts';
import { evaluationRows, finalMean } from '../final-window.ts';
import { lookOf, parseMetricName } from '../metric-name.ts';
import { type Section, section } from '../page-model.ts';
import type { RunGroup } from '../run-data.ts';

/**
 * What could not be computed, or only from a part of the runs, and why: a number that is missing from a page should be known
 * to be missing. Nothing where everything is there.
 */
export function gaps(groups: readonly RunGroup[]): readonly Section[] {
  const found = groups.flatMap((group) =>
    gapsOf(group).map((text) => (groups.length === 1 ? text : `${group.name}: ${text}`)),
  );
  return section('gaps', 'What could not be computed', found.length === 0 ? [] : [{ kind: 'list', items: found }]);
}

function gapsOf({ runs }: RunGroup): readonly string[] {
  const evaluated = runs.filter(({ rows }) => evaluationRows(rows).length > 0);
  if (evaluated.length === 0) return ['No evaluation was logged, so there are no results.'];
  const silent = runs.length - evaluated.length;
  return [
    ...(silent === 0 ? [] : [`Results of ${silent} of ${runs.length} seeds: they logged no evaluation yet.`]),
    ...(runs.length === 1 ? ['Intervals over seeds: there is one seed.'] : []),
    ...(baselinePolicies(runs).length === 0
      ? ['Comparisons with policies that do not learn: no baseline was measured (`evaluation.opponents`).']
      : []),
    ...partlyMeasured(runs.length === evaluated.length ? runs : evaluated),
  ];
}

function partlyMeasured(runs: RunGroup['runs']): readonly string[] {
  const final = new Set(finalKeys(runs));
  return evaluationKeys(runs).flatMap((key) => {
    const { id, member, policy } = parseMetricName(key);
    // Members follow their metric, and what is missing against one opponent is missing for the same reason.
    if (member !== '') return [];
    const title = `${lookOf(id).title}${policy === '' ? '' : ` against ${policy}`} (\`${key}\`)`;
    if (!final.has(key)) return [`${title}: earlier evaluations have it, the final window does not.`];
    const holders = runs.filter((run) => finalMean(run, key) !== undefined).length;
    if (holders === runs.length) return [];
    return [`${title}: ${holders} of ${runs.length} seeds have it in their final window; the mean is over those.`];
  });
}
