import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { PolityError } from '#core';
import type { PageAssets } from '#report/page-html';
import { renderReport } from '#report/render-report';
import { pageAssets, requirePagePlace, writePage } from './page-file.ts';
import { printDiagnosis } from './print-diagnosis.ts';
import { findRuns, type LoadedRun, loadRun } from './run-folder.ts';

/**
 * Writes the page of a run, or of an experiment's folder with all of its seeds, and prints its path; on stderr, unless `quiet`,
 * what in the log may keep it from learning. Returns the exit code.
 */
export function runReport(folder: string, out = join(folder, 'report.html'), quiet = false): number {
  const runs = requireRuns(folder);
  requirePagePlace(out);
  const loaded = runs.map(loadRun);
  console.log(writeLoadedReport(loaded, pageAssets(), out));
  if (!quiet) printDiagnosis(loaded, true);
  return 0;
}

/**
 * Writes the page about runs that differ in their seed alone and returns its path; absent, that is `report.html` in the folder
 * of the only run, or in the folder that holds several.
 *
 * Throws: PolityError (input) for folders that are no runs, runs of different configurations, and a place that cannot be
 * written to; (failure) where the build has not made the page's script.
 */
export function writeReport(folders: readonly string[], out = reportPlace(folders), assets = pageAssets()): string {
  requirePagePlace(out);
  return writeLoadedReport(folders.map(loadRun), assets, out);
}

/** `writeReport` of runs that have been read already. */
export function writeLoadedReport(
  runs: readonly LoadedRun[],
  assets: PageAssets,
  out = reportPlace(runs.map(({ folder }) => folder)),
): string {
  writePage(out, renderReport(runs, assets));
  return out;
}

/** The run folders at or below a folder. Throws: PolityError (input) where there are none. */
export function requireRuns(folder: string): readonly string[] {
  const runs = findRuns(folder);
  if (runs.length > 0) return [...runs].sort(byFolder);
  const message = existsSync(folder) ? 'no run in it (no config.json at or below it)' : 'no such folder';
  const remedy = 'Name a run, such as results/<name>/seed-1, or a folder that holds runs';
  throw new PolityError({ code: 'input', where: folder, message, remedy });
}

/** Folder by folder, so that an experiment stands before its variants: `x/seed-1`, then `x.joint/seed-1`. */
function byFolder(a: string, b: string): number {
  const [first, second] = [a, b].map((path) => path.split(sep));
  const at = first.findIndex((part, i) => part !== second[i]);
  return at < 0 ? 0 : first[at] < (second[at] ?? '') ? -1 : 1;
}

function reportPlace(folders: readonly string[]): string {
  return join(folders.length === 1 ? folders[0] : dirname(folders[0] ?? '.'), 'report.html');
}
