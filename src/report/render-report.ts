import { PolityError } from '#core';
import { evaluationRows } from './final-window.ts';
import { countText } from './number-text.ts';
import { type PageAssets, pageHtml } from './page-html.ts';
import type { PageModel } from './page-model.ts';
import { groupRuns, plainName, type ReportedRun, type RunGroup, wrappersText } from './run-data.ts';
import { behaviour } from './sections/behaviour.ts';
import { configuration } from './sections/configuration.ts';
import { diagnosis } from './sections/diagnosis.ts';
import { diagnostics } from './sections/diagnostics.ts';
import { games } from './sections/games.ts';
import { gaps } from './sections/gaps.ts';
import { headline } from './sections/headline.ts';
import { learning } from './sections/learning.ts';
import { negotiations } from './sections/negotiations.ts';
import { provenance } from './sections/provenance.ts';
import { results } from './sections/results.ts';

/**
 * The page of one experiment under one configuration: a run, or several that differ in their seed alone.
 *
 * Throws: PolityError (input) without runs, for the same run twice, or for runs of different configurations.
 */
export function reportPage(runs: readonly ReportedRun[]): PageModel {
  const groups = groupRuns(runs);
  if (groups.length > 1) throw differentRuns(groups);
  const [group] = groups;
  const { config } = group.runs[0];
  return {
    title: plainName(config),
    kind: 'Polity report',
    lead: config.description,
    facts: facts(group),
    sections: [
      ...headline(group.runs),
      ...diagnosis(group),
      ...learning(group),
      ...negotiations(group.runs),
      ...games([group]),
      ...behaviour([group]),
      ...results(group.runs),
      ...gaps([group]),
      ...diagnostics(group),
      ...configuration([group]),
      ...provenance([group]),
    ],
  };
}

/** `reportPage`, written down as one self-contained file. */
export function renderReport(runs: readonly ReportedRun[], assets: PageAssets): string {
  return pageHtml(reportPage(runs), assets);
}

function facts({ runs }: RunGroup): PageModel['facts'] {
  const { config } = runs[0];
  const steps = Math.max(0, ...runs.flatMap(({ rows }) => rows.map(({ envSteps }) => envSteps)));
  const wrappers = wrappersText(config);
  const evaluations = Math.max(...runs.map(({ rows }) => evaluationRows(rows).length));
  return [
    ['World', config.env.id],
    ...(wrappers === '' ? [] : [['Wrapped in', wrappers] as const]),
    ['Algorithm', config.learner.algorithm],
    [runs.length === 1 ? 'Seed' : 'Seeds', runs.length === 1 ? String(config.seed) : String(runs.length)],
    ['Env-steps', countText(steps)],
    ['Evaluations', String(evaluations)],
  ];
}

function differentRuns(groups: readonly RunGroup[]): PolityError {
  return new PolityError({
    code: 'input',
    where: 'report',
    message: 'the runs do not have the same configuration',
    got: groups.map(({ name }) => name).join(', '),
    expected: 'runs that differ in their seed alone',
    remedy: 'Report on one of them, or use `polity compare`, which takes any runs',
  });
}
