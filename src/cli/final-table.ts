import { type FinalRow, finalTable } from '#report/final-table';
import { arrowText, directedTitle } from '#report/metric-name';
import { intervalText, meanText, numberText } from '#report/number-text';
import { colours } from './colours.ts';
import type { LoadedRun } from './run-folder.ts';
import { tableText } from './terminal-table.ts';

/** What runs that differ in their seed alone came to, for programs. */
export function finalDocument(runs: readonly LoadedRun[]) {
  const [{ config }] = runs;
  return {
    name: config.variant === null ? config.name : `${config.name}.${config.variant}`,
    seeds: runs.map((run) => run.config.seed),
    finalWindow: finalTable(runs),
  };
}

/**
 * Prints what runs that differ in their seed alone came to: final-window means with their intervals, beside the start and the
 * policies that do not learn. `all` prints members of families and everything against opponents too.
 */
export function printFinalTable(runs: readonly LoadedRun[], all: boolean): void {
  const rows = finalTable(runs).filter((row) => all || isHeadline(row));
  if (rows.length === 0) return;
  const { name, seeds } = finalDocument(runs);
  const baselines = [...new Set(rows.flatMap((row) => Object.keys(row.baselines)))];
  const head = ['final window', 'mean', '95 % interval', 'start', ...baselines];
  const cells = rows.map((row) => [
    directedTitle(row.opponent === '' ? row.title : `${row.title} against ${row.opponent}`, row.better),
    meanText(row),
    intervalText(row),
    row.start === undefined ? '' : numberText(row.start),
    ...baselines.map((policy) => (row.baselines[policy] === undefined ? '' : numberText(row.baselines[policy]))),
  ]);
  const bases = [...new Set(rows.flatMap(({ basis }) => (basis === undefined ? [] : [basis])))];
  const over = bases.length === 0 ? '' : ` (intervals over ${bases.join(' and ')})`;
  console.log(`${colours.bold(name)}, seed${seeds.length === 1 ? '' : 's'} ${seeds.join(', ')}${over}`);
  console.log(tableText(head, cells, head.map((_, c) => c).slice(1)));
  const arrows = arrowText(rows.map(({ better }) => better));
  if (arrows !== '') console.log(arrows);
}

function isHeadline({ metric, member, opponent }: FinalRow): boolean {
  if (opponent !== '') return metric === `vs/${opponent}/return`;
  return member === '' || metric.startsWith('episode/return/') || metric.startsWith('game/jointAction/');
}
