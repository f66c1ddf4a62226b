import type { MetricRow } from '#core';
import { createEpisodeSummary } from '#metrics';
import type { Catalogue } from './catalogue.ts';
import type { ExperimentConfig } from './config.ts';
import type { Crew } from './crew.ts';
import { planEvaluation, summariseEvaluation } from './evaluation-plan.ts';
import type { UpdateReport } from './program.ts';
import type { Checkpoint, TrainingHooks, TrainingResult } from './training.ts';
import { worldOf } from './world-of.ts';

/**
 * Trains until the budget is spent, the target is met, or somebody asks to stop: update after update, with rows for the log,
 * evaluations and checkpoints in between. A run that goes on from a checkpoint does exactly what it would have done.
 */
export async function runTraining(
  config: ExperimentConfig,
  catalogue: Catalogue,
  crew: Crew,
  hooks: TrainingHooks,
  from?: Checkpoint,
): Promise<TrainingResult> {
  const env = worldOf(config, catalogue);
  const metrics = catalogue.metrics.items;
  const { rollout, budget, evaluation } = config;
  const stepsPerUpdate = rollout.envs * rollout.steps;
  const started = performance.now();
  const before = from?.elapsedSeconds ?? 0;
  let update = from?.update ?? 0;
  let agentSteps = from?.agentSteps ?? 0;
  let nextEvaluation = from?.nextEvaluation ?? 0;
  let rows = from?.rows ?? 0;
  let targetReached = from?.targetReached ?? false;
  let evaluatedAt = from?.evaluatedAt ?? -1;

  const elapsed = () => before + (performance.now() - started) / 1000;
  const envSteps = () => update * stepsPerUpdate;
  const progress = () => {
    const ofSteps = budget.envSteps === null ? 0 : envSteps() / budget.envSteps;
    const ofSeconds = budget.seconds === null ? 0 : elapsed() / budget.seconds;
    return Math.min(1, Math.max(ofSteps, ofSeconds));
  };
  const log = (kind: 'train' | 'eval', numbers: Readonly<Record<string, number>>, times: Record<string, number>) => {
    const row = {
      kind,
      update,
      envSteps: envSteps(),
      agentSteps,
      ...numbers,
      'time/elapsedSeconds': elapsed(),
      ...times,
    };
    hooks.onRow(row as MetricRow);
    rows++;
  };
  const checkpoint = async () => {
    const program = await crew.snapshot();
    const policies = await crew.policies();
    const at = { update, agentSteps, nextEvaluation, evaluatedAt, elapsedSeconds: elapsed(), rows, targetReached };
    await hooks.onCheckpoint({ format: 'polity-checkpoint/1', config, ...at, program, policies });
  };
  const evaluate = async () => {
    const begun = performance.now();
    const matches = planEvaluation(config, env, update === 0);
    const played = await crew.evaluate(matches);
    const { numbers, records } = summariseEvaluation(matches, played, metrics);
    Object.assign(numbers, await crew.measureGame());
    log('eval', numbers, { 'time/evaluationSeconds': (performance.now() - begun) / 1000 });
    hooks.onReplays?.(records, envSteps());
    evaluatedAt = update;
    while (nextEvaluation <= envSteps()) nextEvaluation += evaluation.everyEnvSteps;
    const { target } = budget;
    if (target !== null && numbers[target.metric] >= target.atLeast) targetReached = true;
  };
  const learn = async () => {
    const begun = performance.now();
    const reports = await crew.update(progress());
    update++;
    const seconds = (performance.now() - begun) / 1000;
    for (const { shards } of reports) for (const shard of shards) agentSteps += shard.agentSteps;
    log('train', trainNumbers(reports), {
      'time/envStepsPerSecond': stepsPerUpdate / seconds,
      // Of the thread that had most of it to do.
      'time/actSeconds': Math.max(...reports.map(({ times }) => times.act)),
      'time/stepSeconds': Math.max(...reports.map(({ times }) => times.step)),
      'time/learnSeconds': Math.max(...reports.map(({ times }) => times.learn)),
      'time/waitSeconds': Math.max(...reports.map(({ times }) => times.wait)),
    });
    hooks.onProgress?.({ update, envSteps: envSteps(), progress: progress(), elapsedSeconds: elapsed() });
  };
  const trainNumbers = (reports: readonly UpdateReport[]) => {
    const summary = createEpisodeSummary(metrics);
    const shards = reports.flatMap((report) => report.shards).sort((a, b) => a.shard - b.shard);
    for (const { episodes } of shards) for (const episode of episodes) summary.add(episode);
    const means = [...summary.summarise()].map(([name, { mean }]) => [name, mean] as const);
    return { ...Object.fromEntries(means), ...reports[0].learning };
  };
  const finish = async (status: TrainingResult['status']): Promise<TrainingResult> => {
    await checkpoint();
    return { status, update, envSteps: envSteps(), policies: await crew.policies() };
  };

  // The first checkpoint comes before anything that a broken world could stop.
  if (from !== undefined) await crew.restore(from.program);
  else await checkpoint();
  if (evaluatedAt < 0) {
    await evaluate();
    await checkpoint();
  }
  while (progress() < 1 && !targetReached) {
    await learn();
    if (envSteps() >= nextEvaluation) await evaluate();
    if (hooks.shouldStop?.() === true) return finish('interrupted');
    if (update % config.checkpoint.everyUpdates === 0) await checkpoint();
  }
  if (evaluatedAt !== update) await evaluate();
  return finish('finished');
}
