export * from './catalogue.ts';
export * from './config.ts';
export * from './crew.ts';
export {
  type EvaluationRequest,
  type EvaluationResult,
  evaluatePolicies,
  type Measured,
  type SeatingResult,
} from './evaluate.ts';
export { experimentJsonSchema } from './experiment/json-schema.ts';
export * from './experiment/layers.ts';
export { resolveExperiment } from './experiment/resolve.ts';
export type { ExperimentInput } from './experiment/schema.ts';
export { parseYaml } from './experiment/yaml.ts';
export { type ListeningRequest, type ListeningResult, measureListening } from './listening.ts';
export { modelArchitecture } from './model-architecture.ts';
export * from './neural-policy.ts';
export { opponentModelAccuracy } from './opponent-model-accuracy.ts';
export * from './play-episodes.ts';
export * from './program.ts';
export * from './seatings.ts';
export * from './seats.ts';
export { spaceOf } from './space-of.ts';
export { controlWords, failTeam, TeamFailed, threadTeam } from './thread-team.ts';
export { playTournament, type TournamentRequest, type TournamentResult } from './tournament.ts';
export { replayBytes } from './trainees.ts';
export * from './trainer.ts';
export * from './training.ts';
export * from './world-of.ts';
