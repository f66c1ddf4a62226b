import { type EpisodeRecord, type MetricRow, PolityError, type RunInfo, type WrapperChoice, wrapperText } from '#core';
import { type Setting, settingsOf } from './settings.ts';

/** What a report reads of `config.json` by name; the rest of it is shown as it stands. */
export interface ReportedConfig {
  readonly name: string;
  readonly description: string;
  readonly variant: string | null;
  readonly env: { readonly id: string; readonly wrappers?: readonly WrapperChoice[] };
  readonly learner: { readonly algorithm: string };
  readonly seed: number | string;
}

/** A run as read from its folder: `config.json`, `run.json`, `metrics.jsonl` and `replays/`. */
export interface ReportedRun {
  readonly config: ReportedConfig;
  readonly info: RunInfo;
  readonly rows: readonly MetricRow[];
  /** Episodes recorded by the last evaluation; may be empty. */
  readonly episodes: readonly EpisodeRecord[];
}

/** Runs that differ in nothing but their seed. */
export interface RunGroup {
  /** `experiment` or `experiment.variant`, followed by what was set differently where two groups would share that name. */
  readonly name: string;
  readonly runs: readonly ReportedRun[];
}

/**
 * Sorts runs into groups of equal configuration, in the order in which they first appear; within a group by seed.
 *
 * Throws: PolityError (input) without runs, or when a group has the same seed twice: that would count one run double.
 */
export function groupRuns(runs: readonly ReportedRun[]): readonly RunGroup[] {
  if (runs.length === 0) throw noRuns();
  const groups = new Map<string, ReportedRun[]>();
  for (const run of runs) {
    const key = `${plainName(run.config)}\n${JSON.stringify(settingsWithoutSeed(run))}`;
    const group = groups.get(key) ?? [];
    if (group.some(({ config }) => String(config.seed) === String(run.config.seed))) throw sameRunTwice(run);
    groups.set(key, [...group, run].sort(bySeed));
  }
  const members = [...groups.values()];
  return members.map((group) => {
    const name = plainName(group[0].config);
    const namesakes = members.filter((other) => plainName(other[0].config) === name);
    return { name: namesakes.length === 1 ? name : `${name} (${ownSettings(group[0], namesakes)})`, runs: group };
  });
}

/** The name of a run's folder under `results/`: `experiment`, or `experiment.variant`. */
export function plainName({ name, variant }: ReportedConfig): string {
  return variant === null ? name : `${name}.${variant}`;
}

/** Wrappers around a run's world, the innermost first, with their options: `frame-stack:frames=4`; empty where there are none. */
export function wrappersText({ env: { wrappers = [] } }: ReportedConfig): string {
  return wrappers.map(wrapperText).join(', ');
}

/** Every setting of a run except those that say which repetition it is, by path. */
export function settingsWithoutSeed(run: ReportedRun): readonly Setting[] {
  return settingsOf(run.config).filter(({ path }) => path !== 'seed');
}

function ownSettings(run: ReportedRun, namesakes: readonly (readonly ReportedRun[])[]): string {
  const others = namesakes.map(
    ([other]) => new Map(settingsWithoutSeed(other).map(({ path, value }) => [path, value])),
  );
  return settingsWithoutSeed(run)
    .filter(({ path, value }) => others.some((other) => other.get(path) !== value))
    .map(({ path, value }) => `${path} ${value}`)
    .join(', ');
}

function bySeed(a: ReportedRun, b: ReportedRun): number {
  const [x, y] = [a.config.seed, b.config.seed];
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  return String(x) < String(y) ? -1 : 1;
}

function noRuns(): PolityError {
  return new PolityError({
    code: 'input',
    where: 'report',
    message: 'no runs to report on',
    remedy: 'Name at least one run folder, such as results/<name>/seed-1',
  });
}

function sameRunTwice({ config }: ReportedRun): PolityError {
  return new PolityError({
    code: 'input',
    where: `report › ${plainName(config)}`,
    message: `the run with seed ${config.seed} was given twice with the same configuration`,
    remedy: 'Name every run once: counted double, a run makes intervals too narrow',
  });
}
