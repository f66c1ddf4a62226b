export * from './bradley-terry.ts';
export * from './elo.ts';
export * from './glicko.ts';
export * from './hodge.ts';
export * from './rate-games.ts';
export * from './true-skill.ts';
export * from './truncated-normal.ts';
