import { type Block, type Section, section, type Table } from '../page-model.ts';
import { type RunGroup, settingsWithoutSeed } from '../run-data.ts';
import { settingDifferences } from '../settings.ts';

/** Settings that tell groups of runs apart, and every setting of each, folded away. */
export function configuration(groups: readonly RunGroup[]): readonly Section[] {
  return section('configuration', 'Configuration', [
    ...(groups.length < 2 ? [] : differences(groups)),
    ...groups.map(
      (group): Block => ({
        kind: 'details',
        summary: groups.length === 1 ? 'All settings' : `All settings of ${group.name}`,
        blocks: [{ kind: 'table', table: allSettings(group) }],
      }),
    ),
  ]);
}

function differences(groups: readonly RunGroup[]): readonly Block[] {
  const found = settingDifferences(groups.map(({ runs }) => runs[0].config)).filter(({ path }) => !named.has(path));
  if (found.length === 0)
    return [{ kind: 'text', text: 'The groups have the same settings apart from name and seed.' }];
  const table: Table = {
    caption: 'Settings in which the groups differ, names and seeds left out; everything else is the same',
    columns: [{ label: 'Setting', numeric: false }, ...groups.map(({ name }) => ({ label: name, numeric: false }))],
    rows: found.map(({ path, values }) => [
      { text: path, code: true },
      ...values.map((value) => (value === null ? '' : { text: value, code: true })),
    ]),
  };
  return [{ kind: 'table', table }];
}

/** Differ between experiments by nature. */
const named = new Set(['name', 'variant', 'description', 'seed']);

function allSettings({ name, runs }: RunGroup): Table {
  return {
    caption: `Resolved configuration of ${name}; seeds: ${runs.map(({ config }) => config.seed).join(', ')}`,
    columns: [
      { label: 'Setting', numeric: false },
      { label: 'Value', numeric: false },
    ],
    rows: settingsWithoutSeed(runs[0]).map(({ path, value }) => [
      { text: path, code: true },
      { text: value, code: true },
    ]),
  };
}
