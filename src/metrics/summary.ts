import type { EpisodeRecord } from '#core';
import { PolityError } from '#core';
import type { Metric } from './metric.ts';

/** What many episodes say about one metric. */
export interface Summary {
  readonly mean: number;
  /** Of the mean, over episodes; `null` with fewer than two of them. */
  readonly standardError: number | null;
  /** Episodes that said something about it. */
  readonly count: number;
}

/**
 * What one episode says under one name: the sum of its weights and the sum of weight times value. Plain data, so that it
 * can cross threads.
 */
export type Observation = readonly [name: string, weight: number, total: number];

/** Takes episodes one by one and summarises them at any time; keeps two numbers an episode and name, not the episodes. */
export interface EpisodeSummary {
  /**
   * Takes in an episode, or what `measureEpisode` found in one elsewhere. Added in the same order, both give the same bits.
   *
   * Throws: PolityError (contract) for an observation of a metric that this summary does not have.
   */
  add(episode: EpisodeRecord | readonly Observation[]): void;
  summarise(): ReadonlyMap<string, Summary>;
}

interface Observations {
  readonly weights: number[];
  /** Weight times value. */
  readonly totals: number[];
}

/**
 * All that the metrics say about one episode, in their order, with the world's own finite numbers last as `world/<name>`.
 *
 * Throws: PolityError (contract) when a metric emits something that is not a finite number.
 *
 * @example
 * measureEpisode([metrics.get('episode/length')], episode) // [['episode/length', 1, 4]]
 */
export function measureEpisode(metrics: readonly Metric[], episode: EpisodeRecord): readonly Observation[] {
  let members = membersOf('');
  // Names of one metric never are those of another: one map serves all, and keeps their order.
  const emitted = new Map<string, [name: string, weight: number, total: number]>();
  let nothing = false;
  const emit = (value: number, weight = 1, suffix = '') => {
    const name = memberName(members, suffix);
    if (!Number.isFinite(value) || !(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw notFinite(name, value, weight);
    }
    if (weight === 0) nothing = true;
    const so = emitted.get(name);
    if (so === undefined) emitted.set(name, [name, weight, weight * value]);
    else {
      so[1] += weight;
      so[2] += weight * value;
    }
  };
  for (const metric of metrics) {
    members = membersOf(metric.id);
    metric.measure(episode, emit);
  }
  const observations: Observation[] = [...emitted.values()];
  const ofWorld = membersOf('world');
  for (const name of Object.keys(episode.metrics)) {
    const value = episode.metrics[name];
    if (Number.isFinite(value)) observations.push([memberName(ofWorld, name), 1, value]);
  }
  if (nothing) return observations.filter(([, weight]) => weight > 0);
  return observations;
}

/** Names of a metric and its members by suffix: made once, as every episode asks for the same ones. */
interface Members {
  readonly id: string;
  readonly names: Map<string, string>;
}

const known = new Map<string, Members>();
/** Names of a metric that are kept: there may be one for every joint action. */
const mostKept = 10_000;

function membersOf(id: string): Members {
  let members = known.get(id);
  if (members === undefined) {
    members = { id, names: new Map([['', id]]) };
    known.set(id, members);
  }
  return members;
}

function memberName({ id, names }: Members, suffix: string): string {
  let name = names.get(suffix);
  if (name === undefined) {
    name = `${id}/${suffix}`;
    if (names.size < mostKept) names.set(suffix, name);
  }
  return name;
}

/**
 * Makes an accumulator of metrics over episodes. What one episode emits for a name is one observation (value sum and weight);
 * the mean is the ratio of the totals, so a rate over opportunities weighs every opportunity alike. The world's own numbers
 * follow as `world/<name>`.
 *
 * Order: metrics as listed, for each the plain name and then its members sorted; worlds' numbers last, sorted.
 * Source: ratio estimator, Cochran (1977), Sampling Techniques, eq. 2.45, without the finite-population factor:
 * variance n/(n-1) · sum (w v - mean w)² / (sum w)²; with equal weights this is s²/n.
 */
export function createEpisodeSummary(metrics: readonly Metric[]): EpisodeSummary {
  const groups = metrics.map(() => new Map<string, Observations>());
  const ofWorld = new Map<string, Observations>();
  const byId = new Map(metrics.map(({ id }, i) => [id, groups[i]]));
  /** Where a name belongs, looked up once a name. */
  const groupOf = new Map<string, Map<string, Observations>>();
  const find = (name: string) => {
    const [group, metric] = name.split('/');
    const found = byId.get(`${group}/${metric}`) ?? (group === 'world' ? ofWorld : undefined);
    if (found === undefined) throw foreign(name, metrics);
    groupOf.set(name, found);
    return found;
  };
  return {
    add(episode) {
      const observations = isObservations(episode) ? episode : measureEpisode(metrics, episode);
      for (const [name, weight, total] of observations) observe(groupOf.get(name) ?? find(name), name, weight, total);
    },
    summarise() {
      const ordered = [...groups, ofWorld].flatMap((group) => [...group].sort(([a], [b]) => (a < b ? -1 : 1)));
      return new Map(ordered.map(([name, seen]) => [name, estimate(seen)]));
    },
  };
}

/**
 * Summarises finished episodes under the given metrics; see `createEpisodeSummary`.
 *
 * @example
 * summariseEpisodes(episodes, metrics.items).get('episode/return') // { mean: 6.1, standardError: 0.2, count: 256 }
 */
export function summariseEpisodes(
  episodes: Iterable<EpisodeRecord>,
  metrics: readonly Metric[],
): ReadonlyMap<string, Summary> {
  const summary = createEpisodeSummary(metrics);
  for (const episode of episodes) summary.add(episode);
  return summary.summarise();
}

function observe(all: Map<string, Observations>, name: string, weight: number, total: number): void {
  let seen = all.get(name);
  if (seen === undefined) {
    seen = { weights: [], totals: [] };
    all.set(name, seen);
  }
  seen.weights.push(weight);
  seen.totals.push(total);
}

function estimate({ weights, totals }: Observations): Summary {
  const count = weights.length;
  const weight = weights.reduce((sum, value) => sum + value, 0);
  const mean = totals.reduce((sum, value) => sum + value, 0) / weight;
  if (count < 2) return { mean, standardError: null, count };
  const squares = totals.reduce((sum, total, i) => sum + (total - mean * weights[i]) ** 2, 0);
  return { mean, standardError: Math.sqrt((count / (count - 1)) * squares) / weight, count };
}

function isObservations(added: EpisodeRecord | readonly Observation[]): added is readonly Observation[] {
  return Array.isArray(added);
}

function foreign(name: string, metrics: readonly Metric[]): PolityError {
  return new PolityError({
    code: 'contract',
    where: 'episode summary',
    message: 'an observation of a metric that it was not made for',
    got: `"${name}"`,
    expected: `one of ${metrics.map(({ id }) => id).join(', ')}`,
    remedy: 'Measure and summarise with the same list of metrics',
  });
}

function notFinite(name: string, value: number, weight: number): PolityError {
  return new PolityError({
    code: 'contract',
    where: `metric ${name}`,
    message: 'emitted something that cannot be averaged',
    got: `value ${value}, weight ${weight}`,
    expected: 'a finite value and a finite weight of at least 0',
    remedy: 'Emit nothing for an episode that the metric does not apply to',
  });
}
