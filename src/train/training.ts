import type { EpisodeRecord, MetricRow } from '#core';
import type { ExperimentConfig } from './config.ts';
import type { ProgramSnapshot, TrainedPolicy } from './program.ts';

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
