import { setFlagsFromString } from 'node:v8';
import { createSimdEngine, type SimdEngine } from '#engine/simd/index';

/** As the Node door does it: Node 20 compiles relaxed SIMD only when told to. */
export const enableRelaxed = () => setFlagsFromString('--experimental-wasm-relaxed-simd');

/** Both builds of the kernels; a run of the tests covers both. */
export const variants = ['portable', 'relaxed'] as const;

export function simdEngine(kernels: (typeof variants)[number]): SimdEngine {
  return createSimdEngine({ kernels, enableRelaxed });
}
