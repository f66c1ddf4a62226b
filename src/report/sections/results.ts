import { baselinePolicies, opponentPolicies } from '../baselines.ts';
import { type FinalRow, finalTable } from '../final-table.ts';
import { arrowText, directedTitle, lookOf, parseMetricName } from '../metric-name.ts';
import { intervalText, meanText, numberText } from '../number-text.ts';
import { type Block, type Cell, type Section, section, type Table } from '../page-model.ts';
import type { ReportedRun } from '../run-data.ts';
import { windowText } from './wording.ts';

/** Final values of every metric beside start and baselines, then the same against each opponent. */
export function results(runs: readonly ReportedRun[]): readonly Section[] {
  const rows = finalTable(runs);
  const alone = rows.filter(({ opponent }) => opponent === '');
  const whole = alone.filter(({ member }) => member === '');
  const members = alone.filter(({ member }) => member !== '');
  const policies = baselinePolicies(runs);
  if (rows.length === 0) return [];
  return section('results', 'Final values', [
    { kind: 'text', text: windowText(runs) },
    ...table('Learners in their own seats', whole, policies),
    ...(members.length === 0
      ? []
      : [
          {
            kind: 'details',
            summary: `By role, agent and action (${members.length} rows)`,
            blocks: table('Members of families of metrics', members, policies),
          } as const,
        ]),
    ...opponents(runs, rows),
  ]);
}

function table(caption: string, rows: readonly FinalRow[], policies: readonly string[]): readonly Block[] {
  if (rows.length === 0) return [];
  const measured = policies.filter((policy) => rows.some(({ baselines }) => baselines[policy] !== undefined));
  const numeric = (label: string) => ({ label, numeric: true });
  const built: Table = {
    caption: withArrows(caption, rows),
    columns: [
      { label: 'Metric', numeric: false },
      numeric('Final'),
      numeric('95 % interval'),
      numeric('At the start'),
      ...measured.map(numeric),
    ],
    rows: rows.map((row) => [
      metricCell(row),
      meanText(row),
      intervalText(row),
      row.start === undefined ? '' : numberText(row.start),
      ...measured.map((policy) => (row.baselines[policy] === undefined ? '' : numberText(row.baselines[policy]))),
    ]),
  };
  return [{ kind: 'table', table: built }];
}

function opponents(runs: readonly ReportedRun[], rows: readonly FinalRow[]): readonly Block[] {
  const policies = opponentPolicies(runs);
  const versus = rows.filter(({ opponent, member }) => opponent !== '' && member === '');
  const ids = [...new Set(versus.map(({ metric }) => parseMetricName(metric).id))];
  if (ids.length === 0) return [];
  const built: Table = {
    caption: withArrows('Against fixed opponents: the learner meets each of them in every order of seats', versus),
    columns: [
      { label: 'Metric', numeric: false },
      ...policies.map((policy) => ({ label: `vs ${policy}`, numeric: true })),
    ],
    rows: ids.map((id) => [
      metricCell({ metric: id, ...lookOf(id) }),
      ...policies.map((policy): Cell => {
        const row = versus.find(({ metric, opponent }) => opponent === policy && parseMetricName(metric).id === id);
        return row === undefined ? '' : { text: meanText(row), note: intervalText(row) };
      }),
    ]),
  };
  return [{ kind: 'table', table: built }];
}

function metricCell({ metric, title, better }: Pick<FinalRow, 'metric' | 'title' | 'better'>): Cell {
  return title === metric ? { text: metric, code: true } : { text: directedTitle(title, better), note: metric };
}

function withArrows(caption: string, rows: readonly FinalRow[]): string {
  const arrows = arrowText(rows.map(({ better }) => better));
  return arrows === '' ? caption : `${caption}; ${arrows}`;
}
