import { mean, normaliseScore, rangeOfScores, type ScoreRange, variance } from '#math';
import type { Binding, Matrix, Vector } from '../binding.ts';
import { expectClose } from '../compare.ts';
import type { Fields, Json } from '../entries.ts';
import { marlEvalOutputsNotBuilt } from '../not-built.ts';
import { statistical } from './samples.ts';

/** [algorithm][seed]: scores at each step and, as `absolute_metrics`, at the end. */
type TaskLog = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Fields>>>>>>;

/** The epsilon that the package puts under its fractions. */
const epsilon = 1e-6;
const end = 'absolute_metrics';

/** The documented range of a task: over all algorithms, seeds and steps, the end included. */
function rangeOf(log: TaskLog, metric: string): ScoreRange {
  const moments = Object.values(log).flatMap((seeds) => Object.values(seeds).flatMap((steps) => Object.values(steps)));
  return rangeOfScores(moments.flatMap((moment) => moment[metric] as Vector));
}

const normalised = (scores: Vector, range: ScoreRange) => scores.map((score) => normaliseScore(score, range, epsilon));

/** Tables of a metric by algorithm: [seed][task] at the end, raw and normalised, and [seed][task][step] on the way. */
function tables(tasks: readonly TaskLog[], metric: string) {
  const ranges = tasks.map((log) => rangeOf(log, metric));
  const table = <T>(of: (steps: Readonly<Record<string, Fields>>, range: ScoreRange) => T) =>
    Object.fromEntries(
      Object.keys(tasks[0]).map((algorithm) => {
        const seeds = Object.keys(tasks[0][algorithm]);
        const rows = seeds.map((seed) => tasks.map((log, task) => of(log[algorithm][seed], ranges[task])));
        return [algorithm.toLowerCase(), rows];
      }),
    );
  const onTheWay = (steps: Readonly<Record<string, Fields>>) => Object.keys(steps).filter((name) => name !== end);
  return {
    final: table((steps, range) => mean(normalised(steps[end][metric] as Vector, range))),
    rawMeans: table((steps) => mean(steps[end][metric] as Vector)),
    curves: table((steps, range) =>
      onTheWay(steps).map((name) => mean(normalised(steps[name][metric] as Vector, range))),
    ),
  };
}

/** Means and half widths over seeds at each step; the package divides by the root of 10 whatever the number of seeds. */
function singleTask(curves: Readonly<Record<string, readonly Matrix[]>>, task: number) {
  return Object.fromEntries(
    Object.entries(curves).map(([algorithm, seeds]) => {
      const steps = seeds[0][task].map((_, step) => seeds.map((tasks) => tasks[task][step]));
      return [
        algorithm,
        { mean: steps.map(mean), ci: steps.map((values) => 1.96 * Math.sqrt(variance(values, 0) / 10)) },
      ];
    }),
  );
}

const logs = (raw: Json) => raw as unknown as Readonly<Record<string, Readonly<Record<string, TaskLog>>>>;

export const marlEvalBindings: readonly Binding[] = [
  {
    file: 'statistics',
    call: /^data_process_pipeline, create_matrices_for_rliable, get_and_aggregate_data_single_task/,
    check({ inputs, outputs }) {
      const tasks = Object.values(logs(inputs.raw))[0];
      const result = tables(Object.values(tasks), (inputs.metricsToNormalize as readonly string[])[0]);
      for (const [key, expected] of Object.entries(outputs as Fields)) {
        if (marlEvalOutputsNotBuilt.includes(key)) continue;
        const task = Object.keys(tasks).indexOf(key.replace(/^singleTask/, ''));
        const ours = task < 0 ? result[key as keyof typeof result] : singleTask(result.curves, task);
        expectClose(ours, expected, statistical, key);
      }
    },
  },
  {
    file: 'statistics',
    call: /^data_process_pipeline: norm_(\w+) of (\w+), with the package's fault, and what the documented formula gives/,
    check({ call, inputs, outputs }) {
      const [, metric, step] = /^data_process_pipeline: norm_(\w+) of (\w+),/.exec(call) ?? [];
      const log = Object.values(Object.values(logs(inputs.raw))[0])[0];
      const range = rangeOf(log, metric);
      const documented = Object.fromEntries(
        Object.entries(log).map(([algorithm, seeds]) => [
          algorithm,
          Object.fromEntries(
            Object.entries(seeds).map(([seed, steps]) => [seed, normalised(steps[step][metric] as Vector, range)]),
          ),
        ]),
      );
      expectClose(documented, (outputs as Fields).documented, statistical);
    },
  },
];
