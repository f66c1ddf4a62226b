import Table from 'cli-table3';
import { type FinalRow, finalTable } from '#report/final-table';
import { intervalText, meanText, numberText } from '#report/number-text';
import { colours } from './colours.ts';
import type { LoadedRun } from './run-folder.ts';

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
  const table = new Table({
    head: ['final window', 'mean', '95 % interval', 'start', ...baselines].map((text) => colours.bold(text)),
    colAligns: ['left', ...Array.from({ length: 3 + baselines.length }, () => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    table.push([
      row.opponent === '' ? row.title : `${row.title} against ${row.opponent}`,
      meanText(row),
      intervalText(row),
      row.start === undefined ? '' : numberText(row.start),
      ...baselines.map((policy) => (row.baselines[policy] === undefined ? '' : numberText(row.baselines[policy]))),
    ]);
  }
  const bases = [...new Set(rows.flatMap(({ basis }) => (basis === undefined ? [] : [basis])))];
  const over = bases.length === 0 ? '' : ` (intervals over ${bases.join(' and ')})`;
  console.log(`${colours.bold(name)}, seed${seeds.length === 1 ? '' : 's'} ${seeds.join(', ')}${over}`);
  console.log(table.toString());
}

function isHeadline({ metric, member, opponent }: FinalRow): boolean {
  if (opponent !== '') return metric === `vs/${opponent}/return`;
  return member === '' || metric.startsWith('episode/return/') || metric.startsWith('game/jointAction/');
}
