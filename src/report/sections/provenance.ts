import type { RunInfo } from '#core';
import { type Cell, type Section, section, type Table } from '../page-model.ts';
import type { ReportedRun, RunGroup } from '../run-data.ts';

/** Where the numbers come from and how to make them again: a row for the runs that came about in the same way. */
export function provenance(groups: readonly RunGroup[]): readonly Section[] {
  const table: Table = {
    caption: 'Runs: the same command, version, engine and kernel variant give the same numbers',
    columns: ['Run', 'Seeds', 'Status', 'Command', 'Engine', 'Polity', 'Node', 'Host', 'From', 'To'].map((label) => ({
      label,
      numeric: false,
    })),
    rows: groups.flatMap(({ name, runs }) => alike(runs).map((same) => provenanceRow(name, same))),
  };
  return section('provenance', 'Provenance', [{ kind: 'table', table }]);
}

/** Runs of the same origin together, in the order in which they first appear. */
function alike(runs: readonly ReportedRun[]): readonly (readonly ReportedRun[])[] {
  const found = new Map<string, ReportedRun[]>();
  for (const run of runs) {
    const { status, command, engine, polity, commit, node, host } = run.info;
    const key = JSON.stringify([status, command, engine, polity, commit, node, host]);
    found.set(key, [...(found.get(key) ?? []), run]);
  }
  return [...found.values()];
}

function provenanceRow(name: string, runs: readonly ReportedRun[]): readonly Cell[] {
  const [{ info }] = runs;
  const started = runs.map((run) => run.info.started).sort();
  const finished = runs.map((run) => run.info.finished ?? '').sort();
  return [
    name,
    runs.map(({ config }) => config.seed).join(', '),
    info.status,
    { text: info.command, code: true },
    `${info.engine.kind}, ${info.engine.variant}`,
    version(info),
    info.node,
    `${info.host.cpu}, ${info.host.cores} cores, ${info.host.platform}`,
    timeText(started[0]),
    timeText(finished[finished.length - 1]),
  ];
}

function version({ polity, commit }: RunInfo): string {
  return commit === null ? polity : `${polity} (${commit.slice(0, 9)})`;
}

/** `2026-01-31T09:15:27.123Z` as `2026-01-31 09:15:27 UTC`; anything else as it stands. */
function timeText(time: string): string {
  const [, day, clock] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(time) ?? [];
  return day === undefined ? time : `${day} ${clock} UTC`;
}
