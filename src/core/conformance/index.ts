export type { Advice } from './advise.ts';
export * from './check-env.ts';
export type { ConformanceFailure } from './findings.ts';
export * from './rules.ts';
