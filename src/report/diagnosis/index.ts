export * from './diagnose.ts';
export * from './policy-log.ts';
export * from './rule.ts';
export * from './rules/index.ts';
