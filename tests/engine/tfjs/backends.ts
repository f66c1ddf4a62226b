import { loadTfjs, type TfjsBackend, tfjsBackends } from '#cli/tfjs-backends';
import { createTfjsEngine, type TensorFlow, type TfjsEngine } from '#engine';

/** A backend to test on, or why not. */
export interface TestedBackend {
  readonly backend: TfjsBackend;
  readonly tf: TensorFlow | null;
  readonly engine: TfjsEngine | null;
}

/**
 * Every backend of tfjs. One that is not there is named on stderr; where POLITY_TFJS_BACKENDS lists those that must be there
 * (`tensorflow,wasm,cpu`), it is an error.
 */
export async function findBackends(): Promise<readonly TestedBackend[]> {
  const found: TestedBackend[] = [];
  const required = (process.env.POLITY_TFJS_BACKENDS ?? 'wasm,cpu').split(',');
  for (const backend of tfjsBackends) {
    try {
      const { tf } = await loadTfjs(backend);
      found.push({ backend, tf, engine: createTfjsEngine({ tf, buffer: new ArrayBuffer(2 ** 24) }) });
    } catch (error) {
      if (required.includes(backend)) throw error;
      console.warn(`SKIPPED on the tfjs backend ${backend}: ${(error as Error).message}`);
      found.push({ backend, tf: null, engine: null });
    }
  }
  return found;
}
