export * from './edit-topology.ts';
export * from './initialise.ts';
export * from './model-files/index.ts';
export * from './network.ts';
export * from './parameter-slices.ts';
export * from './simd/index.ts';
export * from './tfjs/index.ts';
