export * from './canonical-json.ts';
export * from './problem.ts';
export * from './read-line.ts';
export * from './record.ts';
export * from './scribe.ts';
export * from './sha256.ts';
export * from './verify.ts';
export * from './writer.ts';
