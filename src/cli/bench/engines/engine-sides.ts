import { createSimdEngine, createTfjsEngine, type Engine, type SimdEngine, type TensorFlow } from '#engine';

export type TfjsBackend = 'tensorflow' | 'wasm' | 'cpu';

/** What is handed in from the platform, which benchmarks know as little as engines do. */
export interface EngineSources {
  /** Switches relaxed SIMD on where the runtime has to be told. */
  readonly enableRelaxed: () => void;
  /** Rejects where the backend is not there. */
  readonly loadTfjs: (backend: TfjsBackend) => Promise<{ readonly tf: TensorFlow }>;
  readonly onProgress: (what: string) => void;
}

/** A backend of tfjs that is there. */
export interface TfjsSide {
  readonly name: string;
  readonly tf: TensorFlow;
  readonly engine: Engine;
  /** Makes the backend the one that tfjs uses from now on; all backends share one tfjs. */
  select(): void;
}

export function simdSide({ enableRelaxed }: EngineSources): SimdEngine {
  return createSimdEngine({ enableRelaxed });
}

/** Every backend of tfjs that loads; one that does not is told of. */
export async function tfjsSides({ loadTfjs, onProgress }: EngineSources): Promise<readonly TfjsSide[]> {
  const sides: TfjsSide[] = [];
  for (const backend of ['tensorflow', 'wasm', 'cpu'] as const) {
    try {
      const { tf } = await loadTfjs(backend);
      const engine = createTfjsEngine({ tf, buffer: new ArrayBuffer(2 ** 26) });
      const select = () => {
        // Sync in effect: the backend has been set before, though tfjs says so by a promise.
        if (tf.getBackend() !== backend) void tf.setBackend(backend);
      };
      sides.push({ name: `tfjs-${backend}`, tf, engine, select });
    } catch (error) {
      onProgress(`without tfjs-${backend}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return sides;
}
