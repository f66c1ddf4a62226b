import { dirname, join } from 'node:path';
import { PolityError } from '#core';
import type { PageAssets } from '#report/page-html';
import { renderCompare } from '#report/render-compare';
import { pageAssets, writePage } from './page-file.ts';
import type { LoadedRun } from './run-folder.ts';
import { writeLoadedReport } from './run-report.ts';

/** Paths of the pages about runs that were trained together. */
export interface TrainingPages {
  /** The widest of each group: of its only run, or of all of its seeds. */
  readonly reports: readonly string[];
  /** The groups side by side; `null` where there is one only, or the page could not be made. */
  readonly comparison: string | null;
}

/**
 * Writes a page for each run, one for all seeds of an experiment or variant where there are several, and one that compares the variants:
 * `<name>.comparison.html` beside their folders. A page that cannot be made is no reason to lose a training: it is said on stderr,
 * and the rest goes on.
 */
export function writePages(groups: readonly (readonly LoadedRun[])[]): TrainingPages {
  const assets = tolerated('report', pageAssets);
  if (assets === undefined) return { reports: [], comparison: null };
  return {
    reports: groups.flatMap((runs) => tolerated('report', () => writeReports(runs, assets)) ?? []),
    comparison: groups.length < 2 ? null : (tolerated('comparison', () => writeComparison(groups, assets)) ?? null),
  };
}

function writeReports(runs: readonly LoadedRun[], assets: PageAssets): string {
  const own = runs.map((run) => writeLoadedReport([run], assets));
  return runs.length === 1 ? own[0] : writeLoadedReport(runs, assets);
}

function writeComparison(groups: readonly (readonly LoadedRun[])[], assets: PageAssets): string {
  const { config, folder } = groups[0][0];
  const path = join(dirname(dirname(folder)), `${config.name}.comparison.html`);
  writePage(path, renderCompare(groups.flat(), assets));
  return path;
}

function tolerated<T>(what: string, make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof PolityError)) throw error;
    console.error(`no ${what}: ${error.message}`);
    return undefined;
  }
}
