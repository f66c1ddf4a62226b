/** One leaf of a configuration: its path as written with `--set`, its value as JSON. */
export interface Setting {
  readonly path: string;
  readonly value: string;
}

/** A setting whose value is not the same everywhere; `values` in the order of the configurations, `null` where it is absent. */
export interface SettingDifference {
  readonly path: string;
  readonly values: readonly (string | null)[];
}

/**
 * Flattens a configuration into its leaves, sorted by path. Arrays and empty objects are leaves.
 *
 * @example
 * settingsOf({ rollout: { envs: 64 }, seed: 1 }) // [{ path: 'rollout.envs', value: '64' }, { path: 'seed', value: '1' }]
 */
export function settingsOf(config: object): readonly Setting[] {
  const leaves: Setting[] = [];
  collect(config, '', leaves);
  return leaves.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * The settings in which configurations differ, sorted by path.
 *
 * @example
 * settingDifferences([{ a: 1, b: 2 }, { a: 1, b: 3 }]) // [{ path: 'b', values: ['2', '3'] }]
 */
export function settingDifferences(configs: readonly object[]): readonly SettingDifference[] {
  const flat = configs.map((config) => new Map(settingsOf(config).map(({ path, value }) => [path, value])));
  const paths = [...new Set(flat.flatMap((settings) => [...settings.keys()]))].sort();
  return paths
    .map((path) => ({ path, values: flat.map((settings) => settings.get(path) ?? null) }))
    .filter(({ values }) => values.some((value) => value !== values[0]));
}

function collect(value: unknown, path: string, leaves: Setting[]): void {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    for (const [key, inner] of entries) collect(inner, path === '' ? key : `${path}.${key}`, leaves);
    if (entries.length > 0 || path === '') return;
  }
  leaves.push({ path, value: typeof value === 'string' ? value : JSON.stringify(value) });
}
