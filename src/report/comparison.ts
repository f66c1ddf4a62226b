import { createStreams, PolityError, suggest } from '#core';
import {
  bootstrapInterval,
  type Interval,
  improvementInterval,
  interquartileMean,
  poolScores,
  probabilityOfImprovement,
  type ScoreMatrix,
} from '#math';
import { finalKeys } from './final-table.ts';
import { finalEstimate, finalMean } from './final-window.ts';
import type { RunGroup } from './run-data.ts';

/** How one group of runs did in one metric. Intervals are over seeds: with one seed there is none, with no value nothing. */
export interface ComparedGroup {
  readonly name: string;
  readonly seeds: readonly (number | string)[];
  /** Mean over seeds of their final windows, with its 95 % t interval. */
  readonly finalWindow: { readonly mean: number; readonly interval: Interval | null } | null;
  /** Interquartile mean over seeds, with its 95 % stratified-bootstrap interval. */
  readonly iqm: number | null;
  readonly iqmInterval: Interval | null;
}

/** How probable it is that a run of `a` ends with a greater value than a run of `b`. */
export interface Improvement {
  readonly a: string;
  readonly b: string;
  readonly probability: number;
  readonly interval: Interval | null;
}

/** What `polity compare --json` prints. */
export interface Comparison {
  readonly metric: string;
  readonly groups: readonly ComparedGroup[];
  /** Every pair once, in the order of the groups. */
  readonly improvement: readonly Improvement[];
}

/** What is compared where nothing else is asked for. */
export const defaultMetric = 'episode/return';

/**
 * Compares groups of runs by the final-window values of one metric. The same runs give the same numbers: the bootstrap draws
 * from streams named after the groups.
 *
 * Throws: PolityError (input) for a metric that no run has in its final window.
 */
export function compareGroups(groups: readonly RunGroup[], metric = defaultMetric): Comparison {
  const known = finalKeys(groups.flatMap(({ runs }) => runs));
  if (!known.includes(metric)) throw unknownMetric(metric, known);
  const scored = groups.map((group) => ({ ...group, scores: finalScores(group, metric) }));
  return {
    metric,
    groups: scored.map(({ scores, ...group }) => comparedGroup(group, scores, metric)),
    improvement: scored.flatMap((a, i) =>
      scored.slice(i + 1).flatMap((b) => (a.scores.length === 0 || b.scores.length === 0 ? [] : [improvement(a, b)])),
    ),
  };
}

/** Final-window values of a group's runs as scores of one task; runs without the metric are left out. */
export function finalScores({ runs }: RunGroup, metric: string): ScoreMatrix {
  return runs.flatMap((run) => {
    const value = finalMean(run, metric);
    return value === undefined ? [] : [[value]];
  });
}

/** The generator of the bootstrap for one question about named groups. */
export function bootstrapStream(question: string, ...names: readonly string[]) {
  return createStreams('compare').stream([question, ...names].join('\n'));
}

function comparedGroup({ name, runs }: RunGroup, scores: ScoreMatrix, metric: string): ComparedGroup {
  const seeds = runs.map(({ config }) => config.seed);
  if (scores.length === 0) return { name, seeds, finalWindow: null, iqm: null, iqmInterval: null };
  const several = scores.length > 1;
  const { mean, low, high } = finalEstimate(runs, metric)!;
  const iqm = (drawn: ScoreMatrix) => interquartileMean(poolScores(drawn));
  return {
    name,
    seeds,
    finalWindow: { mean, interval: several && low !== undefined && high !== undefined ? [low, high] : null },
    iqm: iqm(scores),
    iqmInterval: several ? bootstrapInterval(scores, iqm, bootstrapStream('iqm', name)) : null,
  };
}

interface ScoredGroup {
  readonly name: string;
  readonly scores: ScoreMatrix;
}

function improvement(a: ScoredGroup, b: ScoredGroup): Improvement {
  const several = a.scores.length > 1 && b.scores.length > 1;
  return {
    a: a.name,
    b: b.name,
    probability: probabilityOfImprovement(a.scores, b.scores),
    interval: several ? improvementInterval(a.scores, b.scores, bootstrapStream('improvement', a.name, b.name)) : null,
  };
}

function unknownMetric(metric: string, known: readonly string[]): PolityError {
  const nothing = known.length === 0;
  return new PolityError({
    code: 'input',
    where: 'compare › metric',
    message: nothing ? 'no run has logged an evaluation yet' : 'no run has it in its final window',
    got: `"${metric}"`,
    remedy: nothing ? 'Let the runs go on until they have been evaluated' : suggest(metric, known),
  });
}
