export * from './network.ts';
export * from './simd/index.ts';
