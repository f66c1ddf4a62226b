import type { RunInfo } from '#core';
import { type Cell, type Section, section, type Table } from '../page-model.ts';
import type { RunGroup } from '../run-data.ts';

/** Where the numbers come from and how to make them again: a row per run. */
export function provenance(groups: readonly RunGroup[]): readonly Section[] {
  const table: Table = {
    caption: 'Runs: the same command, version, engine and kernel variant give the same numbers',
    columns: ['Run', 'Seed', 'Status', 'Command', 'Engine', 'Polity', 'Node', 'Host', 'Started', 'Finished'].map(
      (label) => ({
        label,
        numeric: false,
      }),
    ),
    rows: groups.flatMap(({ name, runs }) =>
      runs.map(({ config, info }): Cell[] => [
        name,
        String(config.seed),
        info.status,
        { text: info.command, code: true },
        `${info.engine.kind}, ${info.engine.variant}`,
        version(info),
        info.node,
        `${info.host.cpu}, ${info.host.cores} cores, ${info.host.platform}`,
        timeText(info.started),
        info.finished === null ? '' : timeText(info.finished),
      ]),
    ),
  };
  return section('provenance', 'Provenance', [{ kind: 'table', table }]);
}

function version({ polity, commit }: RunInfo): string {
  return commit === null ? polity : `${polity} (${commit.slice(0, 9)})`;
}

/** `2026-01-31T09:15:27.123Z` as `2026-01-31 09:15:27 UTC`; anything else as it stands. */
function timeText(time: string): string {
  const [, day, clock] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(time) ?? [];
  return day === undefined ? time : `${day} ${clock} UTC`;
}
