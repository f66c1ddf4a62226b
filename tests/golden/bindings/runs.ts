import { createStreams } from '#core';
import {
  aggregate,
  averageScoreProfile,
  bootstrapIntervals,
  improvementInterval,
  performanceProfile,
  probabilityOfImprovement,
  requireScores,
  type ScoreMatrix,
} from '#math';
import { type Binding, binding, Inputs, type Vector } from '../binding.ts';
import { expectClose } from '../compare.ts';
import type { Fields, GoldenEntry, GoldenFile, Json } from '../entries.ts';
import { scoresCall, scoresOf, shared, statistical } from './samples.ts';

const resamples = 10_000;
const rng = () => createStreams('golden').stream('bootstrap');

/** Our intervals for an entry: of the four aggregates by name, or of the probability of improvement under the name ''. */
function intervals({ inputs }: GoldenEntry, file: GoldenFile): Readonly<Record<string, Vector>> {
  const given = new Inputs(inputs);
  if (!('scores' in inputs)) {
    return { '': improvementInterval(scoresOf(file, given, 'x'), scoresOf(file, given, 'y'), rng(), { resamples }) };
  }
  const values = (scores: ScoreMatrix) => {
    const { mean, median, iqm, optimalityGap } = aggregate(scores);
    return [mean, median, iqm, optimalityGap];
  };
  const scores = scoresOf(file, given, 'scores');
  const [mean, median, iqm, optimalityGap] = bootstrapIntervals([scores], ([drawn]) => values(drawn), rng(), {
    resamples,
  });
  return { mean, median, iqm, optimalityGap };
}

/** An interval from so many resamples that its ends hardly scatter, and how much they scatter with 10 000. */
interface Limit {
  readonly interval: Vector;
  readonly sdOfEndsAt10kReps: Vector;
}

const limitCall = /^the same interval from 200 000 resamples/;
const byName = (outputs: Json, isOne: boolean) => (isOne ? { '': outputs } : (outputs as Fields));

/** Compares our ends with theirs; both scatter around the limit's, ours with 10 000 resamples, theirs with `reps`. */
function expectEnds(
  entry: GoldenEntry,
  file: GoldenFile,
  limits: GoldenEntry,
  reps: number,
  endsOf: (item: Json) => Vector,
) {
  const isOne = !('scores' in entry.inputs);
  const ours = intervals(entry, file);
  const scatter = byName(limits.outputs, isOne);
  for (const [name, item] of Object.entries(byName(entry.outputs, isOne))) {
    const { sdOfEndsAt10kReps } = scatter[name] as unknown as Limit;
    endsOf(item).forEach((end, i) => {
      const deviation = sdOfEndsAt10kReps[i] * Math.sqrt(10_000 / resamples + 10_000 / reps);
      // Scores are rounded, so ends can only fall on some values.
      expectClose(ours[name][i], end, { relative: 0, absolute: 5 * deviation + 1e-9 }, `${name}[${i}]`);
    });
  }
}

export const runBindings: readonly Binding[] = [
  {
    file: 'statistics',
    call: scoresCall,
    check({ outputs }) {
      for (const [name, scores] of Object.entries(outputs as Fields))
        requireScores(scores as unknown as ScoreMatrix, name);
    },
  },
  binding(
    'statistics',
    /^metrics\.aggregate_mean\|median\|iqm\|optimality_gap/,
    (inputs, { outputs }, file) => {
      const scores = scoresOf(file, inputs, 'scores');
      const gaps = Object.keys(outputs as Fields).flatMap((key) => {
        const target = /gamma=([\d.]+)/.exec(key)?.[1];
        return target === undefined ? [] : [[key, aggregate(scores, Number(target)).optimalityGap]];
      });
      return { ...aggregate(scores), ...Object.fromEntries(gaps) };
    },
    statistical,
  ),
  binding(
    'statistics',
    /^metrics\.probability_of_improvement/,
    (inputs, _entry, file) => probabilityOfImprovement(scoresOf(file, inputs, 'x'), scoresOf(file, inputs, 'y')),
    statistical,
  ),
  binding(
    'statistics',
    /^library\.score_distributions/,
    (inputs, { outputs }, file) => {
      const taus = inputs.vector('taus');
      const profiles = Object.keys(outputs as Fields).map((name) => {
        const scores = shared(file, scoresCall, name) as unknown as ScoreMatrix;
        return [name, { runScore: performanceProfile(scores, taus), averageScore: averageScoreProfile(scores, taus) }];
      });
      return Object.fromEntries(profiles);
    },
    statistical,
  ),
  {
    file: 'statistics',
    call: limitCall,
    check(entry, file) {
      expectEnds(entry, file, entry, 200_000, (item) => (item as unknown as Limit).interval);
    },
  },
  {
    file: 'statistics',
    call: /get_interval_estimates.*reps=\d+/,
    check(entry, file) {
      const key = ({ scores, x, y }: Fields) => JSON.stringify([scores, x, y]);
      const limit = file.entries.find(({ call, inputs }) => limitCall.test(call) && key(inputs) === key(entry.inputs));
      if (limit === undefined) throw new Error('no entry says how much the ends of this interval scatter');
      const reps = Number(/reps=(\d+)/.exec(entry.call)?.[1]);
      expectEnds(entry, file, limit, reps, (item) => item as Vector);
    },
  },
];
