export * from './algorithm.ts';
export * from './rollout.ts';
export * from './team.ts';
