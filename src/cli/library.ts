/** The package's main entry: everything that the commands do, as functions, and what worlds and policies are made with. */
export { z } from 'zod';
export * from '#core';
export { worlds, wrappers } from '#envs';
export { algorithms } from '#learn';
export { type Metric, measureEpisode, metrics } from '#metrics';
export { architectures, findPolicy, policies } from '#policies';
export * from '#protocol';
export { type Comparison, compareGroups } from '#report/comparison';
export { groupRuns } from '#report/run-data';
export {
  type Catalogue,
  type EvaluationResult,
  type ExperimentConfig,
  type ExperimentInput,
  experimentJsonSchema,
  type PlayOptions,
  playEpisodes,
  resolveExperiment,
  resolveLayers,
  type TournamentResult,
  type TrainingProgress,
} from '#train';
export { catalogue } from './catalogue.ts';
export { type EvaluateOptions, evaluate } from './library/evaluate.ts';
export { catalogueWith, type OwnItems } from './library/own-items.ts';
export { type TournamentOptions, tournament } from './library/tournament.ts';
export { type TrainedRun, type TrainOptions, train } from './library/train.ts';
export { parityDocument, parseCase, replayCase } from './parity/index.ts';
export { readExperiment } from './read-experiment.ts';
export { type Diagnosis, diagnose } from './run-doctor.ts';
export { findRuns, type LoadedRun, loadRun } from './run-folder.ts';
export { writeReport } from './run-report.ts';
