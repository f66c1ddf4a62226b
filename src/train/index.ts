export * from './catalogue.ts';
export * from './config.ts';
export * from './crew.ts';
export { resolveExperiment } from './experiment/resolve.ts';
export * from './neural-policy.ts';
export * from './play-episodes.ts';
export * from './program.ts';
export * from './seats.ts';
export * from './trainer.ts';
