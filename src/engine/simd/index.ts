export { hasVariant, type Kernels, type KernelVariant } from './kernels.ts';
export { createSimdEngine, type SimdEngine, type SimdEngineOptions } from './simd-engine.ts';
