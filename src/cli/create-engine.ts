import v8 from 'node:v8';
import { createSimdEngine, createTfjsEngine, type Engine } from '#engine';
import type { ExperimentConfig } from '#train';
import { loadTfjs } from './tfjs-backends.ts';

/** Where an engine stands among those of several threads that share a memory. */
export interface EngineThread {
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
  readonly threads: number;
}

/**
 * The engine that an experiment asks for; tfjs is loaded only where it is.
 *
 * Throws: PolityError (engine) when the tfjs backend that is asked for is not there, saying why and what to do.
 */
export async function createEngine(
  { kind, kernels, backend }: ExperimentConfig['engine'],
  among?: EngineThread,
): Promise<Engine> {
  if (kind === 'simd') return createSimdEngine({ kernels, enableRelaxed, ...among });
  const { tf } = await loadTfjs(backend);
  return createTfjsEngine({ tf, ...(among && { buffer: among.memory.buffer }) });
}

/** Node 20 knows relaxed SIMD, but only when told. */
export function enableRelaxed(): void {
  v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
}
