import type { AnyEnv, EpisodeRecord, MetricRow } from '#core';
import { createEpisodeSummary } from '#metrics';
import type { Catalogue } from './catalogue.ts';
import type { ExperimentConfig } from './config.ts';
import type { Crew } from './crew.ts';
import { planEvaluation, summariseEvaluation } from './evaluation-plan.ts';
import type { ProgramSnapshot, TrainedPolicy, UpdateReport } from './program.ts';

/** Everything that the rest of a run depends on, as data that structured clone copies. */
export interface Checkpoint {
  readonly format: 'polity-checkpoint/1';
  readonly config: ExperimentConfig;
  readonly update: number;
  readonly agentSteps: number;
  /** Env-steps at which the next evaluation is due. */
  readonly nextEvaluation: number;
  /** Update after which the last evaluation was. */
  readonly evaluatedAt: number;
  readonly elapsedSeconds: number;
  /** Rows logged so far. */
  readonly rows: number;
  readonly targetReached: boolean;
  readonly program: Required<ProgramSnapshot>;
  /** What has been learned so far, ready to play. */
  readonly policies: readonly TrainedPolicy[];
}

/** Where a run stands, for a progress line. */
export interface TrainingProgress {
  readonly update: number;
  readonly envSteps: number;
  /** 0..1 of the budget. */
  readonly progress: number;
  readonly elapsedSeconds: number;
}

export interface TrainingHooks {
  /** A row of the log, as soon as it is known. */
  onRow(row: MetricRow): void;
  /** Asked to make the checkpoint durable; training waits for it. */
  onCheckpoint(checkpoint: Checkpoint): Promise<void> | void;
  /** The episodes that an evaluation kept. */
  onReplays?(records: readonly EpisodeRecord[], envSteps: number): void;
  onProgress?(progress: TrainingProgress): void;
  /** Asked after every update; true ends the run with a checkpoint. */
  shouldStop?(): boolean;
}

export interface TrainingResult {
  readonly status: 'finished' | 'interrupted';
  readonly update: number;
  readonly envSteps: number;
  readonly policies: readonly TrainedPolicy[];
}

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
  const env = catalogue.worlds.get(config.env.id) as AnyEnv;
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
    agentSteps += sumOf(reports.flatMap(({ shards }) => shards.map((shard) => shard.agentSteps)));
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

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
