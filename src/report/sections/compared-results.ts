import { finalKeys } from '../final-table.ts';
import { finalEstimate } from '../final-window.ts';
import { arrowText, directedTitle, lookOf, parseMetricName } from '../metric-name.ts';
import { intervalText, meanText } from '../number-text.ts';
import { type Block, type Cell, type Section, section, type Table } from '../page-model.ts';
import { seriesName } from '../palette.ts';
import type { RunGroup } from '../run-data.ts';
import { metricTitle } from './comparing.ts';

/** Final values of everything that was measured, a column per group. */
export function comparedResults(groups: readonly RunGroup[]): readonly Section[] {
  const names = finalKeys(groups.flatMap(({ runs }) => runs)).map(parseMetricName);
  const whole = names.filter(({ member, policy }) => member === '' && policy === '').map(({ key }) => key);
  const versus = names.filter(({ member, policy }) => member === '' && policy !== '').map(({ key }) => key);
  const members = names.filter(({ member }) => member !== '').map(({ key }) => key);
  if (names.length === 0) return [];
  return section('results', 'Final values', [
    {
      kind: 'text',
      text: 'Means over the last tenth of each run’s evaluations. Under each its 95 % interval: over seeds, or for a single seed over what is known of that run alone. An empty cell: never measured in that group.',
    },
    { kind: 'table', table: table('Final values by group', groups, whole) },
    ...folded('Against fixed opponents', groups, versus),
    ...folded('By role, agent and action', groups, members),
  ]);
}

function folded(heading: string, groups: readonly RunGroup[], keys: readonly string[]): readonly Block[] {
  if (keys.length === 0) return [];
  const blocks: readonly Block[] = [{ kind: 'table', table: table(`${heading}, by group`, groups, keys) }];
  return [{ kind: 'details', summary: `${heading} (${keys.length} rows)`, blocks }];
}

function table(caption: string, groups: readonly RunGroup[], keys: readonly string[]): Table {
  const arrows = arrowText(keys.map((key) => lookOf(parseMetricName(key).id).better));
  return {
    caption: arrows === '' ? caption : `${caption}; ${arrows}`,
    columns: [
      { label: 'Metric', numeric: false },
      ...groups.map(({ name }, i) => ({ label: name, numeric: true, swatch: seriesName(i) })),
    ],
    rows: keys.map((key) => [
      metricCell(key),
      ...groups.map(({ runs }): Cell => {
        const estimate = finalEstimate(runs, key);
        return estimate === undefined ? '' : { text: meanText(estimate), note: intervalText(estimate) };
      }),
    ]),
  };
}

function metricCell(key: string): Cell {
  const { title, better } = lookOf(parseMetricName(key).id);
  return title === key ? { text: key, code: true } : { text: directedTitle(metricTitle(key), better), note: key };
}
