import { dirname, join, resolve } from 'node:path';
import { type Comparison, compareGroups } from '#report/comparison';
import { intervalText, meanText, numberText } from '#report/number-text';
import type { PageAssets } from '#report/page-html';
import { renderCompare } from '#report/render-compare';
import { groupRuns } from '#report/run-data';
import { scaleWarning } from '#report/sections/comparing';
import { colours } from './colours.ts';
import { pageAssets, requirePagePlace, writePage } from './page-file.ts';
import { loadRun } from './run-folder.ts';
import { requireRuns } from './run-report.ts';
import { tableText } from './terminal-table.ts';

export interface CompareOptions {
  /** Absent: `comparison.html` in the folder that holds all runs, or with `json` no page. */
  readonly out?: string | undefined;
  readonly metric?: string | undefined;
  readonly json: boolean;
}

/**
 * Compares the runs at or below the folders, prints the comparison, writes the page and returns the exit code.
 *
 * Throws: PolityError (input) for folders without runs, the same run twice, a metric that no run has, and a place that cannot
 * be written to; (failure) where the build has not made the page's script.
 */
export function runCompare(
  folders: readonly string[],
  { out, metric, json }: CompareOptions,
  readAssets: () => PageAssets = pageAssets,
): number {
  const paths = [...new Set(folders.flatMap(requireRuns).map((path) => resolve(path)))];
  const page = out ?? (json ? undefined : join(commonFolder(paths), 'comparison.html'));
  const assets = page === undefined ? undefined : readAssets();
  if (page !== undefined) requirePagePlace(page);
  const runs = paths.map(loadRun);
  const groups = groupRuns(runs);
  const comparison = compareGroups(groups, metric);
  const warning = scaleWarning(groups);
  if (warning !== undefined) console.error(warning.replaceAll('`', ''));
  if (page !== undefined && assets !== undefined) writePage(page, renderCompare(runs, assets, metric));
  if (json) console.log(JSON.stringify(comparison));
  else {
    print(comparison);
    console.log(page);
  }
  return 0;
}

/** The deepest folder above all of these. */
function commonFolder(paths: readonly string[]): string {
  return paths.map(dirname).reduce((common, path) => {
    let above = common;
    while (path !== above && !path.startsWith(above.endsWith('/') ? above : `${above}/`)) above = dirname(above);
    return above;
  });
}

function print({ metric, groups, improvement }: Comparison): void {
  const value = (mean: number | null, interval: readonly [number, number] | null) => {
    if (mean === null) return ['not measured', ''];
    if (interval === null) return [numberText(mean), ''];
    const bounds = { low: interval[0], high: interval[1] };
    return [meanText({ mean, ...bounds }), intervalText(bounds)];
  };
  const rows = groups.map(({ name, seeds, finalWindow, iqm, iqmInterval }) => [
    name,
    String(seeds.length),
    ...value(finalWindow?.mean ?? null, finalWindow?.interval ?? null),
    ...value(iqm, iqmInterval),
  ]);
  console.log(`${colours.bold(metric)}, final windows`);
  console.log(
    tableText(
      ['group', 'seeds', 'mean', '95 % interval', 'interquartile mean', '95 % bootstrap'],
      rows,
      [1, 2, 3, 4, 5],
    ),
  );
  if (improvement.length === 0) return;
  console.log('Probability that a run of the first group ends with a greater value than one of the second');
  console.log(
    tableText(
      ['first', 'second', 'probability', '95 % bootstrap'],
      improvement.map(({ a, b, probability, interval }) => [a, b, ...value(probability, interval)]),
      [2, 3],
    ),
  );
}
